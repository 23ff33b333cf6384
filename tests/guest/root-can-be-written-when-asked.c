/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * root-can-be-written-when-asked - with --rw, files of the initrd are changed, made, renamed
 * and removed anywhere in the root; /proc and /sys are what they are; /tmp is everybody's,
 * whatever mode the initrd gives it.
 */
#include "files.h"

int main(void)
{
	char text[64];
	struct stat s;
	int fd = open("/bin/hello", O_RDWR | O_APPEND);

	CHECK(fd >= 0 && fstat(fd, &s) == 0 && write(fd, "more", 4) == 4 && close(fd) == 0);
	CHECK(stat("/bin/hello", &s) == 0 && s.st_size > 4);
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "/etc", 0755) == 0);
	fd = open("/etc/passwd", O_RDWR | O_CREAT | O_EXCL, 0644);
	CHECK(fd >= 0 && write(fd, "root", 4) == 4 && close(fd) == 0);
	read_text("/etc/passwd", text, sizeof(text));
	CHECK(strcmp(text, "root") == 0);
	CHECK(syscall(SYS_renameat2, AT_FDCWD, "/etc/passwd", AT_FDCWD, "/passwd", 0) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "/bin/deny", 0) == 0 && access("/bin/deny", F_OK) == -1);
	REFUSED(open("/sys/devices/system/cpu/online", O_WRONLY), EROFS);
	REFUSED(open("/sys/new", O_WRONLY | O_CREAT, 0600), EROFS);
	REFUSED(open("/proc/new", O_WRONLY | O_CREAT, 0600), ENOENT);
	CHECK(stat("/tmp", &s) == 0 && (s.st_mode & 07777) == 01777);
	read_text("/proc/mounts", text, sizeof(text));
	CHECK(strncmp(text, "rootfs / rootfs rw ", 19) == 0);
	drop_privileges();
	REFUSED(open("/passwd", O_WRONLY), EACCES);
	REFUSED(open("/new", O_WRONLY | O_CREAT, 0600), EACCES);
	return 0;
}
