/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent-things-have-a-line - what Linux has and this kernel has not is refused as from a Linux
 * that was built without it, and said once, by name: nobody takes it for a filter's doing. What
 * Linux refuses as well is not said.
 */
#include "files.h"

#include <sys/ioctl.h>

int main(void)
{
	int s[2];
	int value = 1;
	unsigned word = 0;
	unsigned long t[2], with_id[10] = { [8] = (unsigned long)&value, 1 };
	long fd;

	for (int i = 0; i < 2; i++) {
		REFUSED(syscall(SYS_socket, 29, SOCK_DGRAM, 0), EAFNOSUPPORT); /* AF_CAN */
		REFUSED(syscall(SYS_socket, 17, SOCK_DGRAM, 0), EAFNOSUPPORT); /* AF_PACKET */
	}
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, s) == 0);
	REFUSED(syscall(SYS_setsockopt, s[0], SOL_SOCKET, 26, &value, sizeof(value)), ENOPROTOOPT);
	REFUSED(syscall(SYS_ioctl, s[0], 0x8946, &value), ENOTTY);
	REFUSED(syscall(SYS_ioctl, s[0], 0x5401, &value), ENOTTY); /* TCGETS: no terminal */
	REFUSED(prctl(35, 1, 0, 0, 0), EINVAL);			   /* PR_SET_MM */
	REFUSED(prctl(123456, 1, 0, 0, 0), EINVAL);
	REFUSED(syscall(SYS_futex, &word, 6, 0, NULL, NULL, 0), ENOSYS); /* FUTEX_LOCK_PI */
	REFUSED(syscall(SYS_unshare, CLONE_NEWTIME), EINVAL);
	CHECK((fd = syscall(SYS_openat, AT_FDCWD, "/tmp/f", O_RDWR | O_CREAT, 0600)) >= 0);
	REFUSED(syscall(SYS_fallocate, fd, 8, 0, 4096), EOPNOTSUPP);	/* COLLAPSE_RANGE */
	REFUSED(syscall(SYS_fallocate, fd, 1024, 0, 4096), EOPNOTSUPP); /* no mode */
	REFUSED(syscall(SYS_fcntl, fd, 1024, F_RDLCK), EINVAL);
	REFUSED(syscall(SYS_fcntl, fd, 999, 0), EINVAL);
	REFUSED(syscall(SYS_madvise, 0, 4096, 18), EINVAL); /* MADV_WIPEONFORK */
	REFUSED(syscall(SYS_madvise, 0, 4096, 999), EINVAL);
	REFUSED(syscall(SYS_mmap, NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | 0x40000, -1, 0), EINVAL);
	REFUSED(syscall(SYS_membarrier, 32, 0, 0), EINVAL);
	REFUSED(syscall(SYS_memfd_create, "", 4), EINVAL);
	REFUSED(syscall(SYS_renameat2, AT_FDCWD, "/tmp/f", AT_FDCWD, "/tmp/g", 4), EINVAL);
	REFUSED(syscall(SYS_sched_setscheduler, 0, 6, &value), EINVAL);
	REFUSED(syscall(SYS_kcmp, getpid(), getpid(), 7, 0, 0), EOPNOTSUPP); /* KCMP_SYSVSEM */
	REFUSED(syscall(SYS_clock_gettime, 8, t), EINVAL);		     /* CLOCK_REALTIME_ALARM */
	REFUSED(syscall(SYS_timerfd_create, 9, 0), EINVAL);		     /* CLOCK_BOOTTIME_ALARM */
	REFUSED(syscall(SYS_timer_create, 9, NULL, t), EINVAL);
	REFUSED(syscall(SYS_clone3, &with_id, sizeof(with_id)), EINVAL);
	for (int i = 0; i < 2; i++)
		REFUSED(syscall(451, 0, 0, 0, 0), ENOSYS); /* cachestat */
	REFUSED(syscall(300), ENOSYS);			   /* no call */
	return 0;
}
