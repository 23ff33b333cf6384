/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fp.h - the floating-point registers of user programs. The kernel itself cannot touch them.
 *
 * They are live in the hart for the current task alone; fp_save() copies them out when the program changed them since
 * the last save, fp_load() makes the memory copy live. A task that never used them (fp_used false) has none.
 */
#pragma once

#include "task.h"

void fp_save(void); /* the current task's registers into current->fp */
void fp_load(void); /* current->fp into the registers; sets fp_used */

/* From sched.c, after a switch: the registers become the current task's, or off. */
void fp_switch_in(void);
