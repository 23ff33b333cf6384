/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.S - the only way in from user mode, and the only ways back.
 *
 * Register contract at every entry of a gate (quick_*, gate_*): a0 to a7 and everything else are the
 * user's, but t0 and t1, which are free (the user's are in hart.spill); sepc points behind the ecall; a7 < 512;
 * interrupts are off [priv 4.1.1]. The way back restores every register but a0.
 * sscratch is not used: the hart page is reached from x0.
 */
#include "asm-offsets.h"

#define CAUSE_USER_ECALL 8
#define SSTATUS_SPIE 0x20
#define SSTATUS_SPP 0x100
#define SSTATUS_SUM 0x40000

	.text
	.balign	4
	.globl	trap_entry
/*
 *   in:   any trap; from user mode or, for usercopy and for bugs, from the kernel
 *   does: sends a system call through the current task's gate, everything else to trap_other
 */
trap_entry:
	sd	t0, HART_T0(zero)
	sd	t1, HART_T1(zero)
	csrr	t0, scause
	addi	t0, t0, -CAUSE_USER_ECALL
	bnez	t0, trap_other
	csrr	t0, sepc
	addi	t0, t0, 4
	csrw	sepc, t0
	li	t1, GATE_NRS
	bgeu	a7, t1, gate_judge	/* all 64 bits: a big number is no call, but a filter may judge it */
	slli	t0, a7, 3
	ld	t1, HART_GATE(zero)
	add	t0, t0, t1
	ld	t0, (t0)
	jr	t0

/* Leaf calls: one load, and back. */
	.macro	quick name, field
	.globl	quick_\name
quick_\name:
	ld	a0, \field(zero)
	j	quick_return
	.endm

	quick	gettid, HART_TID
	quick	getppid, HART_PPID
	.globl	quick_getpid
quick_getpid:
	ld	a0, HART_TGID(zero)
quick_return:
	ld	t0, HART_T0(zero)
	ld	t1, HART_T1(zero)
	sret

/* A constant ERRNO: the data of the stack's answer, which gate_create() has checked to be at most 4095. */
	.globl	gate_errno
gate_errno:
	slli	t0, a7, 2
	ld	t1, HART_GATE(zero)
	add	t0, t0, t1
	lhu	a0, GATE_RET(t0)
	neg	a0, a0
	j	quick_return

/*
 * What C may clobber, saved and restored side by side; sp = the frame. t0 and t1 come from the hart page.
 * Callee-saved registers survive C by themselves; gp and tp the kernel never writes.
 */
	.macro	save_clobbered
	ld	t0, HART_FRAME(zero)
	sd	sp, TF_SP(t0)
	mv	sp, t0
	ld	t0, HART_T0(zero)
	ld	t1, HART_T1(zero)
	.irp	n, 0, 1, 2
	sd	t\n, TF_T0 + 8*\n(sp)
	.endr
	.irp	n, 3, 4, 5, 6
	sd	t\n, TF_T3 + 8*(\n-3)(sp)
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	sd	a\n, TF_A0 + 8*\n(sp)
	.endr
	sd	ra, TF_RA(sp)
	csrr	t0, sepc
	sd	t0, TF_PC(sp)
	.endm

	.macro	restore_clobbered_but_a0	/* and sret */
	ld	t0, TF_PC(sp)
	csrw	sepc, t0
	ld	ra, TF_RA(sp)
	.irp	n, 1, 2, 3, 4, 5, 6, 7
	ld	a\n, TF_A0 + 8*\n(sp)
	.endr
	.irp	n, 3, 4, 5, 6
	ld	t\n, TF_T3 + 8*(\n-3)(sp)
	.endr
	.irp	n, 0, 1, 2
	ld	t\n, TF_T0 + 8*\n(sp)
	.endr
	ld	sp, TF_SP(sp)	/* last: it is the base of all the others */
	sret
	.endm

/* The other half of the frame: for those who look at all of it. */
	.macro	save_preserved
	sd	gp, TF_GP(sp)
	sd	tp, TF_TP(sp)
	.irp	n, 0, 1
	sd	s\n, TF_S0 + 8*\n(sp)
	.endr
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
	sd	s\n, TF_S2 + 8*(\n-2)(sp)
	.endr
	.endm

	.macro	restore_preserved
	ld	gp, TF_GP(sp)
	ld	tp, TF_TP(sp)
	.irp	n, 0, 1
	ld	s\n, TF_S0 + 8*\n(sp)
	.endr
	.irp	n, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
	ld	s\n, TF_S2 + 8*(\n-2)(sp)
	.endr
	.endm

	.macro	call_handler	/* call_table[a7], the arguments still in a0 to a5 */
	slli	t0, a7, 3
	lla	t1, call_table
	add	t0, t0, t1
	ld	t0, (t0)
	jalr	t0
	.endm

/* A handler in C that sees only its arguments; straight back unless there is work. */
	.globl	gate_call
gate_call:
	save_clobbered
	sd	a0, TF_ORIG_A0(sp)
	call_handler
	ld	t0, HART_WORK(zero)
	bnez	t0, 1f
	restore_clobbered_but_a0
1:	save_preserved
	sd	a0, TF_A0(sp)
	li	t0, 1
	sd	t0, TF_IN_CALL(sp)
	li	s0, 0
	j	trap_return_here

/* A handler in C that makes, replaces or inspects registers. */
	.globl	gate_call_full
gate_call_full:
	save_clobbered
	save_preserved
	sd	a0, TF_ORIG_A0(sp)
	li	t0, 1
	sd	t0, TF_IN_CALL(sp)
	li	s0, 0
	call_handler
	sd	a0, TF_A0(sp)
	j	trap_return_here

/* Whatever needs a decision at call time: kernel/judge.c makes it, and runs the call if it may run. */
	.globl	gate_judge
gate_judge:
	save_clobbered
	save_preserved
	sd	a0, TF_ORIG_A0(sp)
	sd	zero, TF_IN_CALL(sp)
	li	s0, 0
	mv	a0, sp
	call	judge
	j	trap_return_here

/*
 *   in:   t0, t1 free, all else the interrupted code's; scause is no system call
 *   does: trap_user(frame) or trap_kernel(frame)
 */
trap_other:
	csrr	t0, sstatus
	andi	t0, t0, SSTATUS_SPP
	bnez	t0, trap_other_kernel
	save_clobbered
	save_preserved
	sd	zero, TF_IN_CALL(sp)
	csrr	t0, scause
	sd	t0, TF_CAUSE(sp)
	csrr	t0, stval
	sd	t0, TF_TVAL(sp)
	li	s0, 0
	mv	a0, sp
	call	trap_user
	/* fall through */

/* sp = the complete frame of the current task */
trap_return_here:
	mv	a0, sp
	.globl	trap_return
/*
 *   in:   a0 = the complete frame, at the top of the current task's kernel stack
 *   does: what is due (signals, other tasks), then goes to user mode with the frame's registers
 */
trap_return:
	mv	sp, a0
	ld	t0, HART_WORK(zero)
	beqz	t0, 1f
	call	trap_work
	mv	a0, sp
	j	trap_return
1:	li	t0, SSTATUS_SPP
	csrc	sstatus, t0
	li	t0, SSTATUS_SPIE
	csrs	sstatus, t0
	sc.w	zero, zero, (sp)	/* a reservation must not survive from one task to the next */
	restore_preserved
	ld	a0, TF_A0(sp)
	restore_clobbered_but_a0

/*
 * A trap in the kernel. Its frame goes below sp, unless sp has left the stack: then the guard page was hit, and
 * trap_kernel's panic runs on a stack of its own.
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
2:	ld	t0, HART_T0(zero)
	ld	t1, HART_T1(zero)
	.irp	n, 0, 1, 2
	sd	t\n, TF_T0 + 8*\n(sp)
	.endr
	.irp	n, 3, 4, 5, 6
	sd	t\n, TF_T3 + 8*(\n-3)(sp)
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	sd	a\n, TF_A0 + 8*\n(sp)
	.endr
	sd	ra, TF_RA(sp)
	save_preserved
	csrr	t0, sepc
	sd	t0, TF_PC(sp)
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
