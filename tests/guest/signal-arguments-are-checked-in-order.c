/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-arguments-are-checked-in-order - the refusals of sigaction, sigprocmask, kill, tgkill and
 * their kin, and which comes first.
 */
#include "guest.h"

int main(void)
{
	const long bad = (long)KERNEL_ADDRESS;
	long set = 0;
	char action[32] = { 0 };

	REFUSED(syscall(SYS_rt_sigaction, 0, bad, 0, 4), EINVAL); /* the size first */
	REFUSED(syscall(SYS_rt_sigaction, 0, bad, 0, 8), EFAULT); /* then the pointer */
	REFUSED(syscall(SYS_rt_sigaction, 65, action, 0, 8), EINVAL);
	REFUSED(syscall(SYS_rt_sigaction, SIGKILL, action, 0, 8), EINVAL);
	CHECK(syscall(SYS_rt_sigaction, SIGKILL, 0, action, 8) == 0);
	REFUSED(syscall(SYS_rt_sigprocmask, 9, bad, 0, 7), EINVAL);
	REFUSED(syscall(SYS_rt_sigprocmask, 9, bad, 0, 8), EFAULT);
	REFUSED(syscall(SYS_rt_sigprocmask, 9, &set, 0, 8), EINVAL);
	CHECK(syscall(SYS_rt_sigprocmask, 9, 0, &set, 8) == 0);
	REFUSED(syscall(SYS_rt_sigpending, &set, 9), EINVAL);
	CHECK(syscall(SYS_rt_sigpending, &set, 4) == 0);
	REFUSED(syscall(SYS_rt_sigsuspend, bad, 7), EINVAL);
	REFUSED(syscall(SYS_rt_sigsuspend, bad, 8), EFAULT);

	REFUSED(kill(30000, 0), ESRCH);
	REFUSED(kill(30000, 99), ESRCH);
	REFUSED(kill(getpid(), 65), EINVAL);
	REFUSED(kill(-30000, 0), ESRCH);
	REFUSED(syscall(SYS_kill, -2147483647L - 1, 0), ESRCH);
	CHECK(kill(getpid(), 0) == 0);
	CHECK(kill(0, 0) == 0);
	REFUSED(syscall(SYS_tgkill, 0, getpid(), 0), EINVAL);
	REFUSED(syscall(SYS_tgkill, getpid(), -1, 0), EINVAL);
	REFUSED(syscall(SYS_tgkill, getppid(), getpid(), 0), ESRCH);
	REFUSED(syscall(SYS_tgkill, getpid(), getpid(), 65), EINVAL);
	REFUSED(syscall(SYS_tkill, 0, 0), EINVAL);
	CHECK(syscall(SYS_tkill, getpid(), 0) == 0);
	return 0;
}
