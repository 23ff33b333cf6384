/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errno-under-flag-log-is-logged - FILTER_FLAG_LOG makes a denial visible:
 * sig=0, the action without its data.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getppid, ERRNO(13))) == 0);
	CHECK(raw0(SYS_getppid) == -13);
	return 0;
}
