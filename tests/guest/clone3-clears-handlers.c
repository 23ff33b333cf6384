/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone3-clears-handlers - with CLONE_CLEAR_SIGHAND a child has no handlers, and still ignores what
 * its parent ignores; it cannot share them at the same time.
 */
#include "guest.h"

#define CLEAR_SIGHAND 0x100000000ULL

static void handler(int sig)
{
	_exit(100 + sig);
}

static long handler_of(int sig)
{
	struct {
		uint64_t handler, rest[3];
	} action;

	CHECK(raw(SYS_rt_sigaction, sig, 0, (long)&action, 8, 0, 0) == 0);
	return (long)action.handler;
}

int main(void)
{
	struct {
		uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
	} args = { CLEAR_SIGHAND, 0, 0, 0, SIGCHLD, 0, 0, 0 };
	int status;
	long child;

	CHECK(signal(SIGUSR1, handler) != SIG_ERR && signal(SIGUSR2, SIG_IGN) != SIG_ERR);
	child = syscall(SYS_clone3, &args, sizeof(args));
	CHECK(child >= 0);
	if (child == 0) {
		CHECK(handler_of(SIGUSR1) == 0 && handler_of(SIGUSR2) == 1);
		_exit(0);
	}
	CHECK(handler_of(SIGUSR1) > 1);
	CHECK(waitpid((pid_t)child, &status, 0) == child && exited_with(status, 0));
	args.flags |= CLONE_SIGHAND | CLONE_VM;
	REFUSED(syscall(SYS_clone3, &args, sizeof(args)), EINVAL);
	return 0;
}
