/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-info-tells-who-sent-it - si_code, si_pid, si_uid and si_value of kill, tgkill and
 * sigqueue; and what a sender may not pretend.
 */
#include "guest.h"

static volatile siginfo_t last;

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	last = *info;
}

int main(void)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };
	siginfo_t info;
	int status;

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(last.si_signo == SIGUSR1 && last.si_code == SI_USER && last.si_errno == 0);
	CHECK(last.si_pid == getpid() && last.si_uid == getuid());
	CHECK(syscall(SYS_tgkill, getpid(), getpid(), SIGUSR1) == 0);
	CHECK(last.si_code == SI_TKILL && last.si_pid == getpid());
	CHECK(sigqueue(getpid(), SIGUSR1, (union sigval){ .sival_int = 99 }) == 0);
	CHECK(last.si_code == SI_QUEUE && last.si_value.sival_int == 99 && last.si_pid == getpid());

	memset(&info, 0, sizeof(info));
	info.si_code = SI_KERNEL;
	CHECK(syscall(SYS_rt_sigqueueinfo, getpid(), SIGUSR1, &info) == 0); /* to oneself anything */
	CHECK(last.si_code == SI_KERNEL);
	const pid_t child = fork();
	if (child == 0) {
		info.si_code = SI_USER;
		REFUSED(syscall(SYS_rt_sigqueueinfo, getppid(), SIGUSR1, &info), EPERM);
		info.si_code = SI_TKILL;
		REFUSED(syscall(SYS_rt_sigqueueinfo, getppid(), SIGUSR1, &info), EPERM);
		info.si_code = SI_QUEUE;
		REFUSED(syscall(SYS_rt_sigqueueinfo, getppid(), 65, &info), EINVAL);
		REFUSED(syscall(SYS_rt_sigqueueinfo, getppid(), SIGUSR1, 0), EFAULT);
		REFUSED(syscall(SYS_rt_tgsigqueueinfo, 0, getppid(), SIGUSR1, &info), EINVAL);
		_exit(0);
	}
	while (waitpid(child, &status, 0) != child)
		;
	CHECK(exited_with(status, 0));
	return 0;
}
