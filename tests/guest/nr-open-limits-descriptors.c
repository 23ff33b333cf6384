/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nr-open-limits-descriptors - no descriptor is at or above /proc/sys/fs/nr_open, also where
 * RLIMIT_NOFILE allows it; a table that has more cannot be copied; the limit cannot be raised
 * beyond it.
 */
#include "files.h"

#include <sys/resource.h>

static void fresh(void)
{
	const struct rlimit few = { 64, 512 }, most = { 64, 513 };

	REFUSED(fcntl(0, F_DUPFD, 1000), EMFILE);
	REFUSED(syscall(SYS_dup3, 0, 1000, 0), EBADF);
	CHECK(syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &few, NULL) == 0);
	REFUSED(syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &most, NULL), EPERM);
}

static void nothing(void)
{
}

int main(void)
{
	char before[64];

	read_text("/proc/sys/fs/nr_open", before, sizeof(before));
	CHECK(strcmp(before, "1048576\n") == 0);
	write_setting("/proc/sys/fs/nr_open", "63", EINVAL);
	write_setting("/proc/sys/fs/nr_open", "-1", EINVAL);
	write_setting("/proc/sys/fs/nr_open", "2147483647", EINVAL);
	write_setting("/proc/sys/fs/nr_open", "512", 0);
	CHECK(status_of(fresh) == 0);
	write_setting("/proc/sys/fs/nr_open", before, 0);

	CHECK(syscall(SYS_dup3, 0, 600, 0) == 600);
	write_setting("/proc/sys/fs/nr_open", "512", 0);
	CHECK(raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0) == -EMFILE);
	write_setting("/proc/sys/fs/nr_open", before, 0);
	CHECK(close(600) == 0 && syscall(SYS_dup3, 0, 100, 0) == 100);
	/* Tables have room for a multiple of 64: 101 descriptors want 128. */
	write_setting("/proc/sys/fs/nr_open", "127", 0);
	CHECK(raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0) == -EMFILE);
	write_setting("/proc/sys/fs/nr_open", "128", 0);
	CHECK(end_of(child_of(nothing)) == 0);
	write_setting("/proc/sys/fs/nr_open", before, 0);
	return 0;
}
