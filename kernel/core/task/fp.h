/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fp.h - the floating-point registers of user programs. The kernel itself cannot touch them.
 *
 * current->fp holds them, but while sstatus.FS says dirty: then the hart does. After a switch the
 * unit is off, and the first instruction that needs it traps: trap.c calls fp_load(). So a task
 * that computes nothing between two switches pays nothing, and nobody sees another's registers.
 */
#pragma once

#include "riscv.h"
#include "task.h"

void fp_save_dirty(void);
void fp_load(void); /* current->fp into the registers, which are clean then */

/* The current task's registers into current->fp, if they have changed. */
static inline void fp_save(void)
{
	if ((csr_read(sstatus) & SSTATUS_FS) == SSTATUS_FS_DIRTY)
		fp_save_dirty();
}

/* The unit off: what is in current->fp counts, or that of the task that runs next. */
static inline void fp_off(void)
{
	csr_clear(sstatus, SSTATUS_FS);
}
