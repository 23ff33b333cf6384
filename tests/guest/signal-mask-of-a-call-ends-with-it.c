/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-mask-of-a-call-ends-with-it - a call that waits with a mask of its own begins anew after a
 * stop, with the older mask in between: a signal that only the call's mask blocks is taken then,
 * and in the end the older mask is there. What is ignored, or has no effect on the first process of
 * a namespace, has none either when it was blocked before.
 */
#include "files.h"
#include "rows.h"

static int pipes[2];
static volatile int usr1, usr2;

static void note(int number)
{
	if (number == SIGUSR1)
		usr1++;
	else if (++usr2)
		CHECK(write(pipes[1], "x", 1) == 1);
}

static sigset_t set_of(int number)
{
	sigset_t set;

	sigemptyset(&set);
	if (number != 0)
		sigaddset(&set, number);
	return set;
}

static void look_at_mask(void)
{
	sigset_t now;

	CHECK(sigprocmask(SIG_BLOCK, NULL, &now) == 0);
	CHECK(sigismember(&now, SIGUSR1) && !sigismember(&now, SIGUSR2) && !sigismember(&now, SIGWINCH));
}

static void prepare(void)
{
	const sigset_t blocked = set_of(SIGUSR1);

	CHECK(pipe(pipes) == 0);
	signal(SIGUSR1, note);
	signal(SIGUSR2, note);
	CHECK(sigprocmask(SIG_SETMASK, &blocked, NULL) == 0);
}

static void suspend(void)
{
	const sigset_t while_waiting = set_of(SIGWINCH);

	prepare();
	REFUSED(sigsuspend(&while_waiting), EINTR);
	CHECK(usr1 == 1);
	look_at_mask();
}

static void wait_for_pipe(void)
{
	struct pollfd p = { .events = POLLIN };
	const struct timespec limit = { 20, 0 };
	const sigset_t while_waiting = set_of(SIGUSR2);

	prepare();
	p.fd = pipes[0];
	CHECK(syscall(SYS_ppoll, &p, 1, &limit, &while_waiting, 8) == 1);
	CHECK(usr1 == 0 && usr2 == 1);
	look_at_mask();
}

/* Stops a child that runs BODY and has it go on; sends it FIRST before, and LAST after. */
static void stop(void (*body)(void), int first, int last)
{
	const pid_t child = child_of(body);
	int status;

	until_asleep(child);
	if (first != 0)
		CHECK(kill(child, first) == 0);
	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
	CHECK(kill(child, SIGCONT) == 0);
	if (last != 0) {
		until_asleep(child);
		CHECK(kill(child, last) == 0);
	}
	CHECK(exited_with(end_of(child), 0));
}

static void suspend_row(void)
{
	stop(suspend, 0, SIGUSR1);
}

static void poll_row(void)
{
	stop(wait_for_pipe, SIGUSR2, 0);
}

static void ignored_row(void)
{
	const sigset_t blocked = set_of(SIGUSR1), none = set_of(0);

	signal(SIGUSR1, SIG_IGN);
	CHECK(sigprocmask(SIG_SETMASK, &blocked, NULL) == 0);
	raise(SIGUSR1);
	CHECK(sigprocmask(SIG_SETMASK, &none, NULL) == 0);
}

/* The first process of a namespace does not end by a signal that it has sent itself. */
static int be_first(void *unused)
{
	const sigset_t blocked = set_of(SIGTERM), none = set_of(0);
	sigset_t pending;

	(void)unused;
	CHECK(getpid() == 1);
	CHECK(sigprocmask(SIG_SETMASK, &blocked, NULL) == 0);
	CHECK(kill(1, SIGTERM) == 0);
	CHECK(sigpending(&pending) == 0 && sigismember(&pending, SIGTERM));
	CHECK(sigprocmask(SIG_SETMASK, &none, NULL) == 0);
	CHECK(sigpending(&pending) == 0 && !sigismember(&pending, SIGTERM));
	_exit(7);
}

static int sleep_first(void *unused)
{
	(void)unused;
	while (pause() != 0)
		;
	return 0;
}

static pid_t first_of_namespace(int (*body)(void *))
{
	static char stack[65536] __attribute__((aligned(16)));
	const pid_t child = clone(body, stack + sizeof(stack), CLONE_NEWPID | SIGCHLD, NULL);

	CHECK(child > 0);
	return child;
}

/* Who is outside stops and kills it. */
static void first_row(void)
{
	pid_t child = first_of_namespace(be_first);
	int status;

	CHECK(exited_with(end_of(child), 7));
	child = first_of_namespace(sleep_first);
	CHECK(kill(child, SIGTERM) == 0 && kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status));
	CHECK(kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
}

int main(void)
{
	static const struct body all[] = {
		{ "suspend", suspend_row },
		{ "poll", poll_row },
		{ "ignored", ignored_row },
		{ "first", first_row },
	};

	return run_rows(all, COUNT_OF(all));
}
