/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-that-its-thread-blocks-goes-to-another - a signal of the process, for which a thread was
 * woken that blocks it or ends before it takes it, is taken by another thread; and the stop of a
 * process, of which only a thread that ends has not heard, is told to the parent.
 */
#include "files.h"
#include "rows.h"
#include "tracing.h"

static struct thread first, second;
static volatile int ready, taken_by;

static void take(int number)
{
	(void)number;
	taken_by = (int)raw0(SYS_gettid);
}

/* Ends the process unless another thread takes the signal that this handler blocks. */
static void wait_until_taken(int number)
{
	(void)number;
	for (int i = 0; taken_by == 0; i++) {
		if (i == 2000)
			raw1(SYS_exit_group, 2);
		pause_for(1000000);
	}
}

static int sleep_long(void *unused)
{
	(void)unused;
	ready++;
	for (int i = 0; i < 2000 && taken_by == 0; i++)
		pause_for(100000000);
	return 0;
}

static int send_both(void *unused)
{
	const uint64_t blocked = 1UL << (SIGUSR2 - 1);

	(void)unused;
	raw(SYS_rt_sigprocmask, SIG_BLOCK, (long)&blocked, 0, 8, 0, 0);
	come_first();
	while (ready != 1)
		pause_for(1000000);
	pause_for(2000000);
	raw(SYS_kill, raw0(SYS_getpid), SIGUSR2, 0, 0, 0, 0);		       /* the first thread is woken for it */
	raw(SYS_tgkill, raw0(SYS_getpid), raw0(SYS_getpid), SIGUSR1, 0, 0, 0); /* and takes this one before */
	return 0;
}

static void handle(int number, void (*handler)(int), int blocked)
{
	struct sigaction action = { .sa_handler = handler };

	if (blocked != 0)
		sigaddset(&action.sa_mask, blocked);
	CHECK(sigaction(number, &action, NULL) == 0);
}

static void blocked_by_a_handler(void)
{
	handle(SIGUSR1, wait_until_taken, SIGUSR2);
	handle(SIGUSR2, take, 0);
	thread_start(&first, sleep_long, NULL);
	thread_start(&second, send_both, NULL);
	pause();
	CHECK(taken_by != 0);
}

/* --- one that ends -------------------------------------------------------------------- */

static int ends(void *unused)
{
	(void)unused;
	while (ready == 0)
		pause_for(1000000);
	raw1(SYS_exit, 0);
	return 0;
}

/* A process of two threads, of which one, if LEADER_ENDS the first, ends once it is traced. */
static pid_t tracee(int leader_ends, pid_t *tid)
{
	static volatile int *shared;
	pid_t child;

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		handle(SIGUSR2, take, 0);
		if (leader_ends) {
			thread_start(&first, sleep_long, NULL);
			shared[0] = getpid();
		} else {
			thread_start(&first, ends, NULL);
			shared[0] = first.tid;
		}
		while (shared[1] == 0)
			pause_for(1000000);
		ready = 1;
		if (leader_ends)
			raw1(SYS_exit, 0);
		for (;;)
			pause_for(100000000);
	}
	UNTIL(shared[0] != 0);
	*tid = shared[0];
	CHECK(ptrace(PTRACE_SEIZE, *tid, 0, PTRACE_O_TRACEEXIT) == 0);
	shared[1] = 1;
	return child;
}

static void until_exit_event(pid_t tid)
{
	int status;

	CHECK(waitpid(tid, &status, __WALL) == tid && IS_EVENT(status, PTRACE_EVENT_EXIT));
}

/* The other thread leaves its loop once the signal has interrupted it. */
static void woken_for_one_that_ends(void)
{
	pid_t tid, child = tracee(1, &tid);
	int status, got = 0;

	until_exit_event(tid);
	come_first();
	CHECK(ptrace(PTRACE_CONT, tid, 0, 0) == 0);
	CHECK(kill(child, SIGUSR2) == 0);
	for (int i = 0; i < 2000 && got == 0; i++) {
		got = waitpid(child, &status, __WALL | WNOHANG);
		pause_for(1000000);
	}
	if (got == 0)
		kill(child, SIGKILL);
	CHECK(got == child && exited_with(status, 0));
}

static void told_of_a_stop_by_one_that_ends(void)
{
	const struct timespec none = { 0, 0 }, long_time = { 10, 0 };
	pid_t tid, child;
	siginfo_t info;
	sigset_t set;
	int status;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	child = tracee(0, &tid);
	until_exit_event(tid);
	CHECK(kill(child, SIGSTOP) == 0);
	sleep_ms(20);
	CHECK(waitpid(child, &status, WUNTRACED | WNOHANG) == 0);
	while (sigtimedwait(&set, &info, &none) > 0)
		;
	CHECK(ptrace(PTRACE_CONT, tid, 0, 0) == 0);
	CHECK(sigtimedwait(&set, &info, &long_time) == SIGCHLD && info.si_code == CLD_STOPPED);
	CHECK(info.si_pid == child && info.si_status == SIGSTOP);
	CHECK(waitpid(child, &status, WUNTRACED) == child && IS_STOP(status, SIGSTOP));
	kill(child, SIGKILL);
}

int main(void)
{
	static const struct body all[] = {
		{ "handler", blocked_by_a_handler },
		{ "exit", woken_for_one_that_ends },
		{ "stop", told_of_a_stop_by_one_that_ends },
	};

	return run_rows(all, COUNT_OF(all));
}
