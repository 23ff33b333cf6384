/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-timedwait-takes-without-a-handler - rt_sigtimedwait takes pending signals, waits for later
 * ones, times out with EAGAIN, and is interrupted by others.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
}

static long take(const sigset_t *set, siginfo_t *info, long ms)
{
	const struct timespec limit = { ms / 1000, ms % 1000 * 1000000 };

	return syscall(SYS_rt_sigtimedwait, set, info, ms < 0 ? NULL : &limit, 8);
}

static pid_t later(int number)
{
	const pid_t child = fork();

	if (child == 0) {
		sleep_ms(20);
		kill(getppid(), number);
		_exit(0);
	}
	return child;
}

int main(void)
{
	const struct sigaction action = { .sa_handler = caught };
	sigset_t set;
	siginfo_t info;
	pid_t child;
	int status;

	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	REFUSED(take(&set, &info, 0), EAGAIN);
	REFUSED(take(&set, &info, 20), EAGAIN);
	raise(SIGUSR1);
	CHECK(take(&set, &info, 0) == SIGUSR1);
	CHECK(info.si_signo == SIGUSR1 && info.si_pid == getpid());
	child = later(SIGUSR1); /* fatal by default, but waited for */
	CHECK(take(&set, &info, -1) == SIGUSR1);
	CHECK(info.si_pid == child && info.si_code == SI_USER);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(sigaction(SIGUSR2, &action, NULL) == 0);
	child = later(SIGUSR2);
	REFUSED(take(&set, &info, 5000), EINTR);
	CHECK(waitpid(child, &status, 0) == child);
	REFUSED(syscall(SYS_rt_sigtimedwait, &set, 0, &(struct timespec){ 0, 1000000000 }, 8), EINVAL);
	REFUSED(syscall(SYS_rt_sigtimedwait, &set, 0, 0, 4), EINVAL);
	return 0;
}
