/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.S - the only way in from user mode, and the only ways back.
 *
 * Register contract at every entry of a gate (quick_*, gate_*, code of
 * kernel/linux/jit/gate_code.c): all registers are the user's, but for t0 and t1, which are free
 * (the user's are in hart.spill). sepc points behind the ecall; a7 < 512; interrupts are off [priv
 * 4.1.1]. The way back restores every register but a0. sscratch is not used: the hart page is
 * reached from x0.
 */
#include "frame.inc"

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
	bgeu	a7, t1, gate_judge	/* compares all 64 bits; filters judge numbers that are no call, too */
	.globl	trap_call
trap_call:			/* boot/count.S comes here, too: by the contract above, from a user's ecall */
	call_offset t0
	ld	t1, HART_GATE(zero)
	add	t0, t0, t1
	lw	t1, (t0)		/* sign-extended, it is an address: the kernel lies in the topmost 2 GiB */
	jr	t1

	.macro	leave			/* to user mode: a0 = what the call returns; t0 and t1 are the user's again */
	ld	t0, HART_T0(zero)
	ld	t1, HART_T1(zero)
	sret
	.endm

/*
 *   in:   the contract above
 *   does: a quick handler: returns one field of the hart page
 */
	.macro	quick name, field
	.globl	quick_\name
quick_\name:
	ld	a0, \field(zero)
	leave
	.endm

	quick	getpid, HART_TGID
	quick	gettid, HART_TID
	quick	getppid, HART_PPID

/*
 *   in:   from generated code, which has judged the arguments: a0 = what the call returns
 *   does: goes back to the user
 */
	.globl	gate_refuse
gate_refuse:
	leave

/*
 *   in:   from trap_entry only: t0 = address of the gate's entry that led here
 *   does: returns a constant ERRNO: the data of the stack's answer, which gate_create()
 *         has checked to be at most 4095
 */
	.globl	gate_errno
gate_errno:
	lhu	a0, GATE_RET(t0)
	neg	a0, a0
	leave

	.macro	call_handler	/* calls call_table[a7] with the arguments still in a0 to a5; a0 = its result */
	call_offset t0
	lla	t1, call_table
	add	t0, t0, t1
	lw	t0, (t0)
	jalr	t0
	.endm

/*
 *   in:   the contract above, also from generated code
 *   does: calls a handler in C that sees only its arguments; saves what C may clobber, and goes
 *         straight back unless there is work
 */
	.globl	gate_call
gate_call:
	save_clobbered
	sd	a0, TF_ORIG_A0(sp)
	call_handler
	ld	t0, HART_WORK(zero)
	bnez	t0, 1f
	restore_clobbered_but_a0
1:	each_preserved sd
	sd	a0, TF_A0(sp)
	li	t0, 1
	sd	t0, TF_IN_CALL(sp)
	j	trap_return_here

/*
 *   in:   the contract above, also from generated code
 *   does: calls a handler in C that reads or changes the program's registers: the frame is complete
 */
	.globl	gate_call_full
gate_call_full:
	save_clobbered
	each_preserved sd
	sd	a0, TF_ORIG_A0(sp)
	li	t0, 1
	sd	t0, TF_IN_CALL(sp)
	call_handler
	sd	a0, TF_A0(sp)
	j	trap_return_here

/*
 *   in:   the contract above, but any a7; also from generated code
 *   does: calls judge(frame), which decides about this call, and runs it if it may run
 */
	.globl	gate_judge
gate_judge:
	save_clobbered
	each_preserved sd
	sd	a0, TF_ORIG_A0(sp)
	sd	zero, TF_IN_CALL(sp)
	mv	a0, sp
	call	judge
	j	trap_return_here

/*
 *   in:   t0, t1 free, all other registers the interrupted code's; scause is not a user's ecall
 *   does: calls trap_user(frame) if the trap came from user mode; else goes to trap_other_kernel
 */
trap_other:
	csrr	t0, sstatus
	andi	t0, t0, SSTATUS_SPP
	bnez	t0, trap_other_kernel
	save_clobbered
	each_preserved sd
	sd	zero, TF_IN_CALL(sp)
	csrr	t0, scause
	sd	t0, TF_CAUSE(sp)
	csrr	t0, stval
	sd	t0, TF_TVAL(sp)
	mv	a0, sp
	call	trap_user
	/* fall through */

/* sp = the current task's complete frame */
trap_return_here:
	mv	a0, sp
	.globl	trap_return
/*
 *   in:   a0 = the complete frame, at the top of the current task's kernel stack
 *   does: calls trap_work(frame) for what is due (signals, other tasks) until nothing is; then goes
 *         to user mode with the frame's registers
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
	sc.w	zero, zero, (sp)	/* ends an lr reservation, which must not pass from one task to the next */
	each_preserved ld
	ld	a0, TF_A0(sp)
	restore_clobbered_but_a0
