/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fp.c - see fp.h. A program's first floating-point instruction traps (sstatus.FS is off); from then on its
 * registers are saved when it changed them and another task runs.
 */
#include "fp.h"

#include "riscv.h"

/* boot/switch.S */
void fp_store(struct fp_state *to);
void fp_fetch(const struct fp_state *from);

void fp_save(void)
{
	if (!current->fp_used || (csr_read(sstatus) & SSTATUS_FS) != SSTATUS_FS_DIRTY)
		return;
	fp_store(&current->fp);
	csr_clear(sstatus, SSTATUS_FS);
	csr_set(sstatus, SSTATUS_FS_CLEAN);
}

void fp_load(void)
{
	current->fp_used = true;
	csr_set(sstatus, SSTATUS_FS);
	fp_fetch(&current->fp);
	csr_clear(sstatus, SSTATUS_FS);
	csr_set(sstatus, SSTATUS_FS_CLEAN);
}

void fp_switch_in(void)
{
	if (current->fp_used)
		fp_load();
	else
		csr_clear(sstatus, SSTATUS_FS);
}
