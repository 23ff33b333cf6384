/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-waits-for-whom-and-what-is-asked - wait4 and waitid of a tracer: by process group, by one
 * thread's tracees alone, without taking what they tell, for what goes on, and for ends; and that
 * the parent of a tracee hears of its end after the tracer.
 */
#include "tracing.h"

static pid_t tracee;

static void stop_twice(void)
{
	CHECK(setpgid(0, 0) == 0);
	raise(SIGUSR1);
	raise(SIGSTOP);
}

static long wait_raw(pid_t pid, long options)
{
	int status;

	return raw(SYS_wait4, pid, (long)&status, options, 0, 0, 0);
}

static volatile long seen_by_thread[2];

static int other_thread(void *unused)
{
	(void)unused;
	seen_by_thread[0] = wait_raw(tracee, __WALL | WNOHANG | __WNOTHREAD);
	seen_by_thread[1] = wait_raw(tracee, __WALL | WNOHANG);
	return 0;
}

/* The stop that the tracee is in is told to whom it concerns, once. */
static void by_whom(void)
{
	static struct thread thread;
	siginfo_t info;

	CHECK(ptrace(PTRACE_CONT, tracee, 0, 0) == 0);
	CHECK(waitid(P_ALL, 0, &info, WEXITED | WNOWAIT | __WALL) == 0); /* a tracer's stops need not be asked for */
	CHECK(info.si_pid == tracee && info.si_code == CLD_TRAPPED && info.si_status == SIGUSR1);
	REFUSED(waitid(P_PGID, (id_t)getpgrp(), &info, WEXITED | __WALL | WNOHANG), ECHILD);
	memset(&info, 0, sizeof(info));
	CHECK(waitid(P_PGID, (id_t)tracee, &info, WSTOPPED | WNOWAIT | __WALL) == 0);
	CHECK(info.si_pid == tracee && info.si_code == CLD_TRAPPED && info.si_status == SIGUSR1);
	CHECK(wait_raw(1, __WALL | WNOHANG) == -ECHILD);
	thread_start(&thread, other_thread, NULL);
	thread_join(&thread);
	CHECK(seen_by_thread[0] == -ECHILD && seen_by_thread[1] == tracee);
	CHECK(wait_raw(tracee, __WALL | WNOHANG) == 0);
}

/* It is stopped with its group, and goes on. */
static void goes_on(void)
{
	const pid_t child = fork();
	siginfo_t info;
	int status;

	if (child == 0)
		for (;;)
			pause();
	CHECK(ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_EXITKILL) == 0);
	CHECK(waitid(P_PID, (id_t)child, &info, WCONTINUED | WNOHANG) == 0 && info.si_pid == 0);
	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGSTOP));
	status = go_on(child, PTRACE_CONT, SIGSTOP);
	CHECK(IS_STOP(status, SIGSTOP | PTRACE_EVENT_STOP << 8));
	CHECK(ptrace(PTRACE_LISTEN, child, 0, 0) == 0);
	CHECK(kill(child, SIGCONT) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && IS_EVENT(status, PTRACE_EVENT_STOP));
	CHECK(waitid(P_PID, (id_t)child, &info, WCONTINUED | WNOWAIT) == 0 && info.si_code == CLD_CONTINUED);
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	CHECK(waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGCONT));
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG) == 0 && info.si_pid == 0);
	CHECK(waitid(P_PID, (id_t)child, &info, WCONTINUED | WNOWAIT) == 0);
	CHECK(info.si_pid == child && info.si_code == CLD_CONTINUED && info.si_status == SIGCONT);
	CHECK(waitpid(child, &status, WCONTINUED | __WALL) == child && WIFCONTINUED(status));
	CHECK(waitpid(child, &status, WCONTINUED | WNOHANG | __WALL) == 0);
	CHECK(kill(child, SIGKILL) == 0);
	/* Nothing else is to be told of who has ended. */
	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT | __WALL) == 0);
	CHECK(info.si_pid == child && info.si_code == CLD_KILLED && info.si_status == SIGKILL);
	REFUSED(waitid(P_PID, (id_t)child, &info, WSTOPPED | WCONTINUED), ECHILD);
	CHECK(waitpid(child, &status, __WALL) == child && killed_by(status, SIGKILL));
	REFUSED(waitpid(child, &status, __WALL), ECHILD);
}

/* ---- the parent is another process ---- */

static int ids[2], asks[2], answers[2], ignores;

/* Makes a child, and says, whenever it is asked, what a wait for it gives. */
static void parent(void)
{
	pid_t child;
	char byte;
	long seen;

	if (ignores)
		CHECK(signal(SIGCHLD, SIG_IGN) != SIG_ERR);
	child = fork();
	if (child == 0) {
		pause();
		_exit(1);
	}
	CHECK(write(ids[1], &child, sizeof(child)) == sizeof(child));
	while (read(asks[0], &byte, 1) == 1 && byte == '?') {
		seen = wait_raw(child, WNOHANG);
		CHECK(write(answers[1], &seen, sizeof(seen)) == sizeof(seen));
	}
}

static long parent_sees(void)
{
	long seen;

	CHECK(write(asks[1], "?", 1) == 1 && read(answers[0], &seen, sizeof(seen)) == sizeof(seen));
	return seen;
}

/* A tracer between them, which ends. */
static void take_and_end(void)
{
	siginfo_t info;

	CHECK(ptrace(PTRACE_SEIZE, tracee, 0, 0) == 0);
	CHECK(kill(tracee, SIGTERM) == 0);
	CHECK(waitpid(tracee, NULL, __WALL) == tracee); /* before the signal */
	CHECK(ptrace(PTRACE_CONT, tracee, 0, SIGTERM) == 0);
	CHECK(waitid(P_PID, (id_t)tracee, &info, WEXITED | WNOWAIT | __WALL) == 0 && info.si_code == CLD_KILLED);
	CHECK(parent_sees() == 0);
}

static void end_of_anothers_child(int tracer_ends)
{
	pid_t between;
	int status;

	CHECK(pipe(ids) == 0 && pipe(asks) == 0 && pipe(answers) == 0);
	between = child_of(parent);
	CHECK(read(ids[0], &tracee, sizeof(tracee)) == sizeof(tracee));
	CHECK(parent_sees() == 0);
	if (tracer_ends) {
		CHECK(exited_with(status_of(take_and_end), 0));
	} else {
		take_and_end();
		CHECK(waitpid(tracee, &status, __WALL) == tracee && killed_by(status, SIGTERM));
		REFUSED(waitpid(tracee, &status, __WALL), ECHILD);
	}
	CHECK(parent_sees() == (ignores ? -ECHILD : tracee));
	CHECK(parent_sees() == -ECHILD);
	CHECK(write(asks[1], ".", 1) == 1 && exited_with(end_of(between), 0));
	for (int i = 0; i < 2; i++)
		CHECK(close(ids[i]) == 0 && close(asks[i]) == 0 && close(answers[i]) == 0);
}

int main(void)
{
	int status;

	tracee = traced(stop_twice, 0);
	by_whom();
	status = go_on(tracee, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGSTOP));
	CHECK(exited_with(go_on(tracee, PTRACE_CONT, 0), 0));
	goes_on();
	for (ignores = 0; ignores < 2; ignores++)
		for (int ends = 0; ends < 2; ends++)
			end_of_anothers_child(ends);
	return 0;
}
