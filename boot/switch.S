/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * switch.S - switches from one kernel stack to another; loads and stores the floating-point
 * registers. Called from kernel/core/task/sched.c and kernel/core/task/fp.c.
 */
#include "asm-offsets.h"

/* The registers of a context: INSN is sd or ld, TASK the register that holds the task. */
	.macro	each_of_context insn, task
	\insn	ra, CTX_RA(\task)
	\insn	sp, CTX_SP(\task)
	\insn	gp, CTX_GP(\task)
	\insn	tp, CTX_TP(\task)
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
	\insn	s\n, CTX_S + 8*\n(\task)
	.endr
	.endm

	.text
/*
 * context_switch(from, to), both struct task *: saves the callee-saved registers, gp and tp in
 * FROM's context, and goes on where TO called context_switch(), or at context_start if TO is new.
 */
	.globl	context_switch
context_switch:
	each_of_context sd, a0
	each_of_context ld, a1
	ret

/* A new task's context points here: s1 = function, s2 = argument. */
	.globl	context_start
context_start:
	mv	a0, s2
	jalr	s1
	unimp			/* the function never returns */

	.option	arch, +f, +d
	.macro	each_fp insn
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, \
		25, 26, 27, 28, 29, 30, 31
	\insn	f\n, 8*\n(a0)
	.endr
	.endm

/*
 * fp_store(state), fp_fetch(state), on a struct fp_state *: store and load all 32 registers and
 * fcsr. sstatus.FS must not be off.
 */
	.globl	fp_store
fp_store:
	each_fp	fsd
	frcsr	t0
	sd	t0, FP_CSR(a0)
	ret

	.globl	fp_fetch
fp_fetch:
	each_fp	fld
	ld	t0, FP_CSR(a0)
	fscsr	t0
	ret
