/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * directory-can-be-emptied-while-it-is-read - getdents64 shows each of many files once although
 * those that were shown are removed; a removed directory takes no new names.
 */
#include "files.h"

#define FILES 200

/* Removes what one getdents64 shows: how many files that were, or -1 at the end. */
static int remove_some(int fd)
{
	static uint64_t space[64];
	char *buffer = (char *)space;
	const long n = syscall(SYS_getdents64, fd, buffer, sizeof(space));
	int files = 0;

	CHECK(n >= 0);
	for (long at = 0; at < n;) {
		const uint16_t length = *(const uint16_t *)(const void *)(buffer + at + 16);
		const char *name = buffer + at + 19;

		at += length;
		if (name[0] == '.')
			continue;
		CHECK(syscall(SYS_unlinkat, fd, name, 0) == 0);
		files++;
	}
	return n == 0 ? -1 : files;
}

int main(void)
{
	char name[16], byte;
	int fd, removed = 0, n;

	enter_new_folder();
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "dir", 0755) == 0);
	for (n = 0; n < FILES; n++) {
		snprintf(name, sizeof(name), "dir/%d", n);
		CHECK(close(open(name, O_CREAT | O_WRONLY, 0600)) == 0);
	}
	fd = open("dir", O_RDONLY | O_DIRECTORY);
	CHECK(fd >= 0);
	REFUSED(read(fd, &byte, 1), EISDIR);
	while ((n = remove_some(fd)) >= 0)
		removed += n;
	CHECK(removed == FILES);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "dir", AT_REMOVEDIR) == 0);
	REFUSED(syscall(SYS_openat, fd, "new", O_CREAT | O_WRONLY, 0600), ENOENT);
	REFUSED(syscall(SYS_getdents64, fd, name, 16L), ENOENT);
	leave_folder();
	return 0;
}
