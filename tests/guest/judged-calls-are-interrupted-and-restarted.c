/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * judged-calls-are-interrupted-and-restarted - a call that a filter looks at by a computation of its
 * arguments sleeps and is interrupted like any other: EINTR, or it is made again behind the handler.
 */
#include "guest.h"

static int ends[2];

static void on_signal(int number)
{
	(void)number;
	CHECK(write(ends[1], "x", 1) == 1);
}

/* Reads from an empty pipe while a signal comes, whose handler fills it. */
static long read_interrupted(int flags)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = flags };
	const pid_t parent = getpid();
	pid_t child;
	char byte;
	long result;

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		until_asleep(parent);
		_exit(kill(parent, SIGUSR1));
	}
	result = raw(SYS_read, ends[0], (long)&byte, 1, 0, 0, 0);
	CHECK(waitpid(child, NULL, 0) == child);
	return result;
}

int main(void)
{
	char byte;

	CHECK(pipe(ends) == 0);
	set_no_new_privs();
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_read, 12), LOAD(ARG_LOW(0)), BPF_STMT(BPF_MISC | BPF_TAX, 0),
		      LOAD(ARG_LOW(1)), BPF_STMT(BPF_ALU | BPF_MUL | BPF_X, 0), BPF_STMT(BPF_MISC | BPF_TAX, 0),
		      LOAD(ARG_LOW(2)), BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0), BPF_STMT(BPF_MISC | BPF_TAX, 0),
		      LOAD(ARG_LOW(3)), BPF_STMT(BPF_ALU | BPF_MUL | BPF_X, 0), SKIP_UNLESS(7, 1), RETURN(ERRNO(6)),
		      ALLOW) == 0);
	CHECK(read_interrupted(0) == -EINTR);
	CHECK(read(ends[0], &byte, 1) == 1);
	CHECK(read_interrupted(SA_RESTART) == 1);
	return 0;
}
