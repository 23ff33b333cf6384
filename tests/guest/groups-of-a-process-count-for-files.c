/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * groups-of-a-process-count-for-files - a supplementary group opens what its group may open, and an
 * owner may give a file to it; other groups do neither.
 */
#include "files.h"

static void with_group(unsigned group)
{
	const unsigned groups[2] = { 7, group };

	CHECK(syscall(SYS_setgroups, 2, groups) == 0);
	drop_privileges();
}

static void member(void)
{
	with_group(500);
	CHECK(close(open("ours", O_RDONLY)) == 0);
	REFUSED(open("ours", O_WRONLY), EACCES);
	CHECK(close(open("public/mine", O_CREAT | O_WRONLY, 0600)) == 0);
	CHECK(syscall(SYS_fchownat, AT_FDCWD, "public/mine", -1, 500, 0) == 0);
	REFUSED(syscall(SYS_fchownat, AT_FDCWD, "public/mine", -1, 501, 0), EPERM);
}

static void stranger(void)
{
	with_group(501);
	REFUSED(open("ours", O_RDONLY), EACCES);
}

int main(void)
{
	enter_new_folder();
	CHECK(close(open("ours", O_CREAT | O_WRONLY, 0600)) == 0);
	CHECK(syscall(SYS_fchownat, AT_FDCWD, "ours", 0, 500, 0) == 0);
	CHECK(syscall(SYS_fchmodat, AT_FDCWD, "ours", 0640) == 0);
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "public", 0777) == 0 &&
	      syscall(SYS_fchmodat, AT_FDCWD, "public", 0777) == 0);
	CHECK(exited_with(status_of(member), 0) && exited_with(status_of(stranger), 0));
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "public/mine", 0) == 0 &&
	      syscall(SYS_unlinkat, AT_FDCWD, "ours", 0) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "public", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
