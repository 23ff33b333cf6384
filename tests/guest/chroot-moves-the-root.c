/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chroot-moves-the-root - after chroot, paths begin at the new root, which ".." does not leave;
 * getcwd says where one is from there, or that it cannot be reached from there.
 */
#include "files.h"

static char cwd[256];

static const char *where(void)
{
	CHECK(syscall(SYS_getcwd, cwd, sizeof(cwd)) > 0);
	return cwd;
}

static void go_below(void)
{
	CHECK(syscall(SYS_chdir, "jail/in") == 0 && syscall(SYS_chroot, "..") == 0);
	CHECK(strcmp(where(), "/in") == 0);
	CHECK(syscall(SYS_chdir, "..") == 0 && strcmp(where(), "/") == 0);
	CHECK(syscall(SYS_chdir, "..") == 0 && strcmp(where(), "/") == 0);
	CHECK(open("/in", O_RDONLY) >= 0 && open("/../in", O_RDONLY) >= 0);
	REFUSED(open("/jail", O_RDONLY), ENOENT);
	CHECK(syscall(SYS_chroot, "in") == 0);
	CHECK(strncmp(where(), "(unreachable)/", 14) == 0);
	CHECK(open("in", O_RDONLY) >= 0);
	drop_privileges();
	REFUSED(syscall(SYS_chroot, "/"), EPERM);
}

int main(void)
{
	enter_new_folder();
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "jail", 0755) == 0 &&
	      syscall(SYS_mkdirat, AT_FDCWD, "jail/in", 0755) == 0);
	CHECK(exited_with(status_of(go_below), 0));
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "jail/in", AT_REMOVEDIR) == 0 &&
	      syscall(SYS_unlinkat, AT_FDCWD, "jail", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
