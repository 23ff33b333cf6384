/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * questions-under-flag-log-are-logged-when-refused - under FLAG_LOG a USER_NOTIF that is answered,
 * and a TRACE that nobody traces, leave a record; one that is to continue leaves none.
 */
#include "notify.h"

static void calls(void)
{
	CHECK(setsid() == getpid());
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getpgid, SECCOMP_RET_TRACE)) == 0);
	CHECK(raw1(SYS_getpgid, 0) == -ENOSYS);
	CHECK(raw0(SYS_getppid) == getpid());
	CHECK(raw1(SYS_getsid, 0) == getpid());
}

int main(void)
{
	const long fd = INSTALL(SECCOMP_FILTER_FLAG_LOG | SECCOMP_FILTER_FLAG_NEW_LISTENER, LOAD_NR,
				SKIP_UNLESS(SYS_getppid, 1), RETURN(SECCOMP_RET_USER_NOTIF), SKIP_UNLESS(SYS_getsid, 1),
				RETURN(SECCOMP_RET_USER_NOTIF), ALLOW);
	struct seccomp_notif n;
	pid_t child;

	CHECK(fd >= 0);
	child = child_of(calls);
	n = receive((int)fd);
	CHECK(answer((int)fd, n.id, 0, n.pid, 0) == 0);
	n = receive((int)fd);
	CHECK(answer((int)fd, n.id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
