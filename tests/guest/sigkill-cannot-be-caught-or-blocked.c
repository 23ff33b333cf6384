/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigkill-cannot-be-caught-or-blocked - SIGKILL has no handler and no mask, and ends the process.
 */
#include "guest.h"

static void caught(int number)
{
	(void)number;
}

int main(void)
{
	const struct sigaction action = { .sa_handler = caught };
	sigset_t set;

	REFUSED(sigaction(SIGKILL, &action, NULL), EINVAL);
	REFUSED(sigaction(SIGSTOP, &action, NULL), EINVAL);
	REFUSED(sigaction(65, &action, NULL), EINVAL);
	sigfillset(&set);
	CHECK(sigprocmask(SIG_SETMASK, &set, NULL) == 0);
	CHECK(sigprocmask(SIG_SETMASK, NULL, &set) == 0);
	CHECK(!sigismember(&set, SIGKILL) && !sigismember(&set, SIGSTOP));
	kill(getpid(), SIGKILL);
	return 1;
}
