/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.S - the vDSO's ELF tables of names, by which C libraries find its functions; and those
 * functions that only make a system call. Names, version and instructions are those of Linux's
 * vDSO. [arch/riscv/kernel/vdso]
 *
 * The tables are written out because the bare-metal linker makes no shared objects. The hash table
 * has one bucket: a look-up compares with every name.
 */
#define NR_rt_sigreturn 139		/* vdso.c asserts that they are abi/syscall.def's */
#define NR_getcpu 168
#define NR_riscv_flush_icache 259

#define PAGE_SIZE 4096
#define TEXT_SECTION 4		/* vdso.lds lists the sections in this order */
#define ABSOLUTE_SECTION 0xfff1	/* SHN_ABS */
#define GLOBAL_FUNC 0x12	/* STB_GLOBAL, STT_FUNC */
#define GLOBAL_OBJECT 0x11
#define BASE_VERSION 1		/* version 1 is the object's own; every name has version 2 */
#define LINUX_VERSION 2
#define LINUX_HASH 0xae77f75	/* of "LINUX_4.15" [elf, hash table] */
#define SONAME_HASH 0xdeebfa1

#define SAVED(n) (304 + 8 * (n))	/* struct rt_sigframe's uc.uc_mcontext.sc_regs: pc, then x1 to x31 */
#define PC_COLUMN 64			/* unwinders' number for a pc that is no return address [RISC-V DWARF] */
#define DW_CFA_def_cfa_expression 0x0f	/* [DWARF 4] */
#define DW_CFA_expression 0x10
#define DW_OP_deref 0x06
#define DW_OP_breg2 0x72		/* the stack pointer, plus a number in two bytes of LEB128 */

	.text
	/*
	 * Where a signal handler returns to. Debuggers and unwinders know
	 * it by these two instructions, or by its table: the stack pointer
	 * and all else that was interrupted lie in the signal's frame. They
	 * look up the address before a return address: hence the nop, which
	 * never runs.
	 */
	.macro	saved column, at
	.cfi_escape DW_CFA_expression, \column, 3, DW_OP_breg2, (\at) & 127 | 128, (\at) >> 7
	.endm
	.cfi_startproc
	.cfi_signal_frame
	.cfi_return_column PC_COLUMN
	.cfi_escape DW_CFA_def_cfa_expression, 4, DW_OP_breg2, SAVED(2) & 127 | 128, SAVED(2) >> 7, DW_OP_deref
	saved	PC_COLUMN, SAVED(0)
	.irp	n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, \
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
	saved	\n, SAVED(\n)
	.endr
	nop
	.globl	__vdso_rt_sigreturn
	.type	__vdso_rt_sigreturn, @function
__vdso_rt_sigreturn:
	.option push
	.option norvc
	li	a7, NR_rt_sigreturn
	ecall
	.option pop
	.cfi_endproc
	.size	__vdso_rt_sigreturn, . - __vdso_rt_sigreturn

	.macro	call name, number
	.globl	__vdso_\name
	.type	__vdso_\name, @function
__vdso_\name:
	.cfi_startproc
	li	a7, \number
	ecall
	ret
	.cfi_endproc
	.size	__vdso_\name, . - __vdso_\name
	.endm

	call	getcpu, NR_getcpu
	call	flush_icache, NR_riscv_flush_icache

	.macro	for_each_name do
	\do	rt_sigreturn
	\do	gettimeofday
	\do	clock_gettime
	\do	clock_getres
	\do	getcpu
	\do	flush_icache
	\do	riscv_hwprobe
	.endm

	.set	names, 0
	.macro	count name
	.set	names, names + 1
	.endm
	for_each_name count

	.section .names, "a", @progbits
strings:
	.byte	0
soname:
	.asciz	"linux-vdso.so.1"
version:
	.asciz	"LINUX_4.15"
	.macro	string name
string_\name:
	.asciz	"__vdso_\name"
	.endm
	for_each_name string
strings_end:

	.balign	8
symbols:
	.zero	24
	.macro	symbol name
	.word	string_\name - strings
	.byte	GLOBAL_FUNC, 0
	.half	TEXT_SECTION
	.dword	__vdso_\name, 0
	.endm
	for_each_name symbol
	.word	version - strings		/* the version has a symbol, too */
	.byte	GLOBAL_OBJECT, 0
	.half	ABSOLUTE_SECTION
	.dword	0, 0

	.balign	8
hash:
	.word	1, 2 + names			/* buckets, symbols */
	.word	1				/* the bucket begins with the first name; each leads to the next */
	.word	0
	.set	next, 2
	.rept	names
	.word	next
	.set	next, next + 1
	.endr
	.word	0

	.balign	2
versions:
	.half	0
	.rept	names + 1
	.half	LINUX_VERSION
	.endr

	.balign	8
definitions:
	.half	1, 1, BASE_VERSION, 1		/* format, VER_FLG_BASE, number, names */
	.word	SONAME_HASH, 20, 28		/* where its name lies, and the next definition */
	.word	soname - strings, 0
	.half	1, 0, LINUX_VERSION, 1
	.word	LINUX_HASH, 20, 0
	.word	version - strings, 0

	.section .tags, "a", @progbits
	.balign	8
	.dword	14, soname - strings		/* DT_SONAME */
	.dword	4, hash				/* DT_HASH */
	.dword	5, strings			/* DT_STRTAB */
	.dword	6, symbols			/* DT_SYMTAB */
	.dword	10, strings_end - strings	/* DT_STRSZ */
	.dword	11, 24				/* DT_SYMENT */
	.dword	0x6ffffff0, versions		/* DT_VERSYM */
	.dword	0x6ffffffc, definitions		/* DT_VERDEF */
	.dword	0x6ffffffd, 2			/* DT_VERDEFNUM */
	.dword	0, 0

	.section .note, "a", @note
	.balign	4
	.word	6, 4, 0				/* "Linux", type 0: the version that its names are of */
	.asciz	"Linux"
	.balign	4
	.word	6 << 16 | 1 << 8

	/*
	 * What unwinders look for, without its table: they go through all
	 * of .eh_frame, which is short.
	 */
	.section .unwind, "a", @progbits
	.byte	1, 0x1b, 0xff, 0xff		/* format; DW_EH_PE_pcrel | sdata4; no count, no table */
	.word	eh_frame_start - .
