/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-listener-without-room-is-emfile - no descriptor is free: EMFILE, after the program was
 * checked, and before it is asked whether the stack has a listener already; nothing is installed.
 */
#include "notify.h"

#include <sys/resource.h>

int main(void)
{
	struct rlimit all, none;

	CHECK(getrlimit(RLIMIT_NOFILE, &all) == 0);
	none = (struct rlimit){ 0, all.rlim_max };
	CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, { 0x9999, 0, 0, 0 }), EINVAL);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ON(SYS_getppid, ERRNO(1))), EMFILE);
	CHECK(INSTALL(0, ALLOW) == 0); /* it needs none */
	CHECK(raw0(SYS_getppid) > 0);
	CHECK(setrlimit(RLIMIT_NOFILE, &all) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ALLOW) >= 0);
	CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ALLOW), EMFILE);
	CHECK(setrlimit(RLIMIT_NOFILE, &all) == 0);
	REFUSED(INSTALL(SECCOMP_FILTER_FLAG_NEW_LISTENER, ALLOW), EBUSY);
	return 0;
}
