/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names-and-mounts-of-a-user-hold-nobody-up - a user without rights gives a file as many attributes
 * as it may have, and makes hundreds of mounts, each on the one before: to name, to list and to
 * forget them takes no long time in one piece, and all mounts are listed, also while others are
 * made and removed.
 */
#include "files.h"

#ifdef __riscv
#include <abi/mount.h>
#else
#include <sys/mount.h>
#endif

#define MOUNTS 400

static char text[400000];

static void attributes(void)
{
	const int fd = open("file", O_CREAT | O_RDWR, 0600);
	char name[32];

	CHECK(fd >= 0);
	for (int i = 0; i < 30000; i++) {
		snprintf(name, sizeof(name), "user.%d", i);
		if (syscall(SYS_fsetxattr, fd, name, "", 0L, 0) != 0)
			break;
	}
	(void)syscall(SYS_flistxattr, fd, text, sizeof(text));
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0 && close(fd) == 0);
}

/* How many of the mounts are listed. */
static int listed(void)
{
	const char *at = text;
	int n = 0;

	read_text("/proc/self/mountinfo", text, sizeof(text));
	while ((at = strstr(at, "/at ")) != NULL) {
		at++;
		n++;
	}
	return n;
}

static void mounts(void)
{
	pid_t child;
	int status;

	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "at", 0700) == 0 && syscall(SYS_mkdirat, AT_FDCWD, "other", 0700) == 0);
	CHECK(syscall(SYS_unshare, CLONE_NEWUSER | CLONE_NEWNS) == 0);
	for (int i = 0; i < MOUNTS; i++)
		CHECK(syscall(SYS_mount, "other", "at", NULL, MS_BIND, NULL) == 0);
	CHECK(listed() == MOUNTS);
	child = fork();
	CHECK(child >= 0);
	while (child == 0) {
		CHECK(syscall(SYS_mount, "other", "other", NULL, MS_BIND, NULL) == 0);
		CHECK(syscall(SYS_umount2, "other", MNT_DETACH) == 0);
	}
	for (int i = 0; i < 10; i++)
		CHECK(listed() == MOUNTS);
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child && killed_by(status, SIGKILL));
}

static void in_a_child(void)
{
	drop_privileges();
	attributes();
	mounts();
}

int main(void)
{
	enter_new_folder();
	CHECK(syscall(SYS_fchmodat, AT_FDCWD, ".", 0777) == 0);
	CHECK(exited_with(status_of(in_a_child), 0));
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "at", AT_REMOVEDIR) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "other", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
