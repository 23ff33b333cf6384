/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * call_names.c - the names of riscv64's system calls, by number: see call_names.h. Called by the
 * module words of the kernel and by the host tools.
 */
#include "call_names.h"

#include <stddef.h>

/* The names of all calls in one object, one behind the other: calls[] has their offsets. */
static const struct names {
#define SYSCALL(nr, name, nargs) char name[sizeof(#name)];
#define NEWER(nr, name, nargs, since) SYSCALL(nr, name, nargs)
#include <abi/syscall.def>
#include <abi/syscall-newer.def>
#undef SYSCALL
} names = {
#define SYSCALL(nr, name, nargs) #name,
#include <abi/syscall.def>
#include <abi/syscall-newer.def>
#undef SYSCALL
};

/*
 * For each number: where its name begins in `names` and, in the low three bits, its number of
 * arguments plus 1; 0 where there is no call.
 */
static const uint16_t calls[] = {
#define SYSCALL(nr, name, nargs) [nr] = offsetof(struct names, name) << 3 | (nargs + 1),
#include <abi/syscall.def>
#include <abi/syscall-newer.def>
#undef SYSCALL
#undef NEWER
};

_Static_assert(sizeof(names) <= UINT16_MAX >> 3, "a place in it needs 13 bits");

const char *seccomp_syscall_name(int nr, uint32_t *nargs)
{
	const char *name = NULL;
	uint32_t n = 6;

	if (nr >= 0 && (size_t)nr < sizeof(calls) / sizeof(calls[0]) && calls[nr] != 0) {
		name = (const char *)&names + (calls[nr] >> 3);
		n = (calls[nr] & 7U) - 1;
	}
	if (nargs != NULL)
		*nargs = n;
	return name;
}
