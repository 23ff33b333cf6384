/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call_table.S - the handler in C of every system call, by number; sys_none where there is no call.
 * trap.S and kernel/gate/syscall.c go through it. It is assembly because C cannot store an address
 * in 32 bits. The kernel lies in the topmost 2 GiB, so a 32-bit word, loaded with its sign, gives
 * the whole address.
 */
#include "asm-offsets.h"

	.section .rodata.call_table, "a", @progbits
	.balign	4
	.globl	call_table

	/*
	 * NUMBER is the number of the call NAME. If the call exists, handler_NUMBER is its handler.
	 */
	.macro	call number, name
	.ifdef	has_\name
	.set	handler_\number, sys_\name
	.endif
	.endm

	.macro	entry number
	.ifdef	handler_\number
	.word	handler_\number
	.else
	.word	sys_none
	.endif
	.endm

#define QUICK(name) .set has_##name, 1
#define CALL(name) .set has_##name, 1
#define FULL(name) .set has_##name, 1
#include "calls.def"

#define SYSCALL(number, name, nargs) call number, name
#define NEWER(number, name, nargs, since) call number, name
#include <abi/syscall.def>
#include <abi/syscall-newer.def>

call_table:
	.altmacro
	.set	number, 0
	.rept	GATE_NRS
	entry	%number
	.set	number, number + 1
	.endr
