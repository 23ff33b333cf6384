/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain.h - why a stack answered as it did, in one line.
 *
 * Called by the kernel after a verdict other than ALLOW, and by host tools. It writes piece by
 * piece to the caller's sink, so that a stack of any depth is told in full without a buffer.
 */
#pragma once

#include "seccomp.h"

/* Takes N bytes of text (no NUL); ARG is the caller's. */
typedef void (*seccomp_put)(void *arg, const char *text, size_t n);

/*
 * The name of riscv64's call NR, and how many arguments it has, or NULL: as
 * seccomp_syscall_name().
 */
typedef const char *(*seccomp_namer)(int nr, uint32_t *nargs);

/*
 * Writes what the stack NEWEST answers to the call in DATA by the task WHO (as owner of SELF
 * filters), without an end of line:
 *
 *	write(0x1, 0x10470, 0x6) nr=64 ip=0x101f2 -> ERRNO(13) by filter 7 pc=5 [stack 7:ERRNO(13)]
 *
 * A number that riscv64 does not have, or NAMER (NULL: it knows none) no name for, or one of
 * another architecture, is shown with all six registers as `syscall_600(0x0, ...)`; another
 * architecture adds `arch=x86_64` (or its token). A filter that does not bind WHO stands as
 * `4:unbound`. An answer that no filter gave reads `-> ALLOW by all` or, for the empty stack, `->
 * KILL_PROCESS by no filter`. The line shows answers as the filters gave them: ERRNO(5000) is
 * delivered as 4095.
 */
void seccomp_explain(seccomp_put put, void *arg, const struct seccomp_filter *newest, uint64_t who,
		     const struct seccomp_data *data, seccomp_namer namer);
