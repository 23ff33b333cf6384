/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * base.c - see base.h. What libraries call when they start and end a program stands in libc.def.
 * What they call beside that was recorded with `qemu.sh run --count`, of programs that print a
 * line, start threads, and (Go) compute in 20 goroutines, collect garbage, sleep and read a file,
 * with glibc 2.36 and 2.41, musl 1.2.3 and Go 1.19 and 1.24.
 */
#include "base.h"

#include <string.h>

const char base_names[] = "glibc-static, glibc, musl-static, musl, go";

enum { GLIBC = 1, MUSL = 2, GO = 4 };				 /* bits */
enum { START = 0, END = 0, LATER, START_STATIC, START_DYNAMIC }; /* of libc.def */

static const struct {
	const char *name;
	unsigned int library;
	bool dynamic;
} bases[] = {
	{ "glibc-static", GLIBC, false }, { "glibc", GLIBC, true }, { "musl-static", MUSL, false },
	{ "musl", MUSL, true },		  { "go", GO, false },
};

static const struct {
	unsigned int libraries;
	unsigned int when;
	const char *call; /* a name, or as a call is asked about */
} calls[] = {
#define LIBC(library, when, need, call, since, until, older, what_for) { library, when, call },
#include "libc.def"
#undef LIBC
	/* The kernel makes the program call these. */
	{ GLIBC | MUSL | GO, START, "rt_sigreturn" },
	{ GLIBC | MUSL | GO, START, "restart_syscall" },
	{ GLIBC | MUSL | GO, START, "exit" },
	/* Output. */
	{ GLIBC | MUSL | GO, START, "write" },
	{ GLIBC | MUSL, START, "writev" },
	{ GLIBC | MUSL, START, "ioctl" },
	{ GLIBC, START, "fstat" },
	{ GLIBC, START, "newfstatat" },
	{ GLIBC, START_DYNAMIC, "pread64" },
	{ GLIBC, START_DYNAMIC, "munmap" },
	/* Go's scheduler, collector and poller, in any program. */
	{ GO, START, "getpid" },
	{ GO, START, "tgkill" },
	{ GO, START, "sched_yield" },
	{ GO, START, "getrlimit" },
	{ GO, START, "setrlimit" },
	{ GO, START, "epoll_create1" },
	{ GO, START, "epoll_ctl" },
	{ GO, START, "epoll_pwait" },
	{ GO, START, "pipe2" },
	{ GO, START, "eventfd2" },
};

static int find_base(const char *library)
{
	for (unsigned int i = 0; i < sizeof(bases) / sizeof(bases[0]); i++)
		if (strcmp(bases[i].name, library) == 0)
			return (int)i;
	return -1;
}

bool base_known(const char *library)
{
	return find_base(library) >= 0;
}

bool base_has(const char *library, uint32_t nr)
{
	const int base = find_base(library);

	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++) {
		const struct call *call = call_by_name(calls[i].call, strcspn(calls[i].call, "("));

		if (call == NULL || call->nr != nr || !(calls[i].libraries & bases[base].library))
			continue;
		if (calls[i].when == START || calls[i].when == (bases[base].dynamic ? START_DYNAMIC : START_STATIC))
			return true;
	}
	return false;
}

const struct call *base_older(uint32_t nr)
{
	static const struct {
		const char *call, *older;
		bool needed;
	} newer[] = {
#define NEEDED true
#define FALLBACK false
#define FREE false
#define LIBC(library, when, need, call, since, until, older, what_for) { call, older, need },
#include "libc.def"
#undef LIBC
#undef NEEDED
#undef FALLBACK
#undef FREE
	};

	for (size_t i = 0; i < sizeof(newer) / sizeof(newer[0]); i++) {
		const struct call *call = call_by_name(newer[i].call, strcspn(newer[i].call, "("));

		if (newer[i].needed && *newer[i].older != '\0' && call != NULL && call->nr == nr)
			return call_by_name(newer[i].older, strlen(newer[i].older));
	}
	return NULL;
}
