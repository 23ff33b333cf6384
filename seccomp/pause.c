/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pause.c - what seccomp_pause() is where nobody else runs: the kernel has its own
 * (kernel/gate/filter_gate.c).
 */
#include "pause.h"

__attribute__((weak)) void seccomp_pause(uint32_t work)
{
	(void)work;
}
