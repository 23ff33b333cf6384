/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait-is-not-interrupted-by-what-it-waits-for - a child that ends wakes its waiting parent and
 * sends it SIGCHLD: the wait has its answer, though the signal has a handler without
 * SA_RESTART. Another signal interrupts it.
 */
#include "guest.h"

static volatile int children, others;

static void caught(int number)
{
	children += number == SIGCHLD;
	others += number == SIGUSR1;
}

int main(void)
{
	struct sigaction action = { .sa_handler = caught };
	int status;
	pid_t child;

	CHECK(sigaction(SIGCHLD, &action, NULL) == 0 && sigaction(SIGUSR1, &action, NULL) == 0);
	for (int n = 1; n <= 10; n++) {
		child = fork();
		if (child == 0) {
			sleep_ms(2);
			_exit(n);
		}
		CHECK(waitpid(child, &status, 0) == child && exited_with(status, n));
		CHECK(children == n);
	}
	action.sa_flags = SA_NOCLDSTOP;
	CHECK(sigaction(SIGCHLD, &action, NULL) == 0);
	child = fork();
	if (child == 0) {
		sleep_ms(2);
		kill(getpid(), SIGSTOP);
		kill(getppid(), SIGUSR1);
		sleep_ms(50);
		_exit(0);
	}
	CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
	CHECK(kill(child, SIGCONT) == 0);
	REFUSED(waitpid(child, &status, 0), EINTR);
	CHECK(others == 1);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	return 0;
}
