/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap_kernel.S - traps in the kernel itself: a page fault in usercopy.S, or a bug. Entered from
 * trap.S. Interrupts are off in the kernel, and do not trap here.
 */
#include "frame.inc"

	.text
	.globl	trap_other_kernel
/*
 *   in:   t0, t1 free (the interrupted code's are in the hart page); all other registers are the
 *         interrupted kernel code's
 *   does: makes a frame below sp, and calls trap_kernel(frame), which may change the frame's pc. If
 *         sp has left the kernel stack (the guard page was hit), the frame goes on panic_stack, and
 *         trap_kernel() panics there
 *   out:  to the frame's pc, with all of the frame's registers
 */
trap_other_kernel:
	ld	t0, HART_FRAME(zero)
	sub	t0, t0, sp
	li	t1, STACK_ROOM - TF_SIZE - 64
	bleu	t0, t1, 1f
	la	t0, panic_stack_top
	sd	sp, TF_SP - TF_SIZE(t0)
	addi	sp, t0, -TF_SIZE
	j	2f
1:	sd	sp, TF_SP - TF_SIZE(sp)
	addi	sp, sp, -TF_SIZE
2:	save_clobbered_but_sp
	each_preserved sd
	csrr	t0, scause
	sd	t0, TF_CAUSE(sp)
	csrr	t0, stval
	sd	t0, TF_TVAL(sp)
	csrr	t0, sstatus
	sd	t0, TF_STATUS(sp)
	li	t0, SSTATUS_SUM
	csrc	sstatus, t0		/* only usercopy may run with it set */
	mv	a0, sp
	call	trap_kernel
	ld	t0, TF_STATUS(sp)
	csrw	sstatus, t0
	ld	a0, TF_A0(sp)
	restore_clobbered_but_a0
