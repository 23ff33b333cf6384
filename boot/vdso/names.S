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

	.text
	/*
	 * Where a signal handler returns to. Debuggers and unwinders know
	 * it by these two instructions.
	 */
	.globl	__vdso_rt_sigreturn
	.type	__vdso_rt_sigreturn, @function
__vdso_rt_sigreturn:
	.cfi_startproc
	.cfi_signal_frame
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
