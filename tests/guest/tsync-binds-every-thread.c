/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-binds-every-thread - FLAG_TSYNC gives the caller's whole stack to all threads, also to
 * those without a filter so far.
 */
#include "siblings.h"

static struct sibling one, two;

int main(void)
{
	sibling_start(&one);
	sibling_start(&two);
	CHECK(INSTALL(0, ON(SYS_getpgid, ERRNO(7))) == 0);
	CHECK(sibling_do(&one, CALL_GETPPID) > 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ON(SYS_getppid, ERRNO(8))) == 0);
	CHECK(sibling_do(&one, CALL_GETPPID) == -8);
	CHECK(sibling_do(&two, CALL_GETPPID) == -8);
	CHECK(raw0(SYS_getpgid) == -7);
	CHECK(sibling_do(&two, INSTALL_ONE) == 0);
	sibling_leave(&one);
	sibling_leave(&two);
	return 0;
}
