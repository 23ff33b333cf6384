/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crt0.S - where a program starts, and the three entries that C cannot be.
 *
 *   _start    in: sp = argc, argv, 0, envp, 0, auxv (16-byte aligned); all else is undefined
 *             does: sets gp, gives the stack pointer to __start in start.c, which never returns
 *   syscall   in: a0 = number, a1..a6 = arguments; out: a0 = result, or -1 with errno set
 *   clone     glibc's: the child runs fn(arg) on its own stack and exits with what it returns
 */
#include "numbers.h"

	.section .text.start, "ax", @progbits
	.globl	_start
_start:
	.option	push
	.option	norelax			/* relaxed, this would be "mv gp, gp" */
	la	gp, __global_pointer$
	.option	pop
	mv	fp, zero		/* the last frame of a backtrace */
	mv	a0, sp
	tail	__start

	.text
	.globl	syscall
	.type	syscall, @function
syscall:
	.cfi_startproc			/* whoever looks for its callers finds them */
	mv	a7, a0
	mv	a0, a1
	mv	a1, a2
	mv	a2, a3
	mv	a3, a4
	mv	a4, a5
	mv	a5, a6
	ecall
	li	t0, -4096
	bltu	t0, a0, 1f
	ret
1:	tail	__syscall_failed
	.cfi_endproc

/*
 * int clone(int (*fn)(void *), void *stack, int flags, void *arg, pid_t
 * *ptid, void *tls, pid_t *ctid)
 */
	.globl	clone
	.type	clone, @function
clone:
	andi	a1, a1, -16
	addi	a1, a1, -16
	sd	a0, 0(a1)		/* fn and arg wait on the child's stack */
	sd	a3, 8(a1)
	mv	a0, a2
	mv	a2, a4
	mv	a3, a5
	mv	a4, a6
	li	a7, NR_CLONE
	ecall
	bltz	a0, 1f
	beqz	a0, 2f
	ret
1:	tail	__syscall_failed
2:	ld	t0, 0(sp)
	ld	a0, 8(sp)
	addi	sp, sp, 16
	mv	fp, zero
	jalr	t0
	li	a7, NR_EXIT
	ecall
