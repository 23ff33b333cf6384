/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count.S - the way in from user mode while calls are counted (kernel/gate/count.h).
 */
#include "frame.inc"

	.text
	.balign	4
	.globl	trap_entry_counting
/*
 *   in:   as trap_entry
 *   does: adds one to the call's count, behind the page of the task's gate; then goes to trap_entry,
 *         with every register as it was
 */
trap_entry_counting:
	sd	t0, HART_T0(zero)
	sd	t1, HART_T1(zero)
	csrr	t0, scause
	addi	t0, t0, -CAUSE_USER_ECALL
	bnez	t0, 1f
	li	t0, GATE_NRS
	bgeu	a7, t0, 1f
	call_offset t0
	slli	t0, t0, 1		/* a count has two words */
	ld	t1, HART_GATE(zero)
	add	t0, t0, t1
	li	t1, GATE_COUNTS
	add	t0, t0, t1
	ld	t1, (t0)
	addi	t1, t1, 1
	sd	t1, (t0)
1:	ld	t0, HART_T0(zero)
	ld	t1, HART_T1(zero)
	j	trap_entry
