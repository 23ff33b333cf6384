/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigchld-tells-of-a-dead-child - a child's end raises SIGCHLD with who and how.
 */
#include "guest.h"

static volatile pid_t who;
static volatile int code, how;

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	who = info->si_pid;
	code = info->si_code;
	how = info->si_status;
}

int main(void)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_RESTART };
	int status;

	CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0)
		_exit(6);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 6));
	CHECK(who == child && code == CLD_EXITED && how == 6);
	return 0;
}
