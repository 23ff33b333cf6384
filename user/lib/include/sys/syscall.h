/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/syscall.h - system calls by number: SYS_name and __NR_name are enum constants. */
#pragma once

#include <abi/syscall.h>

enum {
#define SYSCALL(nr, name, nargs) SYS_##name = nr,
#define NEWER(nr, name, nargs, since) SYSCALL(nr, name, nargs)
#include <abi/syscall.def>
#include <abi/syscall-newer.def>
#undef NEWER
#undef SYSCALL
};
