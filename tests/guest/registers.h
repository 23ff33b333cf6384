/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * registers.h - a system call made with every register full.
 *
 * call_with_full_registers(frames, nr) gives every free register a value of its
 * own, stores them all in frames[0..31], calls nr, and stores them all again in
 * frames[32..63]. RESULT_INDEX is the one that may differ,
 * FULL_ARG5 what the sixth argument is.
 */
#pragma once

#ifdef __riscv
#define RESULT_INDEX 10
#define FULL_ARG5 0x5a5a000f
__asm__(".text\n"
	".globl	call_with_full_registers\n"
	"call_with_full_registers:\n"
	"	addi	sp, sp, -112\n"
	"	sd	ra, 96(sp)\n"
	"	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11\n"
	"	sd	s\\n, 8*\\n(sp)\n"
	"	.endr\n"
	"	mv	t6, a0\n"
	"	mv	a7, a1\n"
	"	.irp	n, 1,5,6,7,8,9,10,11,12,13,14,15,16,18,19,20,21,22,23,24,25,26,27,28,29,30\n"
	"	li	x\\n, 0x5a5a0000 + \\n\n"
	"	.endr\n"
	"	.irp	n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
	"	sd	x\\n, 8*\\n(t6)\n"
	"	.endr\n"
	"	ecall\n"
	"	.irp	n, 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31\n"
	"	sd	x\\n, 256+8*\\n(t6)\n"
	"	.endr\n"
	"	.irp	n, 0,1,2,3,4,5,6,7,8,9,10,11\n"
	"	ld	s\\n, 8*\\n(sp)\n"
	"	.endr\n"
	"	ld	ra, 96(sp)\n"
	"	addi	sp, sp, 112\n"
	"	ret\n");
#else
/* rcx and r11 are the syscall instruction's own. */
#define RESULT_INDEX 0
#define FULL_ARG5 0x5a06
__asm__(".text\n"
	".globl	call_with_full_registers\n"
	"call_with_full_registers:\n"
	"	push	%rbx\n	push	%rbp\n	push	%r12\n	push	%r13\n	push	%r14\n	push	%r15\n"
	"	mov	%rdi, %r15\n"
	"	mov	%rsi, %rax\n"
	"	mov	$0x5a01, %rbx\n	mov	$0x5a02, %rdx\n	mov	$0x5a03, %rsi\n	mov	$0x5a04, %rdi\n"
	"	mov	$0x5a05, %r8\n	mov	$0x5a06, %r9\n	mov	$0x5a07, %r10\n	mov	$0x5a08, %r12\n"
	"	mov	$0x5a09, %r13\n	mov	$0x5a0a, %r14\n	mov	$0x5a0b, %rbp\n"
	"	.macro	store at\n"
	"	mov	%rax, \\at+0(%r15)\n	mov	%rbx, \\at+8(%r15)\n	mov	%rdx, \\at+16(%r15)\n"
	"	mov	%rsi, \\at+24(%r15)\n	mov	%rdi, \\at+32(%r15)\n	mov	%r8, \\at+40(%r15)\n"
	"	mov	%r9, \\at+48(%r15)\n	mov	%r10, \\at+56(%r15)\n	mov	%r12, \\at+64(%r15)\n"
	"	mov	%r13, \\at+72(%r15)\n	mov	%r14, \\at+80(%r15)\n	mov	%rbp, \\at+88(%r15)\n"
	"	mov	%rsp, \\at+96(%r15)\n"
	"	.endm\n"
	"	store	0\n"
	"	syscall\n"
	"	store	256\n"
	"	pop	%r15\n	pop	%r14\n	pop	%r13\n	pop	%r12\n	pop	%rbp\n	pop	%rbx\n"
	"	ret\n");
#endif

void call_with_full_registers(long frames[64], long nr);

/* The result, after checking that nothing but its register changed. */
static inline long full_register_call(long nr)
{
	static long frames[64];

	call_with_full_registers(frames, nr);
	for (int i = 0; i < 32; i++)
		CHECK(i == RESULT_INDEX || frames[32 + i] == frames[i]);
	return frames[32 + RESULT_INDEX];
}
