/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * zombie-keeps-its-pid-until-it-is-waited-for - a process that ended can still be sent signals;
 * once reaped its number is nobody's.
 */
#include "guest.h"

int main(void)
{
	const pid_t child = fork();
	siginfo_t info;

	CHECK(child >= 0);
	if (child == 0)
		_exit(0);
	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
	CHECK(kill(child, 0) == 0);
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, NULL, 0) == child);
	REFUSED(kill(child, 0), ESRCH);
	return 0;
}
