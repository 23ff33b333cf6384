/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-timers-choose-whom-they-tell - SIGEV_THREAD_ID sends to one thread, SIGEV_NONE to nobody
 * while the timer runs all the same; a moment may be given instead of a length; what passed unseen
 * is counted as overrun; execve ends timers, fork does not copy them.
 */
#include "guest.h"

struct setting {
	struct timespec interval, value;
};

/* As the kernel has it. */
struct event {
	long value;
	int number, notify, thread, room[11];
};

enum { TO_PROCESS, TO_NOBODY, TO_THREAD = 4 };

static struct thread thread;
static volatile int stop, caught_by, overruns, runs;

static void caught(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	caught_by = (int)raw0(SYS_gettid);
	overruns = info->si_overrun;
	runs++;
}

static int spins(void *unused)
{
	(void)unused;
	while (!stop)
		raw0(SYS_sched_yield);
	return 0;
}

static int create(int notify, int to)
{
	const struct event event = { .value = 1, .number = SIGUSR1, .notify = notify, .thread = to };
	int id = -1;

	CHECK(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id) == 0);
	return id;
}

static void set(int id, int flags, struct timespec value, long interval_ms)
{
	const struct setting s = { { 0, interval_ms * 1000000 }, value };

	CHECK(syscall(SYS_timer_settime, id, flags, &s, NULL) == 0);
}

static const struct timespec soon = { 0, 5000000 };

static void check_thread(void)
{
	const int id = create(TO_THREAD, thread.tid);

	set(id, 0, soon, 0);
	UNTIL(runs == 1);
	CHECK(caught_by == thread.tid);
	CHECK(syscall(SYS_timer_delete, id) == 0);
}

static void check_nobody(void)
{
	const int id = create(TO_NOBODY, 0);
	struct setting left;

	set(id, 0, soon, 900);
	sleep_ms(20);
	CHECK(syscall(SYS_timer_gettime, id, &left) == 0);
	CHECK(runs == 1 && left.interval.tv_nsec == 900000000 && left.value.tv_sec == 0 && left.value.tv_nsec > 0);
	CHECK(syscall(SYS_timer_delete, id) == 0);
}

static void check_moment(void)
{
	const int id = create(TO_PROCESS, 0);
	struct timespec moment;

	runs = 0;
	CHECK(clock_gettime(CLOCK_MONOTONIC, &moment) == 0);
	moment.tv_sec += 1000;
	set(id, 1, moment, 0); /* TIMER_ABSTIME */
	sleep_ms(20);
	CHECK(runs == 0);
	set(id, 1, (struct timespec){ 0, 1 }, 0); /* long ago */
	UNTIL(runs == 1);
	CHECK(syscall(SYS_timer_delete, id) == 0);
}

static void check_overrun(void)
{
	const int id = create(TO_PROCESS, 0);
	sigset_t set_of_one;

	runs = 0;
	sigemptyset(&set_of_one);
	sigaddset(&set_of_one, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &set_of_one, NULL) == 0);
	set(id, 0, soon, 5);
	sleep_ms(60);
	CHECK(sigprocmask(SIG_UNBLOCK, &set_of_one, NULL) == 0);
	CHECK(runs >= 1 && overruns >= 5);
	set(id, 0, (struct timespec){ 0, 0 }, 0);
	CHECK(syscall(SYS_timer_delete, id) == 0);
	REFUSED(syscall(SYS_timer_getoverrun, id), EINVAL);
}

static int kept;

static void check_fork(void)
{
	struct setting left;

	REFUSED(syscall(SYS_timer_gettime, kept, &left), EINVAL);
}

int main(int argc, char **argv)
{
	const struct sigaction action = { .sa_sigaction = caught, .sa_flags = SA_SIGINFO | SA_RESTART };
	struct event event = { .number = SIGUSR1, .notify = TO_THREAD, .thread = 4000000 };
	struct setting left;
	int id;

	if (argc > 1) { /* the timer of the program before would have ended this one */
		REFUSED(syscall(SYS_timer_gettime, 0, &left), EINVAL);
		sleep_ms(60);
		return 3;
	}
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	REFUSED(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id), EINVAL);
	event.thread = getppid();
	REFUSED(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id), EINVAL);
	event.notify = 77;
	REFUSED(syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id), EINVAL);
	thread_start(&thread, spins, NULL);
	check_thread();
	check_nobody();
	stop = 1;
	thread_join(&thread);
	check_moment();
	check_overrun();

	kept = create(TO_PROCESS, 0);
	set(kept, 0, (struct timespec){ 1000, 0 }, 0);
	CHECK(exited_with(status_of(check_fork), 0));
	set(kept, 0, (struct timespec){ 0, 30000000 }, 0);
	execv("/proc/self/exe", (char *[]){ argv[0], "after", NULL });
	return 1;
}
