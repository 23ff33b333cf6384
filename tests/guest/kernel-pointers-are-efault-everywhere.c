/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kernel-pointers-are-efault-everywhere - no call reads from or writes to the kernel's half
 * for a program: each says EFAULT.
 */
#include "guest.h"

#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>

int main(void)
{
	char *const bad = (char *)KERNEL_ADDRESS;
	const int zero = open("/dev/zero", O_RDONLY);
	int fds[2];

	CHECK(zero >= 0);
	CHECK(pipe2(fds, 0) == 0);
	REFUSED(write(fds[1], bad, 16), EFAULT);
	REFUSED(read(zero, bad, 16), EFAULT);
	REFUSED(pipe2((int *)bad, 0), EFAULT);
	REFUSED(syscall(SYS_uname, bad), EFAULT);
	REFUSED(syscall(SYS_clock_gettime, CLOCK_MONOTONIC, bad), EFAULT);
	REFUSED(syscall(SYS_nanosleep, bad, NULL), EFAULT);
	REFUSED(syscall(SYS_rt_sigaction, SIGUSR1, bad, NULL, 8), EFAULT);
	REFUSED(syscall(SYS_rt_sigaction, SIGUSR1, NULL, bad, 8), EFAULT);
	REFUSED(syscall(SYS_rt_sigprocmask, SIG_BLOCK, bad, NULL, 8), EFAULT);
	REFUSED(syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, bad, 8), EFAULT);
	REFUSED(syscall(SYS_openat, AT_FDCWD, bad, O_RDONLY), EFAULT);
	REFUSED(syscall(SYS_execve, bad, NULL, NULL), EFAULT);
	REFUSED(syscall(SYS_getrandom, bad, 16, 0), EFAULT);
	REFUSED(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, bad), EFAULT);
	REFUSED(syscall(SYS_sigaltstack, bad, NULL), EFAULT);
	REFUSED(syscall(SYS_writev, fds[1], bad, 1), EFAULT);
	/* glibc's fstat passes its own pointer; this is the kernel's. */
#ifdef SYS_newfstatat
	REFUSED(syscall(SYS_newfstatat, fds[0], "", bad, AT_EMPTY_PATH), EFAULT);
#endif
	return 0;
}
