/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount-options-and-refusals-are-linuxs - which numbers options of tmpfs may be; MNT_EXPIRE
 * unmounts only what nobody has used since it was asked for before; what pivot_root refuses first.
 */
#include "files.h"

#include <sys/stat.h>

#ifdef __riscv
#include <abi/mount.h>
#else
#include <sys/mount.h>
#endif

#define REFUSED_OPTION (-1)

static const struct {
	const char *options;
	long mode, uid, gid; /* of the file system's root; REFUSED_OPTION: EINVAL */
} rows[] = {
	{ "", 01777, 0, 0 },
	{ ",,", 01777, 0, 0 },
	{ "mode=7,,uid=3,gid=4,", 07, 3, 4 },
	{ "mode", REFUSED_OPTION, 0, 0 },
	{ "mode=", REFUSED_OPTION, 0, 0 },
	{ "mode=8", REFUSED_OPTION, 0, 0 },
	{ "mode=0x7", REFUSED_OPTION, 0, 0 },
	{ "mode=+17", 017, 0, 0 },
	{ "mode=++7", REFUSED_OPTION, 0, 0 },
	{ " mode=7", REFUSED_OPTION, 0, 0 },
	{ "mode=7 ", REFUSED_OPTION, 0, 0 },
	{ "mode=7\n", 07, 0, 0 },
	{ "mode=7\n\n", REFUSED_OPTION, 0, 0 },
	{ "mode=7\n5", REFUSED_OPTION, 0, 0 },
	{ "mode=37777777777", 07777, 0, 0 },
	{ "mode=47777777777", REFUSED_OPTION, 0, 0 },
	{ "uid", REFUSED_OPTION, 0, 0 },
	{ "uid=", REFUSED_OPTION, 0, 0 },
	{ "uid=0x10", 01777, 16, 0 },
	{ "uid=0X1f", 01777, 31, 0 },
	{ "uid=00x1", REFUSED_OPTION, 0, 0 },
	{ "uid=010", 01777, 8, 0 },
	{ "uid=08", REFUSED_OPTION, 0, 0 },
	{ "uid=-1", REFUSED_OPTION, 0, 0 },
	{ "uid=4294967294", 01777, 4294967294, 0 },
	{ "uid=4294967295", REFUSED_OPTION, 0, 0 },
	{ "uid=4294967296", REFUSED_OPTION, 0, 0 },
	{ "uid=18446744073709551621", REFUSED_OPTION, 0, 0 },
	{ "gid=", REFUSED_OPTION, 0, 0 },
	{ "gid=0x", REFUSED_OPTION, 0, 0 },
	{ "gid=5x", REFUSED_OPTION, 0, 0 },
	{ "gid=+5", 01777, 0, 5 },
	{ "size", REFUSED_OPTION, 0, 0 },
	{ "size=", REFUSED_OPTION, 0, 0 },
	{ "size=abc", REFUSED_OPTION, 0, 0 },
	{ "size=-1", REFUSED_OPTION, 0, 0 },
	{ "size=64k", 01777, 0, 0 },
	{ "size=0x10M", 01777, 0, 0 },
	{ "size=k", 01777, 0, 0 },
	{ "size=5kk", REFUSED_OPTION, 0, 0 },
	{ "size=1g ", REFUSED_OPTION, 0, 0 },
	{ "size=10%", 01777, 0, 0 },
	{ "size=10%%", REFUSED_OPTION, 0, 0 },
	{ "nr_blocks", REFUSED_OPTION, 0, 0 },
	{ "nr_blocks=50", 01777, 0, 0 },
	{ "nr_blocks=10%", REFUSED_OPTION, 0, 0 },
	{ "nr_blocks=9223372036854775807", 01777, 0, 0 },
	{ "nr_blocks=9223372036854775808", REFUSED_OPTION, 0, 0 },
	{ "nr_inodes=5k", 01777, 0, 0 },
	{ "nr_inodes=5z", REFUSED_OPTION, 0, 0 },
};

static long mount_tmpfs(const char *options)
{
	return syscall(SYS_mount, "none", "at", "tmpfs", 0, options);
}

static long unmount(int flags)
{
	return syscall(SYS_umount2, "at", flags);
}

static void options(void)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const long result = mount_tmpfs(rows[i].options);
		struct stat st = { 0 };
		int right;

		if (result == 0)
			CHECK(stat("at", &st) == 0 && unmount(0) == 0);
		right = rows[i].mode == REFUSED_OPTION
				? result == -1 && errno == EINVAL
				: result == 0 && (st.st_mode & 07777) == (uint32_t)rows[i].mode &&
					  st.st_uid == (uint32_t)rows[i].uid && st.st_gid == (uint32_t)rows[i].gid;
		if (!right) {
			dprintf(2, "\"%s\": %ld (errno %d), mode %o, uid %u, gid %u\n", rows[i].options, result, errno,
				(unsigned)st.st_mode & 07777U, (unsigned)st.st_uid, (unsigned)st.st_gid);
			_exit(1);
		}
	}
}

static void expire(void)
{
	struct stat st;
	int fd;

	CHECK(mount_tmpfs("") == 0);
	REFUSED(unmount(MNT_EXPIRE | MNT_FORCE), EINVAL);
	REFUSED(unmount(MNT_EXPIRE | MNT_DETACH), EINVAL);
	REFUSED(unmount(MNT_EXPIRE), EAGAIN);
	CHECK(stat("at", &st) == 0);
	REFUSED(unmount(MNT_EXPIRE), EAGAIN);
	fd = open("at/file", O_CREAT | O_RDWR, 0600);
	CHECK(fd >= 0);
	REFUSED(unmount(MNT_EXPIRE), EBUSY);
	CHECK(close(fd) == 0);
	REFUSED(unmount(MNT_EXPIRE), EAGAIN);
	CHECK(stat("at/file", &st) == 0);
	REFUSED(unmount(MNT_EXPIRE), EAGAIN);
	CHECK(unmount(MNT_EXPIRE) == 0);
	REFUSED(stat("at/file", &st), ENOENT);
}

static void pivot(void)
{
	REFUSED(syscall(SYS_pivot_root, "file", "missing"), ENOTDIR);
	REFUSED(syscall(SYS_pivot_root, "missing", "file"), ENOENT);
	REFUSED(syscall(SYS_pivot_root, "at", "file"), ENOTDIR);
	REFUSED(syscall(SYS_pivot_root, "at", "missing"), ENOENT);
	REFUSED(syscall(SYS_pivot_root, "file", KERNEL_ADDRESS), ENOTDIR);
}

int main(void)
{
	int fd;

	CHECK(syscall(SYS_unshare, CLONE_NEWNS) == 0);
	CHECK(syscall(SYS_mount, "none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
	enter_new_folder();
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "at", 0700) == 0);
	fd = open("file", O_CREAT | O_WRONLY, 0600);
	CHECK(fd >= 0 && close(fd) == 0);
	options();
	expire();
	pivot();
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "file", 0) == 0 &&
	      syscall(SYS_unlinkat, AT_FDCWD, "at", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
