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
 *         answer depends on one or two arguments, also adds one to the row of these arguments'
 *         values. Then goes to trap_entry with every register as it was; or to the judge, who makes
 *         the row, if there is none yet
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
	srli	t1, t1, COUNT_WAY_SHIFT
	bnez	t1, by_words
1:	ld	t0, HART_T0(zero)
	ld	t1, HART_T1(zero)
	j	trap_entry

/* in: t1 = where in count_ways the code of this call's set of arguments begins */
by_words:
	sd	t2, HART_COUNT_T2(zero)
	sd	t3, HART_COUNT_T3(zero)
	ld	t0, HART_COUNT_WAYS(zero)
	add	t0, t0, t1
	jr	t0

/*
 *   in:   t2, t3 = the values of the arguments that decide; t3 = 0 if only one does
 *   does: finds the row, as find_row() of kernel/linux/report/count.c does, and adds one to it;
 *         goes to the judge if another gate, number or pair of values has the row
 */
count_words_there:
	ld	t1, HART_GATE(zero)
	srli	t0, t1, PAGE_SHIFT + 1
	add	t0, t0, a7
	slli	t0, t0, 3
	add	t0, t0, t2
	slli	t1, t3, 4
	add	t0, t0, t1
	srli	t1, t0, 11
	xor	t0, t0, t1
	andi	t0, t0, COUNT_ROWS - 1
	slli	t0, t0, COUNT_ROW_SHIFT
	ld	t1, HART_COUNT_ROWS(zero)
	add	t0, t0, t1
	ld	t1, COUNT_WORD0(t0)
	bne	t1, t2, 2f
	ld	t1, COUNT_WORD1(t0)
	bne	t1, t3, 2f
	ld	t1, COUNT_GATE(t0)
	ld	t2, HART_GATE(zero)
	bne	t1, t2, 2f
	ld	t1, COUNT_NR(t0)
	bne	t1, a7, 2f
	ld	t1, COUNT_CALLS(t0)
	addi	t1, t1, 1
	sd	t1, COUNT_CALLS(t0)
	ld	t2, HART_COUNT_T2(zero)
	ld	t3, HART_COUNT_T3(zero)
	j	1b
2:	ld	t2, HART_COUNT_T2(zero)
	ld	t3, HART_COUNT_T3(zero)
	csrr	t0, sepc
	addi	t0, t0, 4
	csrw	sepc, t0
	j	gate_judge

/*
 * count_ways: 16 bytes of code for each of the 64 sets of arguments, which load the set's arguments
 * into t2 and t3. Only sets of one or two arguments are used.
 */
	.option	push
	.option	norvc
	.macro	way set
	.balign	16
	.set	found, 0
	.irp	n, 0, 1, 2, 3, 4, 5
	.if	(\set >> \n) & 1
	.if	found == 0
	mv	t2, a\n
	.elseif	found == 1
	mv	t3, a\n
	.endif
	.set	found, found + 1
	.endif
	.endr
	.if	found == 1
	li	t3, 0
	.endif
	j	count_words_there
	.endm
	.balign	16
	.globl	count_ways
count_ways:
	.set	set, 0
	.rept	64
	way	set
	.set	set, set + 1
	.endr
	.option	pop
