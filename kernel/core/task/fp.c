/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fp.c - saves and loads floating-point registers: see fp.h. Called where a task's registers must
 * be in memory, and from trap.c at an instruction that uses them while the unit is off.
 */
#include "fp.h"

/* boot/switch.S */
void fp_store(struct fp_state *to);
void fp_fetch(const struct fp_state *from);

/* The registers are those of current->fp from now on; the hart notes if they change. */
static void set_clean(void)
{
	csr_clear(sstatus, SSTATUS_FS);
	csr_set(sstatus, SSTATUS_FS_CLEAN);
}

void fp_save_dirty(void)
{
	fp_store(&current->fp);
	set_clean();
}

void fp_load(void)
{
	csr_set(sstatus, SSTATUS_FS);
	fp_fetch(&current->fp);
	set_clean();
}
