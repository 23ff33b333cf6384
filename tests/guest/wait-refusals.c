/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wait-refusals - no children, a stranger and unknown options are refused; so are another thread's
 * children with __WNOTHREAD, and of a child that has ended all but its end. WNOHANG with a running
 * child is 0.
 */
#include "guest.h"

static long wait_of_this_thread(pid_t child)
{
	return raw(SYS_wait4, child, 0, WNOHANG | __WNOTHREAD, 0, 0, 0);
}

static pid_t child;
static volatile long seen_by_thread;

static int other_thread(void *unused)
{
	(void)unused;
	seen_by_thread = wait_of_this_thread(child);
	return 0;
}

static pid_t childs_child;

/* Its child is its own no matter which thread ends, when none but this one is left. */
static int makes_a_child(void *unused)
{
	(void)unused;
	childs_child = (pid_t)raw(SYS_clone, SIGCHLD, 0, 0, 0, 0, 0);
	if (childs_child == 0)
		raw(SYS_exit_group, 4, 0, 0, 0, 0, 0);
	return 0;
}

int main(void)
{
	int status;
	siginfo_t info;
	static struct thread thread;

	REFUSED(waitpid(-1, &status, 0), ECHILD);
	REFUSED(waitpid(1, &status, 0), ECHILD);
	REFUSED(waitpid(-1, &status, 0x100), EINVAL);
	REFUSED(waitid(P_ALL, 0, &info, 0), EINVAL);
	REFUSED(waitid(P_ALL, 0, &info, WEXITED), ECHILD);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		sleep_ms(30);
		_exit(3);
	}
	CHECK(waitpid(child, &status, WNOHANG) == 0);
	CHECK(wait_of_this_thread(child) == 0);
	thread_start(&thread, other_thread, NULL);
	thread_join(&thread);
	CHECK(seen_by_thread == -ECHILD);
	REFUSED(waitpid(child + 1, &status, 0), ECHILD);
	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0 && info.si_status == 3);
	REFUSED(waitid(P_PID, (id_t)child, &info, WSTOPPED | WCONTINUED), ECHILD);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 3));
	REFUSED(waitpid(child, &status, 0), ECHILD);
	thread_start(&thread, makes_a_child, NULL);
	thread_join(&thread);
	CHECK(raw(SYS_wait4, childs_child, (long)&status, __WNOTHREAD, 0, 0, 0) == childs_child);
	CHECK(exited_with(status, 4));
	return 0;
}
