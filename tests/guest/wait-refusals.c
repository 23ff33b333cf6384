/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait-refusals - no children, a stranger and unknown options are refused;
 * WNOHANG with a running child is 0.
 */
#include "guest.h"

int main(void)
{
	int status;
	siginfo_t info;

	REFUSED(waitpid(-1, &status, 0), ECHILD);
	REFUSED(waitpid(1, &status, 0), ECHILD);
	REFUSED(waitpid(-1, &status, 0x100), EINVAL);
	REFUSED(waitid(P_ALL, 0, &info, 0), EINVAL);
	REFUSED(waitid(P_ALL, 0, &info, WEXITED), ECHILD);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		sleep_ms(30);
		_exit(3);
	}
	CHECK(waitpid(child, &status, WNOHANG) == 0);
	REFUSED(waitpid(child + 1, &status, 0), ECHILD);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 3));
	REFUSED(waitpid(child, &status, 0), ECHILD);
	return 0;
}
