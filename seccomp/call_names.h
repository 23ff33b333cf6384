/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call_names.h - the names of system calls.
 */
#pragma once

#include <stdint.h>

/*
 * The name of riscv64's system call NR on the newest Linux, or NULL; *NARGS, unless NARGS is NULL,
 * is how many arguments it has (6 if unknown).
 */
const char *seccomp_syscall_name(int nr, uint32_t *nargs);
