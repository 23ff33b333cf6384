/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * restart.S - from the end of one program back to start-up, for the next program of the same boot.
 * Called from rows_end() in kernel/core/machine/rows.c.
 */
#include "asm-offsets.h"

/*
 * restart - start-up begins anew, and none of the kernel's memory is kept. Never returns.
 *
 *   in: a0 = hart id, a1 = physical address of the device tree, a2 = the row to run, a3 = physical
 *         address of the kernel; MMU on, no interrupts in sstatus, no timer set
 *   out: at entry_row, MMU off, with a0 and a1 as the boot loader gave them and s4 = the row
 *
 * The instruction that turns the MMU off must be fetched from its physical address. So the 1 GiB
 * around the kernel is first mapped one to one in kernel_root, not writable. Those addresses are
 * user mode's half in other page tables, so they are free here.
 */
	.text
	.globl	restart
restart:
	csrw	sie, zero
	csrw	sstatus, zero
	mv	s4, a2
	la	t0, kernel_root
	la	t1, image_start
	sub	t1, a3, t1		/* from linked to physical */
	add	t2, t0, t1
	srli	t2, t2, PAGE_SHIFT
	li	t3, SATP_SV39
	or	t2, t2, t3		/* satp for kernel_root */
	srli	t3, a3, 30		/* the GiB that the kernel lies in */
	slli	t4, t3, 3
	add	t0, t0, t4
	slli	t3, t3, 30 - PAGE_SHIFT + PTE_PPN_SHIFT
	ori	t3, t3, PTE_RX
	sd	t3, (t0)
	csrw	satp, t2
	sfence.vma
	lla	t0, 1f
	add	t0, t0, t1
	jr	t0
1:	csrw	satp, zero
	tail	entry_row
