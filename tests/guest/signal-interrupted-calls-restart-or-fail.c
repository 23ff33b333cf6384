/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-interrupted-calls-restart-or-fail - with SA_RESTART waitpid goes on, without it fails with
 * EINTR; nanosleep and sigsuspend always fail; an ignored signal interrupts nothing.
 */
#include "guest.h"

static volatile int runs;

static void caught(int number)
{
	(void)number;
	runs++;
}

/* Exits with 5 after SIGNAL was sent to the parent, twice as long. */
static pid_t disturber(int number)
{
	const pid_t child = fork();

	if (child == 0) {
		sleep_ms(30);
		kill(getppid(), number);
		sleep_ms(30);
		_exit(5);
	}
	return child;
}

static void handle(int flags)
{
	const struct sigaction action = { .sa_handler = caught, .sa_flags = flags };

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	runs = 0;
}

int main(void)
{
	struct timespec left, wanted = { 5, 0 };
	sigset_t none;
	int status;
	pid_t child;

	handle(SA_RESTART);
	child = disturber(SIGUSR1);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(runs == 1 && exited_with(status, 5));

	handle(0);
	child = disturber(SIGUSR1);
	REFUSED(waitpid(child, &status, 0), EINTR);
	CHECK(runs == 1);
	CHECK(waitpid(child, &status, 0) == child);

	handle(SA_RESTART);
	child = disturber(SIGUSR1);
	REFUSED(nanosleep(&wanted, &left), EINTR);
	CHECK(runs == 1 && left.tv_sec >= 3 && left.tv_sec <= 4);
	CHECK(raw0(SYS_restart_syscall) == -EINTR); /* nothing is left to be restarted behind a handler */
	CHECK(waitpid(child, &status, 0) == child);

	handle(SA_RESTART);
	child = disturber(SIGUSR1);
	sigemptyset(&none);
	REFUSED(sigsuspend(&none), EINTR);
	CHECK(runs == 1);
	CHECK(waitpid(child, &status, 0) == child);

	child = disturber(SIGWINCH);
	CHECK(waitpid(child, &status, 0) == child);
	wanted = (struct timespec){ 0, 50000000 };
	child = disturber(SIGURG);
	CHECK(nanosleep(&wanted, NULL) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	return 0;
}
