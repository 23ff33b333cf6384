/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait-reports-how-it-ended - an exit status has 8 bits, a signal is a signal, and waitid
 * says the same in its own words.
 */
#include "guest.h"

static pid_t start(int code, int signal_number)
{
	const pid_t child = fork();

	CHECK(child >= 0);
	if (child == 0) {
		if (signal_number)
			kill(getpid(), signal_number);
		_exit(code);
	}
	return child;
}

int main(void)
{
	siginfo_t info;
	int status;
	pid_t child = start(0x1ff, 0);

	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0xff));
	child = start(0, SIGTERM);
	CHECK(waitpid(-1, &status, 0) == child && killed_by(status, SIGTERM));

	child = start(9, 0);
	memset(&info, 0, sizeof(info));
	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
	CHECK(info.si_signo == SIGCHLD && info.si_pid == child);
	CHECK(info.si_code == CLD_EXITED && info.si_status == 9);
	CHECK(waitpid(child, &status, WNOHANG) == child && exited_with(status, 9));

	child = start(0, SIGKILL);
	CHECK(waitid(P_ALL, 0, &info, WEXITED) == 0);
	CHECK(info.si_pid == child && info.si_code == CLD_KILLED && info.si_status == SIGKILL);
	return 0;
}
