/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-timers-of-a-process - timer_create's timers: once and again, with a value, on a clock or
 * on processor time, with overruns while blocked, and their refusals.
 */
#include "guest.h"

static volatile int runs, code, value;

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	runs++;
	code = info->si_code;
	value = info->si_value.sival_int;
}

struct setting {
	struct timespec interval, value;
};

/* As the kernel has it: value, signal, how, and room for more. */
struct event {
	long value;
	int number, notify, thread, room[11];
};

static int create(int clock, const struct event *event)
{
	int id = -1;

	CHECK(syscall(SYS_timer_create, clock, event, &id) == 0);
	return id;
}

int main(void)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO };
	struct event event = { .value = 33, .number = SIGUSR1 };
	const struct setting once = { { 0, 0 }, { 0, 20000000 } }, again = { { 0, 10000000 }, { 0, 10000000 } },
			     late = { { 0, 0 }, { 1000, 0 } }, off = { { 0, 0 }, { 0, 0 } };
	struct setting now;
	sigset_t set, old;
	int id, cpu;

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	id = create(1, &event);
	CHECK(syscall(SYS_timer_gettime, id, &now) == 0 && now.value.tv_sec == 0 && now.value.tv_nsec == 0);
	CHECK(syscall(SYS_timer_settime, id, 0, &late, 0) == 0);
	CHECK(syscall(SYS_timer_settime, id, 0, &once, &now) == 0);
	CHECK(now.value.tv_sec == 1000 ? now.value.tv_nsec == 0 : now.value.tv_sec > 900);
	CHECK(syscall(SYS_timer_gettime, id, &now) == 0 && now.value.tv_sec == 0 && now.value.tv_nsec <= 20000000);
	/* What comes before it is waited for is seen, too. */
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &set, &old) == 0);
	while (runs == 0)
		sigsuspend(&old);
	CHECK(code == SI_TIMER && value == 33);
	sleep_ms(40);
	CHECK(runs == 1);

	runs = 0;
	CHECK(syscall(SYS_timer_settime, id, 0, &again, 0) == 0);
	while (runs < 3)
		sigsuspend(&old);
	sleep_ms(60);
	runs = 0;
	CHECK(sigprocmask(SIG_SETMASK, &old, NULL) == 0);
	CHECK(runs >= 1);
	CHECK(syscall(SYS_timer_settime, id, 0, &off, 0) == 0);
	runs = 0;
	sleep_ms(30);
	CHECK(runs == 0);

	event.value = 44;
	cpu = create(2, &event); /* the process's time */
	CHECK(syscall(SYS_timer_settime, cpu, 0, &once, 0) == 0);
	sleep_ms(60);
	CHECK(runs == 0);
	while (runs == 0)
		compute();
	CHECK(value == 44);
	CHECK(syscall(SYS_timer_delete, cpu) == 0);
	REFUSED(syscall(SYS_timer_delete, cpu), EINVAL);
	REFUSED(syscall(SYS_timer_settime, id, 0, 0, 0), EINVAL);
	REFUSED(syscall(SYS_timer_settime, 9999, 0, KERNEL_ADDRESS, 0), EFAULT);
	REFUSED(syscall(SYS_timer_settime, 9999, 0, &once, 0), EINVAL);
	REFUSED(syscall(SYS_timer_create, 99, 0, &id), EINVAL);
	REFUSED(syscall(SYS_timer_create, 4, 0, &id), EOPNOTSUPP);
	event.number = 0;
	REFUSED(syscall(SYS_timer_create, 1, &event, &id), EINVAL);
	return 0;
}
