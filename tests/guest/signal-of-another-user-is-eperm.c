/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-of-another-user-is-eperm - without CAP_KILL only processes of the same user;
 * SIGCONT anyone of the session.
 */
#include "guest.h"

int main(void)
{
	int status;
	const pid_t child = fork();

	if (child == 0) {
		drop_privileges();
		REFUSED(kill(getppid(), 0), EPERM);
		REFUSED(kill(getppid(), SIGTERM), EPERM);
		REFUSED(kill(getppid(), 65), EINVAL);
		CHECK(kill(getppid(), SIGCONT) == 0);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(exited_with(status, 0));
	return 0;
}
