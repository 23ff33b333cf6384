/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigchld-ignored-leaves-no-zombie - with SIGCHLD ignored a child vanishes by itself, and
 * waiting for it ends with ECHILD.
 */
#include "guest.h"

int main(void)
{
	signal(SIGCHLD, SIG_IGN);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		_exit(0);
	REFUSED(waitpid(child, NULL, 0), ECHILD);
	REFUSED(kill(child, 0), ESRCH);
	return 0;
}
