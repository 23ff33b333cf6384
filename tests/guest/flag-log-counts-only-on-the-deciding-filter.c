/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flag-log-counts-only-on-the-deciding-filter - a filter with FILTER_FLAG_LOG that does not decide
 * does not log another's denial; on a tie the newest decides.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getppid, ERRNO(1))) == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(2))) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ALLOW) == 0);
	CHECK(raw0(SYS_getppid) == -2);
	return 0;
}
