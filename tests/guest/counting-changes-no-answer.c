/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * counting-changes-no-answer - while calls are counted each stack has a gate of its own, even one
 * whose newest filter is the one below it once more: it answers as any other.
 */
#include "guest.h"

static void by(unsigned argument, unsigned value, unsigned action)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getpgid, 3), LOAD(ARG_LOW(argument)), SKIP_UNLESS(value, 1),
		      RETURN(action), ALLOW) == 0);
}

static void older_kills(void)
{
	by(1, 9, SECCOMP_RET_KILL_PROCESS);
	by(0, 7, ERRNO(33));
	by(0, 7, ERRNO(33)); /* shares the code of the one below, and what is known of older ones */
	by(2, 5, ERRNO(34));
	CHECK(raw(SYS_getpgid, 7, 0, 0, 0, 0, 0) == -33);
	CHECK(raw(SYS_getpgid, 7, 0, 5, 0, 0, 0) == -34);
	CHECK(raw(SYS_getpgid, 0, 0, 0, 0, 0, 0) > 0);
	raw(SYS_getpgid, 7, 9, 5, 0, 0, 0);
}

static void repeats(void)
{
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(1))) == 0);
	for (int i = 0; i < 3; i++) {
		by(0, 7, ERRNO(33));
		CHECK(raw(SYS_getpgid, 7, 0, 0, 0, 0, 0) == -33);
		CHECK(raw(SYS_getpgid, 0, 0, 0, 0, 0, 0) > 0);
		CHECK(raw0(SYS_getuid) == -1);
		CHECK(raw0(SYS_getppid) > 0);
	}
	CHECK(INSTALL(0, ALLOW) == 0);
	CHECK(raw(SYS_getpgid, 7, 0, 0, 0, 0, 0) == -33 && raw0(SYS_getuid) == -1);
}

int main(void)
{
	set_no_new_privs();
	CHECK(exited_with(status_of(repeats), 0));
	CHECK(killed_by(status_of(older_kills), SIGSYS));
	return 0;
}
