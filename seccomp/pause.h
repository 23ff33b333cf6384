/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pause.h - called by the library while it works on a filter, with how much WORK it has done since
 * the last call: the kernel lets other tasks run when it was much; all others have nothing to do.
 */
#pragma once

#include <stdint.h>

#define SECCOMP_STEP_WORK 32U /* a step of some 30 machine instructions */

/*@ assigns \nothing; */
void seccomp_pause(uint32_t work);
