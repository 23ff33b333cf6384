/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-names-the-thread-that-diverged - a thread with a filter of its own cannot
 * follow: TSYNC returns its id, with TSYNC_ESRCH it is ESRCH, and nobody is bound. When
 * it has ended, it is in nobody's way.
 */
#include "siblings.h"

static struct sibling one, two;

int main(void)
{
	sibling_start(&one);
	sibling_start(&two);
	CHECK(sibling_do(&two, INSTALL_ONE) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ON(SYS_getppid, ERRNO(8))) == two.tid);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_TSYNC_ESRCH, ON(SYS_getppid, ERRNO(8))), ESRCH);
	CHECK(raw0(SYS_getppid) > 0);
	CHECK(sibling_do(&one, CALL_GETPPID) > 0);
	CHECK(sibling_do(&two, CALL_GETPPID) > 0);
	/* Two that diverged are in each other's way, whoever has tried before. */
	CHECK(INSTALL(0, ALLOW) == 0);
	CHECK(sibling_do(&two, INSTALL_FOR_ALL) == getpid());
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ON(SYS_getppid, ERRNO(8))) == two.tid);
	CHECK(sibling_do(&two, CALL_GETPPID) > 0);
	sibling_leave(&two);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ON(SYS_getppid, ERRNO(8))) == 0);
	CHECK(sibling_do(&one, CALL_GETPPID) == -8);
	sibling_leave(&one);
	return 0;
}
