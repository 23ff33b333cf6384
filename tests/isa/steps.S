/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * steps.S - runs single instructions on QEMU's virt machine, in U and S mode, and stores what
 * became of the hart: for agree.py, which puts the steps into memory and reads the results from
 * there. Without paging; M mode is here only.
 *
 * A step's record, in doublewords: 0 the instruction, with breakpoints up to eight bytes, 1
 * where to put it, 2 registers x0 to x31 before it, 3 mstatus, 4 sepc, 5 scause, 6 stval, 7
 * an address of the window. What it becomes: x1 to x31, then the doublewords of RESULT,
 * then four of the window around 7.
 */
#include "steps.h"

	.option	norelax
	.section .text.start, "ax"
	.globl	_start
_start:
	li	t0, -1
	csrw	pmpaddr0, t0
	li	t0, 0x1f		/* all of memory, for all modes */
	csrw	pmpcfg0, t0
	li	t0, DELEGATED
	csrw	medeleg, t0
	csrw	mie, zero
	csrw	satp, zero
	li	t0, VECTOR + 1		/* with a vector, which exceptions do not use */
	csrw	stvec, t0
	la	t0, after
	csrw	mtvec, t0
	la	t0, context
	csrw	mscratch, t0
	li	t0, HEADER
	ld	s2, 0(t0)		/* steps */
	li	s0, STEPS
	li	s1, RESULTS

step:
	beqz	s2, done
	la	t0, context
	sd	s0, 0(t0)
	sd	s1, 8(t0)
	sd	s2, 16(t0)
	ld	t0, 0(s0)
	ld	t1, 8(s0)
	.irp	n, 0, 2, 4, 6
	sh	t0, \n(t1)
	srli	t0, t0, 16
	.endr
	fence.i
	csrw	mepc, t1
	ld	t0, 3*8(s0)
	csrw	mstatus, t0
	ld	t0, 4*8(s0)
	csrw	sepc, t0
	ld	t0, 5*8(s0)
	csrw	scause, t0
	ld	t0, 6*8(s0)
	csrw	stval, t0
	csrr	t0, sstatus
	sd	t0, R_SSTATUS_BEFORE(s1)
	ld	x31, 2*8(s0)
	.irp	n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
	ld	x\n, 8*\n(x31)
	.endr
	mret

	.balign	4
after:
	csrrw	x31, mscratch, x31
	sd	x30, 24(x31)
	ld	x30, 8(x31)
	.irp	n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29
	sd	x\n, 8*\n - 8(x30)
	.endr
	mv	s1, x30
	ld	t0, 24(x31)
	sd	t0, 8*29(s1)
	csrrw	t0, mscratch, x31
	sd	t0, 8*30(s1)
	ld	s0, 0(x31)
	ld	s2, 16(x31)
	csrr	t0, mepc
	sd	t0, R_PC(s1)
	csrr	t0, mcause
	sd	t0, R_MCAUSE(s1)
	csrr	t0, mstatus
	sd	t0, R_MSTATUS(s1)
	csrr	t0, sepc
	sd	t0, R_SEPC(s1)
	csrr	t0, scause
	sd	t0, R_SCAUSE(s1)
	csrr	t0, stval
	sd	t0, R_STVAL(s1)
	/*
	 * The slot holds breakpoints again. The window is copied out, and
	 * put back from where it is kept.
	 */
	ld	t1, 8(s0)
	li	t0, 0x9002
	.irp	n, 0, 2, 4, 6
	sh	t0, \n(t1)
	.endr
	ld	t0, 7*8(s0)
	andi	t0, t0, -8
	li	t2, KEPT - WINDOW
	add	t2, t0, t2
	.irp	n, -8, 0, 8, 16
	ld	t1, \n(t0)
	sd	t1, R_WINDOW + 8 + \n(s1)
	ld	t1, \n(t2)
	sd	t1, \n(t0)
	.endr
	addi	s0, s0, STEP_SIZE
	addi	s1, s1, RESULT_SIZE
	addi	s2, s2, -1
	j	step

done:	li	t0, 0x100000		/* the machine's switch: off */
	li	t1, 0x5555
	sw	t1, (t0)
	j	.

	.balign	8
context: .space	64
