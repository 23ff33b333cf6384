/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-dead-tracer-lets-go-or-kills - when the tracer ends its tracees go on, out of their stops
 * and untraced; with PTRACE_O_EXITKILL they are killed.
 */
#include "tracing.h"

static int words[2];

/* A byte for each time it may go on; at its end the pipe's last writer is gone. */
static void tracee(void)
{
	CHECK(ptrace(PTRACE_TRACEME, 0, 0, 0) == 0);
	raise(SIGSTOP);
	CHECK(write(words[1], "a", 1) == 1);
	raise(SIGUSR1);
	CHECK(write(words[1], "b", 1) == 1);
	_exit(0);
}

/* Ends while its tracee is stopped before SIGUSR1, which that is not to get. */
static void tracer(long options)
{
	const pid_t child = fork();
	int status;

	if (child == 0)
		tracee();
	CHECK(waitpid(child, &status, 0) == child && IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, options) == 0);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGUSR1));
	_exit(3);
}

/* What the tracee wrote before it ended. */
static size_t bytes_until_end(long options)
{
	char bytes[8];
	size_t n = 0;
	ssize_t got;
	int status;
	pid_t child;

	CHECK(pipe(words) == 0);
	child = fork();
	if (child == 0)
		tracer(options);
	close(words[1]);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 3));
	while ((got = read(words[0], bytes + n, sizeof(bytes) - n)) > 0)
		n += (size_t)got;
	CHECK(got == 0);
	close(words[0]);
	return n;
}

int main(void)
{
	CHECK(bytes_until_end(0) == 2);
	CHECK(bytes_until_end(PTRACE_O_EXITKILL) == 1);
	return 0;
}
