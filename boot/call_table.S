/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call_table.S - the handler in C of every system call, by number; sys_none where there is no call. trap.S and
 * kernel/gate/syscall.c go through it. It is assembly because C cannot hold an address in 32 bits; the kernel lies in the
 * topmost 2 GiB, so that loading 32 bits with their sign gives all 64.
 */
#include "asm-offsets.h"

	.section .rodata.call_table, "a", @progbits
	.balign	4
	.globl	call_table
	.set	next, 0

	/* From the entry `next` to that of NUMBER: no calls. */
	.macro	no_calls_before number
	.rept	\number - next
	.word	sys_none
	.endr
	.set	next, \number + 1
	.endm

	.macro	call number, name
	no_calls_before \number
	.ifdef	has_\name
	.word	sys_\name
	.else
	.word	sys_none
	.endif
	.endm

#define QUICK(name) .set has_##name, 1
#define CALL(name) .set has_##name, 1
#define FULL(name) .set has_##name, 1
#include "calls.def"

call_table:
#define SYSCALL(number, name, nargs) call number, name
#include <abi/syscall.def>
	no_calls_before GATE_NRS
