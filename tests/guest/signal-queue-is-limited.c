/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-queue-is-limited - no more than RLIMIT_SIGPENDING signals with a value wait for a user:
 * then EAGAIN; kill's still arrive.
 */
#include "guest.h"

#include <sys/resource.h>

int main(void)
{
	const struct rlimit limit = { 5, 5 };
	sigset_t set, pending;
	int queued = 0;

	sigemptyset(&set);
	sigaddset(&set, 40);
	sigaddset(&set, 41);
	sigaddset(&set, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	CHECK(setrlimit(RLIMIT_SIGPENDING, &limit) == 0);
	while (queued < 10 && sigqueue(getpid(), 40, (union sigval){ .sival_int = queued }) == 0)
		queued++;
	CHECK(queued <= 5 && errno == EAGAIN);
	CHECK(kill(getpid(), 41) == 0);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	CHECK(sigpending(&pending) == 0 && sigismember(&pending, 41) && sigismember(&pending, SIGUSR1));
	return 0;
}
