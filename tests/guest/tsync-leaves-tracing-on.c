/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-leaves-tracing-on - a traced thread that gets a filter by TSYNC from one that is not traced
 * stops at its calls as before.
 */
#include "tracing.h"

static struct thread thread;
static volatile int ready, go;

static int call_traced(void *unused)
{
	(void)unused;
	raw(SYS_ptrace, PTRACE_TRACEME, 0, 0, 0, 0, 0);
	raw(SYS_tgkill, raw0(SYS_getpid), raw0(SYS_gettid), SIGSTOP, 0, 0, 0);
	ready = 1;
	while (!go)
		;
	raw0(SYS_getppid);
	return 0;
}

static void trace_a_thread(void)
{
	set_no_new_privs();
	thread_start(&thread, call_traced, NULL);
	UNTIL(ready);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == 0);
	go = 1;
	thread_join(&thread);
}

static void stops(void)
{
	const pid_t child = child_of(trace_a_thread);
	int status;
	const pid_t tid = waitpid(-1, &status, __WALL);

	CHECK(tid > 0 && tid != child && IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_SETOPTIONS, tid, 0, PTRACE_O_TRACESYSGOOD) == 0);
	CHECK(stops_of(tid) == 3); /* before and after getppid, and before its end */
	CHECK(end_of(child) == 0);
}

int main(void)
{
	CHECK(exited_with(status_of(stops), 0));
	return 0;
}
