/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-takes-an-older-stack-along - a thread whose newest filter is one of the caller's older ones
 * may follow; the other way round it may not.
 */
#include "siblings.h"

static struct sibling one;

int main(void)
{
	CHECK(INSTALL(0, ALLOW) == 0);
	sibling_start(&one);
	CHECK(INSTALL(0, ON(SYS_getpgid, ERRNO(7))) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ON(SYS_getppid, ERRNO(8))) == 0);
	CHECK(sibling_do(&one, CALL_GETPPID) == -8);
	CHECK(sibling_do(&one, INSTALL_ONE) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == one.tid);
	sibling_leave(&one);
	return 0;
}
