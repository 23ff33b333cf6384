/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clone-refusals - threads need shared signal handlers, and those shared memory; the signal that
 * tells of the end is 64 at most; and a user chooses no ids.
 */
#include "guest.h"

static long clone3_of(uint64_t exit_signal, const int *tids, uint64_t count)
{
	const struct {
		uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, tids, count;
	} args = { .exit_signal = exit_signal, .tids = (uintptr_t)tids, .count = count };
	const long child = raw(SYS_clone3, (long)&args, sizeof(args), 0, 0, 0, 0);

	if (child == 0)
		raw(SYS_exit_group, 0, 0, 0, 0, 0, 0);
	return child;
}

static long clone3_with(uint64_t exit_signal)
{
	return clone3_of(exit_signal, NULL, 0);
}

/* Ids of one's choice. */
static void chosen(void)
{
	const int tids[] = { 1, 0 }, *const nowhere = (const int *)8;

	drop_privileges();
	CHECK(clone3_of(SIGCHLD, tids, 0) == -EINVAL && clone3_of(SIGCHLD, NULL, 1) == -EINVAL);
	CHECK(clone3_of(SIGCHLD, tids, 33) == -EINVAL && clone3_of(SIGCHLD, tids + 1, 1) == -EINVAL);
	CHECK(clone3_of(SIGCHLD, nowhere, 1) == -EFAULT && clone3_of(SIGCHLD, tids, 1) == -EPERM);
}

/* Who is the first process of a namespace has no siblings; its children may. */
static void first(void)
{
	pid_t child;

	CHECK(getpid() == 1);
	CHECK(raw(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0, 0) == -EINVAL);
	if (fork() == 0) {
		child = (pid_t)raw(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0, 0);
		CHECK(child >= 0);
		_exit(0);
	}
	for (int n = 0; n < 2; n++)
		CHECK(waitpid(-1, NULL, 0) > 0);
	REFUSED(waitpid(-1, NULL, 0), ECHILD);
}

static void in_a_namespace(void)
{
	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	CHECK(status_of(first) == 0);
}

int main(void)
{
	CHECK(signal(64, SIG_IGN) != SIG_ERR && clone3_with(64) > 0);
	CHECK(clone3_with(65) == -EINVAL && clone3_with(1UL << 32 | SIGCHLD) == -EINVAL);
	CHECK(raw(SYS_clone, CLONE_THREAD, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_clone, CLONE_THREAD | CLONE_VM, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_clone, CLONE_SIGHAND, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_clone, CLONE_FS | CLONE_NEWNS, 0, 0, 0, 0, 0) == -EINVAL);
	CHECK(status_of(in_a_namespace) == 0 && status_of(chosen) == 0);
	return 0;
}
