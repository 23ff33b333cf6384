/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.h - the numbers of riscv64's system calls, made from syscall.def.
 *
 * They are enum constants, not macros: `#ifdef __NR_x` does not work on them.
 * [asm-generic/unistd.h of Linux 6.1]
 */
#pragma once

enum {
#define SYSCALL(nr, name, nargs) __NR_##name = nr,
#include <abi/syscall.def>
#undef SYSCALL
	__NR_syscalls = 451,	/* one more than the last */
};
