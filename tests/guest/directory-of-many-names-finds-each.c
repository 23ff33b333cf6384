/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * directory-of-many-names-finds-each - a name is found, by its folder, however many there are,
 * after others were renamed, exchanged and removed; and from a position that getdents64 gave, each
 * name that was behind it and is there still is shown once, and none that was before it.
 */
#include "files.h"

#define NAMES 1500

static char there[NAMES]; /* 1: it has its first name, 2: its second one, 0: it is gone */

static const char *name(int i, int which)
{
	static char text[16];

	snprintf(text, sizeof(text), "%c%d", which == 1 ? 'a' : 'b', i);
	return text;
}

static int is_there(const char *path)
{
	return syscall(SYS_faccessat, AT_FDCWD, path, F_OK) == 0;
}

static void check_all(void)
{
	for (int i = 0; i < NAMES; i++) {
		CHECK(is_there(name(i, 1)) == (there[i] == 1));
		CHECK(is_there(name(i, 2)) == (there[i] == 2));
	}
	CHECK(!is_there("a") && !is_there("a15000") && !is_there("other/a1"));
}

static void change_some(void)
{
	char first[16];

	for (int i = 0; i < NAMES; i++) {
		snprintf(first, sizeof(first), "%s", name(i, 1));
		if (i % 3 == 0) {
			CHECK(syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, name(i, 2), 0) == 0);
			there[i] = 2;
		} else if (i % 7 == 0) {
			CHECK(unlink(first) == 0);
			there[i] = 0;
		}
	}
	snprintf(first, sizeof(first), "%s", name(1, 1));
	CHECK(syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, name(3, 2), RENAME_EXCHANGE) == 0);
	CHECK(syscall(SYS_renameat2, AT_FDCWD, first, AT_FDCWD, "other/a1", 0) == 0);
	CHECK(!is_there(first) && is_there("other/a1"));
	CHECK(syscall(SYS_renameat2, AT_FDCWD, "other/a1", AT_FDCWD, first, 0) == 0);
}

/* One getdents64: marks what it shows in SEEN; the position behind it, or -1 at the end. */
static long list_some(int fd, char *seen)
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

static void check_positions(void)
{
	static char before[NAMES], behind[NAMES], again[NAMES];
	const int fd = open(".", O_RDONLY | O_DIRECTORY);
	long position;

	CHECK(fd >= 0);
	(void)list_some(fd, before);
	position = list_some(fd, before);
	CHECK(position > 0);
	while (list_some(fd, behind) >= 0)
		;
	for (int i = 0; i < NAMES; i++)
		CHECK(before[i] + behind[i] == (there[i] != 0));
	/* Some go, before the position and behind it. */
	for (int i = 0; i < NAMES; i += 5) {
		if (there[i] == 0)
			continue;
		CHECK(unlink(name(i, there[i])) == 0);
		there[i] = 0;
	}
	CHECK(syscall(SYS_lseek, fd, position, SEEK_SET) == position);
	while (list_some(fd, again) >= 0)
		;
	for (int i = 0; i < NAMES; i++)
		CHECK(again[i] == (behind[i] && there[i] != 0));
	CHECK(close(fd) == 0);
}

int main(void)
{
	enter_new_folder();
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "other", 0755) == 0);
	for (int i = 0; i < NAMES; i++) {
		CHECK(close(open(name(i, 1), O_CREAT | O_EXCL | O_WRONLY, 0600)) == 0);
		there[i] = 1;
	}
	check_all();
	change_some();
	check_all();
	check_positions();
	check_all();
	for (int i = 0; i < NAMES; i++)
		if (there[i] != 0)
			CHECK(unlink(name(i, there[i])) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "other", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
