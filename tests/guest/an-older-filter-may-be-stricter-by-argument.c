/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * an-older-filter-may-be-stricter-by-argument - a newer filter's ERRNO does not hide that
 * an older one kills for another argument, nor that it traps; where the older one is weaker
 * the newer one's answer stands.
 */
#include "guest.h"

static void kills(void)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(1)), SKIP_UNLESS(9, 1),
		      RETURN(SECCOMP_RET_KILL_PROCESS), ALLOW) == 0);
}

static void refuses(int number)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(7, 1),
		      RETURN(ERRNO(number)), ALLOW) == 0);
}

static void both(void)
{
	kills();
	refuses(33);
	CHECK(raw(SYS_getppid, 7, 8, 0, 0, 0, 0) == -33);
	CHECK(raw(SYS_getppid, 8, 8, 0, 0, 0, 0) > 0);
	raw(SYS_getppid, 7, 9, 0, 0, 0, 0);
}

static void other_way_round(void)
{
	refuses(33);
	kills();
	CHECK(raw(SYS_getppid, 7, 8, 0, 0, 0, 0) == -33);
	raw(SYS_getppid, 7, 9, 0, 0, 0, 0);
}

static void newest_of_three(void)
{
	refuses(33);
	refuses(34);
	refuses(33);
	CHECK(raw(SYS_getppid, 7, 9, 0, 0, 0, 0) == -33);
	refuses(34);
	refuses(34);
	CHECK(raw(SYS_getppid, 7, 9, 0, 0, 0, 0) == -34);
	CHECK(raw(SYS_getppid, 6, 9, 0, 0, 0, 0) > 0);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(0))) == 0);
	CHECK(raw(SYS_getppid, 7, 9, 0, 0, 0, 0) == 0);
	refuses(35);
	CHECK(raw(SYS_getppid, 7, 9, 0, 0, 0, 0) == -35);
	CHECK(raw(SYS_getppid, 6, 9, 0, 0, 0, 0) == 0);
}

int main(void)
{
	set_no_new_privs();
	CHECK(killed_by(status_of(both), SIGSYS));
	CHECK(killed_by(status_of(other_way_round), SIGSYS));
	CHECK(exited_with(status_of(newest_of_three), 0));
	return 0;
}
