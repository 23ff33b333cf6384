/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call_table.S - the address of every system call's C handler, by number; sys_none's where there is
 * no call. trap.S and kernel/gate/syscall.c call through it.
 *
 * The kernel lies in the topmost 2 GiB, so the low 32 bits of an address, sign-extended, are the
 * whole address. The table is assembly because a C initialiser cannot store half an address.
 */
#include "asm-offsets.h"

	.section .rodata.call_table, "a", @progbits
	.balign	4
	.globl	call_table

	/* Defines handler_NUMBER as the handler of the call NAME, unless calls.def lacks NAME. */
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
