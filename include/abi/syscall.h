/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.h - the numbers of riscv64's system calls, made from syscall.def and syscall-newer.def.
 *
 * They are enum constants, not macros: `#ifdef __NR_x` does not work on them.
 * [asm-generic/unistd.h of Linux 6.1]
 */
#pragma once

enum {
#define SYSCALL(nr, name, nargs) __NR_##name = nr,
#define NEWER(nr, name, nargs, since) SYSCALL(nr, name, nargs)
#include <abi/syscall.def>
#include <abi/syscall-newer.def>
#undef NEWER
#undef SYSCALL
	__NR_syscalls = 451,	/* one more than 6.1's last */
};
