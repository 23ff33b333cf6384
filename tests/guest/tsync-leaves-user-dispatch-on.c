/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-leaves-user-dispatch-on - a thread with syscall user dispatch that gets a filter by TSYNC
 * from one without has its calls taken as before. A call that dispatch takes does not stop for a
 * tracer.
 */
#include "tracing.h"

#define SET_DISPATCH 59
#define DISPATCH_ON 1

static struct thread thread;
static volatile unsigned char selector;
static volatile int taken;

static void take(int sig)
{
	(void)sig;
	selector = 0;
	taken++;
}

static int install_in_thread(void *unused)
{
	(void)unused;
	return (int)INSTALL_RAW(SECCOMP_FILTER_FLAG_TSYNC, ALLOW);
}

static void dispatched(void)
{
	set_no_new_privs();
	signal(SIGSYS, take);
	CHECK(prctl(SET_DISPATCH, DISPATCH_ON, 0, 0, &selector) == 0);
	thread_start(&thread, install_in_thread, NULL);
	thread_join(&thread);
	CHECK(prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == SECCOMP_MODE_FILTER);
	selector = 1;
	raw0(SYS_getppid);
	CHECK(taken == 1);
}

static void calls_when_traced(void)
{
	signal(SIGSYS, take);
	CHECK(prctl(SET_DISPATCH, DISPATCH_ON, 0, 0, &selector) == 0);
	raise(SIGSTOP);
	selector = 1;
	raw0(SYS_getppid);
	raw1(SYS_exit_group, taken == 1 ? 0 : 1);
}

static void dispatch_comes_first(void)
{
	const pid_t child = traced(calls_when_traced, PTRACE_O_TRACESYSGOOD);
	int status = go_on(child, PTRACE_CONT, 0);

	CHECK(IS_STOP(status, SIGSTOP));
	CHECK(stops_of(child) == 3); /* before and after rt_sigreturn, and before its end */
}

int main(void)
{
	CHECK(exited_with(status_of(dispatched), 0));
	CHECK(exited_with(status_of(dispatch_comes_first), 0));
	return 0;
}
