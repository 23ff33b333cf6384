/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * listing.h - a folder of many names, for the programs that claim something about what getdents64
 * shows of it.
 */
#pragma once

#include "files.h"

#define NAMES 1500

static char there[NAMES]; /* 1: it has its first name, 2: its second one, 0: it is gone */

static inline const char *name(int i, int which)
{
	static char text[16];

	snprintf(text, sizeof(text), "%c%d", which == 1 ? 'a' : 'b', i);
	return text;
}

/* Makes all of them in the working directory. */
static inline void make_names(void)
{
	for (int i = 0; i < NAMES; i++) {
		CHECK(close(open(name(i, 1), O_CREAT | O_EXCL | O_WRONLY, 0600)) == 0);
		there[i] = 1;
	}
}

static inline void remove_names(void)
{
	for (int i = 0; i < NAMES; i++)
		if (there[i] != 0)
			CHECK(unlink(name(i, there[i])) == 0);
}

/* One getdents64: marks what it shows in SEEN; the position behind it, or -1 at the end. */
static inline long list_some(int fd, char *seen)
{
	static uint64_t space[512];
	char *buffer = (char *)space;
	const long n = syscall(SYS_getdents64, fd, buffer, sizeof(space));
	long next = -1;

	CHECK(n >= 0);
	for (long at = 0; at < n; at += *(const uint16_t *)(const void *)(buffer + at + 16)) {
		const char *entry = buffer + at + 19;

		memcpy(&next, buffer + at + 8, sizeof(next));
		if (entry[0] == 'a' || entry[0] == 'b')
			seen[atoi(entry + 1)]++;
	}
	return next;
}

/*
 * Lists all of FD, the names in BEFORE and BEHIND: those before and behind a position in the midst
 * of them, which is returned.
 */
static inline long list_parts(int fd, char *before, char *behind)
{
	long position;

	CHECK(fd >= 0);
	(void)list_some(fd, before);
	position = list_some(fd, before);
	CHECK(position > 0);
	while (list_some(fd, behind) >= 0)
		;
	for (int i = 0; i < NAMES; i++)
		CHECK(before[i] + behind[i] == (there[i] != 0));
	return position;
}
