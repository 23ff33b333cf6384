/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fp.h - the floating-point registers of user programs, which are switched lazily. The kernel is
 * compiled without floating point.
 *
 * current->fp holds the registers, except while sstatus.FS is dirty: then the hart does. After a
 * switch of tasks the unit is off, and the first instruction that uses it traps; trap.c then calls
 * fp_load(). So a task that uses no floating point between two switches pays nothing, and no task
 * sees another's registers.
 */
#pragma once

#include "riscv.h"
#include "task.h"

void fp_save_dirty(void); /* for fp_save() */
/* Turns the unit on, and loads current->fp into the registers, which are clean then. */
void fp_load(void);

/*
 * Stores the current task's registers in current->fp, if they have changed since they were loaded.
 */
static inline void fp_save(void)
{
	if ((csr_read(sstatus) & SSTATUS_FS) == SSTATUS_FS_DIRTY)
		fp_save_dirty();
}

/* Turns the unit off, so that the next use loads the registers of whichever task runs then. */
static inline void fp_off(void)
{
	csr_clear(sstatus, SSTATUS_FS);
}
