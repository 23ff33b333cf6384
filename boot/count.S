/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count.S - the way in from user mode while calls are counted (kernel/gate/count.h). It takes the
 * place of trap_entry in stvec; what it counts, and how a row looks, is count.h's.
 */
#include "frame.inc"

	.text
	.balign	4
	.globl	trap_entry_counting
/*
 *   in:   as trap_entry
 *   does: adds one to the call's count, which lies behind the page of the task's gate. Where the
 *         answer depends on words of struct seccomp_data, also adds one to the row of these words'
 *         values. Then goes on in trap_entry; or to the judge, who makes the row, if there is none
 *         yet
 */
trap_entry_counting:
	sd	t0, HART_T0(zero)
	sd	t1, HART_T1(zero)
	csrr	t0, scause
	addi	t0, t0, -CAUSE_USER_ECALL
	bnez	t0, 1f
	csrr	t0, sepc
	addi	t0, t0, 4
	csrw	sepc, t0
	li	t0, GATE_NRS
	bgeu	a7, t0, 2f
	call_offset t0
	addi	t0, t0, GATE_COUNTS / 2
	slli	t0, t0, 1		/* a count has two words */
	ld	t1, HART_GATE(zero)
	add	t0, t0, t1
	ld	t1, (t0)
	addi	t1, t1, 1
	sd	t1, (t0)
	srli	t1, t1, COUNT_WAY_SHIFT
	bnez	t1, by_words
	j	trap_call
1:	ld	t0, HART_T0(zero)
	ld	t1, HART_T1(zero)
	j	trap_entry
2:	j	gate_judge

/*
 *   in:   t0 = address of the call's count; t1 = where in count_ways its set of words begins
 *   does: goes there with t2 = t0, which is what the row's hash begins with
 */
by_words:
	sd	t2, HART_COUNT_T2(zero)
	ld	t2, HART_COUNT_WAYS(zero)
	add	t1, t1, t2
	mv	t2, t0
	jr	t1

/*
 * Finds the row as find_row() of kernel/linux/report/count.c does, for the set of arguments whose
 * bits are in SET.
 *
 *   in:   t0 = address of the call's count, t2 = what the hash begins with
 */
	.macro	arguments set
way_\set:
	.irp	n, 0, 1, 2, 3, 4, 5
	.if	(\set >> \n) & 1
	slli	t2, t2, 3
	add	t2, t2, a\n
	.endif
	.endr
	ld	t1, HART_COUNT_FACTOR(zero)
	mul	t2, t2, t1
	srli	t2, t2, 64 - COUNT_ROWS_SHIFT
	slli	t2, t2, COUNT_ROW_SHIFT
	ld	t1, HART_COUNT_ROWS(zero)
	add	t2, t2, t1
	ld	t1, COUNT_OF(t2)
	bne	t1, t0, row_missing
	.irp	n, 0, 1, 2, 3, 4, 5
	.if	(\set >> \n) & 1
	ld	t1, COUNT_ARGS + 8 * \n(t2)
	bne	t1, a\n, row_missing
	.endif
	.endr
	.if	\set != 63		/* which is the last */
	j	row_found
	.endif
	.endm

	.altmacro
	.set	set, 0
	.rept	64
	arguments %set
	.set	set, set + 1
	.endr

/* in: t2 = the row, whose count of a number and whose arguments are this call's */
row_found:
	ld	t1, COUNT_IP(t2)
	bnez	t1, 2f
1:	ld	t1, COUNT_CALLS(t2)
	addi	t1, t1, 1
	sd	t1, COUNT_CALLS(t2)
	ld	t2, HART_COUNT_T2(zero)
	j	trap_call
2:	csrr	t0, sepc
	beq	t0, t1, 1b
row_missing:
	ld	t2, HART_COUNT_T2(zero)
	j	gate_judge

/* COUNT_WAY_SIZE bytes for a set of arguments; after COUNT_WAY_IP of them: for it and the ip. */
	.macro	way set
	j	way_\set
	csrr	t1, sepc
	add	t2, t2, t1
	j	way_\set
	.endm
	.balign	COUNT_WAY_SIZE
	.option	push
	.option	norvc
	.globl	count_ways
count_ways:
	.set	set, 0
	.rept	64
	way	%set
	.set	set, set + 1
	.endr
	.option	pop
