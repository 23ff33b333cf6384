/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * links-are-followed-forty-deep - the forty-first symbolic link on the way is ELOOP; O_NOFOLLOW,
 * O_CREAT and O_EXCL meet a link as they should.
 */
#include "files.h"

#define OPEN(path, flags) syscall(SYS_openat, AT_FDCWD, path, flags, 0600)
#define LINK(target, path) syscall(SYS_symlinkat, target, AT_FDCWD, path)
#define CHAIN 41

static void chain(void)
{
	char name[8], target[8];

	for (int n = 1; n <= CHAIN; n++) {
		snprintf(name, sizeof(name), "l%d", n);
		snprintf(target, sizeof(target), "l%d", n - 1);
		CHECK(LINK(target, name) == 0);
	}
	CHECK(close((int)OPEN("l0", O_CREAT | O_WRONLY)) == 0);
	CHECK(close((int)OPEN("l40", O_RDONLY)) == 0);
	REFUSED(OPEN("l41", O_RDONLY), ELOOP);
	for (int n = 0; n <= CHAIN; n++) {
		snprintf(name, sizeof(name), "l%d", n);
		CHECK(syscall(SYS_unlinkat, AT_FDCWD, name, 0) == 0);
	}
}

int main(void)
{
	char text[16];

	enter_new_folder();
	chain();
	CHECK(LINK("b", "a") == 0 && LINK("a", "b") == 0 && LINK(".", "here") == 0 && LINK("made", "dangling") == 0);
	REFUSED(LINK("x", "a"), EEXIST);
	REFUSED(LINK("", "x"), ENOENT);
	REFUSED(OPEN("a", O_RDONLY), ELOOP);
	REFUSED(OPEN("here", O_NOFOLLOW), ELOOP);
	REFUSED(OPEN("here", O_NOFOLLOW | O_DIRECTORY), ENOTDIR);
	CHECK(close((int)OPEN("here/here/here/", O_NOFOLLOW | O_DIRECTORY)) == 0);
	CHECK(syscall(SYS_readlinkat, AT_FDCWD, "dangling", text, 3) == 3 && memcmp(text, "mad", 3) == 0);
	REFUSED(syscall(SYS_readlinkat, AT_FDCWD, "dangling", text, 0), EINVAL);
	REFUSED(OPEN("dangling", O_RDONLY), ENOENT);
	REFUSED(OPEN("dangling", O_CREAT | O_EXCL), EEXIST);
	CHECK(close((int)OPEN("dangling", O_CREAT | O_WRONLY)) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "made", 0) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "a", 0) == 0 && syscall(SYS_unlinkat, AT_FDCWD, "b", 0) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "here", 0) == 0 && syscall(SYS_unlinkat, AT_FDCWD, "dangling", 0) == 0);
	leave_folder();
	return 0;
}
