/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * failing.h - allocations that fail, for the programs that claim something about running out of
 * memory. Needs `fail-nth` on the kernel's command line.
 */
#pragma once

#include "files.h"

static int knob;

/* Allocations to go until one fails; 0: it has, or none will. */
static inline unsigned left(void)
{
	char text[16] = "";

	CHECK(raw(SYS_pread64, knob, (long)text, sizeof(text) - 1, 0, 0, 0) > 0);
	return (unsigned)atoi(text);
}

/*
 * The Nth from now on will fail; 0: none. The write itself may be what finds no
 * memory: then the next one does.
 */
static inline void arm(unsigned n)
{
	char text[16];
	const long length = snprintf(text, sizeof(text), "%u", n);

	if (raw(SYS_pwrite64, knob, (long)text, length, 0, 0, 0) != length)
		CHECK(raw(SYS_pwrite64, knob, (long)text, length, 0, 0, 0) == length);
}

/*
 * Once, in the first process: its children share the descriptor, and the memory that
 * reading takes is there from now on.
 */
static inline void open_knob(void)
{
	knob = open("/proc/sys/vm/fail_nth", O_RDWR);
	CHECK(knob >= 0);
	CHECK(left() == 0);
}

/*
 * TRY gets ROW in children, in each of which a later allocation fails, the Nth, until one ends with
 * 2: there was none so late. They end with 0 until then, or, if that MAY_KILL, by SIGKILL. Says of
 * NAME how many allocations there were, and returns it.
 */
static inline unsigned fail_each(const char *name, void (*try)(const void *row, unsigned n), const void *row,
				 int may_kill)
{
	unsigned n = 0;
	int status;

	do {
		const pid_t pid = fork();

		n++;
		CHECK(pid >= 0);
		if (pid == 0)
			try(row, n);
		CHECK(waitpid(pid, &status, 0) == pid);
		if (!exited_with(status, 0) && !exited_with(status, 2) && !(may_kill && killed_by(status, SIGKILL))) {
			dprintf(2, "%s: allocation %u: status %#x\n", name, n, (unsigned)status);
			exit(1);
		}
	} while (!exited_with(status, 2));
	arm(0);
	printf("%s: %u allocations\n", name, n - 1);
	return n - 1;
}
