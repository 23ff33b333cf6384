/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount-options-are-newer-linuxs - options of tmpfs that Linux takes otherwise than it once did:
 * one that is a value only is passed over, and more inodes than memory can hold are refused.
 */
#include "files.h"

#include <sys/stat.h>

#ifdef __riscv
#include <abi/mount.h>
#else
#include <sys/mount.h>
#endif

static long mount_tmpfs(const char *options)
{
	return syscall(SYS_mount, "none", "at", "tmpfs", 0, options);
}

int main(void)
{
	static const char *const nameless[] = { "=5", "=", "=5,mode=7", "mode=7,=mode=8" };

	CHECK(syscall(SYS_unshare, CLONE_NEWNS) == 0);
	CHECK(syscall(SYS_mount, "none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
	enter_new_folder();
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "at", 0700) == 0);
	for (size_t i = 0; i < COUNT_OF(nameless); i++) {
		struct stat st;

		CHECK(mount_tmpfs(nameless[i]) == 0 && stat("at", &st) == 0);
		CHECK((st.st_mode & 07777) == (i < 2 ? 01777 : 07) && syscall(SYS_umount2, "at", 0) == 0);
	}
	REFUSED(mount_tmpfs("nr_inodes=9223372036854775808"), EINVAL);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "at", AT_REMOVEDIR) == 0);
	leave_folder();
	return 0;
}
