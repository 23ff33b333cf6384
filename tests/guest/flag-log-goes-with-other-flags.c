/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flag-log-goes-with-other-flags - FILTER_FLAG_LOG beside TSYNC and SPEC_ALLOW is no less a
 * FILTER_FLAG_LOG, in the thread that installs and in one that gets the filter by TSYNC.
 */
#include "siblings.h"

static struct sibling one;

int main(void)
{
	sibling_start(&one);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG | SECCOMP_FILTER_FLAG_TSYNC | SECCOMP_FILTER_FLAG_SPEC_ALLOW,
		      ON(SYS_getppid, ERRNO(13))) == 0);
	CHECK(raw0(SYS_getppid) == -13);
	CHECK(sibling_do(&one, CALL_GETPPID) == -13);
	sibling_leave(&one);
	return 0;
}
