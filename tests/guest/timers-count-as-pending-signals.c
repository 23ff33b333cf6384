/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timers-count-as-pending-signals - each timer takes a place of RLIMIT_SIGPENDING until
 * it is deleted; beyond that timer_create is EAGAIN. Its signal comes with its value
 * although no other place is left.
 */
#include "guest.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>

int main(void)
{
	const struct rlimit two = { 2, 2 };
	const struct itimerspec soon = { .it_value = { 0, 1000000 } };
	struct sigevent e = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
	siginfo_t info;
	sigset_t set;
	const int value = 77;
	int a, b, c;

	/* A user of its own, of whom nothing else is queued. */
	CHECK(setuid(54327) == 0);
	CHECK(setrlimit(RLIMIT_SIGPENDING, &two) == 0);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	memcpy(&e.sigev_value, &value, sizeof(value));
	CHECK(syscall(SYS_timer_create, CLOCK_MONOTONIC, &e, &a) == 0);
	CHECK(syscall(SYS_timer_create, CLOCK_MONOTONIC, &e, &b) == 0);
	REFUSED(syscall(SYS_timer_create, CLOCK_MONOTONIC, &e, &c), EAGAIN);
	for (int times = 0; times < 2; times++) {
		CHECK(syscall(SYS_timer_settime, a, 0, &soon, NULL) == 0);
		CHECK(sigwaitinfo(&set, &info) == SIGUSR1);
		CHECK(info.si_code == SI_TIMER && memcmp(&info.si_value, &value, sizeof(value)) == 0);
		REFUSED(syscall(SYS_timer_create, CLOCK_MONOTONIC, &e, &c), EAGAIN);
	}
	CHECK(syscall(SYS_timer_delete, b) == 0);
	CHECK(syscall(SYS_timer_create, CLOCK_MONOTONIC, &e, &c) == 0);
	return 0;
}
