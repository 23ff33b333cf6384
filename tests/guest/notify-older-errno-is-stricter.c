/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-older-errno-is-stricter - nobody is asked about a call that another filter of the
 * stack refuses, killing or not.
 */
#include "notify.h"

int main(void)
{
	int listener;

	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	listener = listen_for(SYS_getppid, 0);
	CHECK(raw0(SYS_getppid) == -5);
	CHECK(polled(listener) == 0);
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_PROCESS)) == 0);
	raw0(SYS_getppid);
	return 0;
}
