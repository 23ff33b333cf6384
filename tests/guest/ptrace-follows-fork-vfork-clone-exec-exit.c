/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-follows-fork-vfork-clone-exec-exit - the events of a tracee's life, and that its children
 * and threads are traced from their first instruction.
 */
#include "tracing.h"

static struct thread thread;

static int nothing(void *unused)
{
	(void)unused;
	return 0;
}

static void body(void)
{
	int status;
	const pid_t child = fork();

	if (child == 0)
		_exit(7);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 7));
	thread_start(&thread, nothing, NULL);
	thread_join(&thread);
	raise(SIGCONT);
	_exit(9);
}

int main(void)
{
	const long options = PTRACE_O_TRACEFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXIT | PTRACE_O_TRACEEXEC;
	const pid_t child = traced(body, options);
	int status = go_on(child, PTRACE_CONT, 0);
	pid_t other;

	CHECK(IS_EVENT(status, PTRACE_EVENT_FORK));
	other = (pid_t)message_of(child);
	CHECK(waitpid(other, &status, __WALL) == other && IS_STOP(status, SIGSTOP));
	status = go_on(other, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_EXIT) && message_of(other) == 7 << 8);
	status = go_on(other, PTRACE_CONT, 0);
	CHECK(exited_with(status, 7)); /* the tracer first, then its parent */
	status = go_on(child, PTRACE_CONT, 0);
	if (IS_STOP(status, SIGCHLD))
		status = go_on(child, PTRACE_CONT, SIGCHLD);
	CHECK(IS_EVENT(status, PTRACE_EVENT_CLONE));
	other = (pid_t)message_of(child);
	CHECK(other != child);
	CHECK(waitpid(other, &status, __WALL) == other && IS_STOP(status, SIGSTOP));
	status = go_on(other, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_EXIT));
	status = go_on(other, PTRACE_CONT, 0);
	CHECK(exited_with(status, 0)); /* a thread's end is the tracer's to see */
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGCONT));
	status = go_on(child, PTRACE_CONT, SIGCONT);
	CHECK(IS_EVENT(status, PTRACE_EVENT_EXIT) && message_of(child) == 9 << 8);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 9));
	return 0;
}
