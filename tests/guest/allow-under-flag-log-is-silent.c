/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * allow-under-flag-log-is-silent - RET_ALLOW is never logged.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ALLOW) == 0);
	CHECK(getppid() >= 0);
	return 0;
}
