/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-that-fails-leaves-no-listener - NEW_LISTENER with TSYNC and TSYNC_ESRCH: where a thread
 * cannot follow there is neither filter nor descriptor; once it is gone there are both.
 */
#include "notify.h"
#include "siblings.h"

#define FLAGS (SECCOMP_FILTER_FLAG_NEW_LISTENER | SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_TSYNC_ESRCH)

static struct sibling one;

int main(void)
{
	const int next = dup(2);
	long fd;

	close(next);
	set_no_new_privs();
	sibling_start(&one);
	CHECK(sibling_do(&one, INSTALL_ONE) == 0);
	REFUSED(INSTALL(FLAGS, ON(SYS_getppid, SECCOMP_RET_USER_NOTIF)), ESRCH);
	REFUSED(fcntl(next, F_GETFD), EBADF);
	CHECK(raw0(SYS_getppid) > 0 && sibling_do(&one, CALL_GETPPID) > 0);
	sibling_leave(&one);
	fd = INSTALL(FLAGS, ON(SYS_getppid, SECCOMP_RET_USER_NOTIF));
	CHECK(fd == next && fcntl(next, F_GETFD) == FD_CLOEXEC);
	close(next);
	CHECK(raw0(SYS_getppid) == -ENOSYS);
	return 0;
}
