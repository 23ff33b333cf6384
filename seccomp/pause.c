/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pause.c - the seccomp_pause() of host programs, which does nothing. It is weak: the kernel has
 * its own, which lets other tasks run (kernel/gate/filter_gate.c).
 */
#include "pause.h"

__attribute__((weak)) void seccomp_pause(uint32_t work)
{
	(void)work;
}
