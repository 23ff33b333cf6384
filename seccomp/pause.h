/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pause.h - lets other tasks run while the library works on a filter for long. It calls
 * seccomp_pause() with the amount of WORK that it has done since the last call. The kernel's
 * version lets other tasks run when enough has come together; everywhere else it does nothing.
 */
#pragma once

#include <stdint.h>

#define SECCOMP_STEP_WORK 32U /* the WORK of a step of some 30 machine instructions */

/*@ assigns \nothing; */
void seccomp_pause(uint32_t work);
