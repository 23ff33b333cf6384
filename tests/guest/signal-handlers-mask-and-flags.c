/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-handlers-mask-and-flags - a handler's own signal and sa_mask are blocked while it runs,
 * unless SA_NODEFER; SA_RESETHAND works once; the mask is restored by the return.
 */
#include "guest.h"

static volatile int depth, deepest, runs;

static void nested(int number)
{
	if (++depth > deepest)
		deepest = depth;
	if (runs++ < 2)
		raise(number);
	depth--;
}

static void masks(int number)
{
	sigset_t now;

	(void)number;
	CHECK(sigprocmask(SIG_BLOCK, NULL, &now) == 0);
	CHECK(sigismember(&now, SIGUSR2) && sigismember(&now, SIGTERM) && !sigismember(&now, SIGKILL));
	runs++;
}

int main(void)
{
	struct sigaction action = { .sa_handler = nested };
	struct sigaction old;
	sigset_t now;

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	raise(SIGUSR1);
	CHECK(deepest == 1 && runs == 3);

	runs = deepest = 0;
	action.sa_flags = SA_NODEFER;
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	raise(SIGUSR1);
	CHECK(deepest == 3 && runs == 3);

	runs = 0;
	action.sa_handler = masks;
	action.sa_flags = (int)SA_RESETHAND;
	sigaddset(&action.sa_mask, SIGTERM);
	sigaddset(&action.sa_mask, SIGKILL);
	CHECK(sigaction(SIGUSR2, &action, NULL) == 0);
	raise(SIGUSR2);
	CHECK(runs == 1);
	CHECK(sigaction(SIGUSR2, NULL, &old) == 0);
	CHECK(old.sa_handler == SIG_DFL);
	CHECK(sigprocmask(SIG_BLOCK, NULL, &now) == 0);
	CHECK(!sigismember(&now, SIGUSR2) && !sigismember(&now, SIGTERM));
	return 0;
}
