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
