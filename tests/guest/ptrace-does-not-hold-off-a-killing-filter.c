/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-does-not-hold-off-a-killing-filter - the SIGSYS by which a filter kills does not stop for
 * the tracer, who could take it away: whether it is blocked, has a handler, or neither. That of a
 * TRAP does.
 */
#include "tracing.h"

static unsigned action;
static int blocked, handled;

static void handler(int sig)
{
	(void)sig;
}

static void calls(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGSYS);
	if (blocked)
		sigprocmask(SIG_BLOCK, &set, NULL);
	if (handled)
		signal(SIGSYS, handler);
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, action)) == 0);
	raw0(SYS_getppid);
}

int main(void)
{
	static const unsigned kills[] = { SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_KILL_THREAD };
	pid_t child;
	int status;

	for (unsigned i = 0; i < 8; i++) {
		action = kills[i & 1];
		blocked = i & 2;
		handled = i & 4;
		status = go_on(traced(calls, 0), PTRACE_CONT, 0);
		CHECK(killed_by(status, SIGSYS));
	}
	action = SECCOMP_RET_TRAP;
	blocked = handled = 0;
	child = traced(calls, 0);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGSYS));
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 0));
	return 0;
}
