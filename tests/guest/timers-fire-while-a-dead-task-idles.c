/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timers-fire-while-a-dead-task-idles - processes end, with timers of their own that run, and
 * nobody waits for them; timers of their parent, which sleeps, go on meanwhile: each signal says
 * that it is a timer's, and of which.
 */
#include "guest.h"

#define MS 1000000L
#define ROUNDS 8

static volatile int fired;

static void note(int sig, siginfo_t *info, void *context)
{
	(void)context;
	CHECK(sig == SIGUSR1 && info->si_code == SI_TIMER && memcmp(&info->si_value, &(int){ 77 }, sizeof(int)) == 0);
	fired++;
}

static void start_timer(int sig)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = sig };
	const struct timespec every[2] = { { 0, MS }, { 0, MS } };
	const int value = 77;
	int id = -1;

	memcpy(&event.sigev_value, &value, sizeof(value));
	CHECK(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id) == 0);
	CHECK(syscall(SYS_timer_settime, id, 0, every, NULL) == 0);
}

int main(void)
{
	const struct sigaction on_timer = { .sa_sigaction = note, .sa_flags = SA_SIGINFO };

	CHECK(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	CHECK(sigaction(SIGUSR1, &on_timer, NULL) == 0);
	start_timer(SIGUSR1);
	for (int round = 0; round < ROUNDS; round++) {
		const pid_t child = fork();
		const int before = fired;

		CHECK(child >= 0);
		if (child == 0) {
			CHECK(signal(SIGUSR2, SIG_IGN) != SIG_ERR);
			start_timer(SIGUSR2);
			_exit(0);
		}
		UNTIL(syscall(SYS_kill, child, 0) != 0 && fired > before + 5);
	}
	return 0;
}
