/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * first-and-last-number-are-judged - number 0, 511, after which the tables of answers end, and 512:
 * refused always, by an argument, by the older of two filters, and killed.
 */
#include "guest.h"

static unsigned nr;

static void by(unsigned argument, unsigned value, unsigned action)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(nr, 3), LOAD(ARG_LOW(argument)), SKIP_UNLESS(value, 1), RETURN(action),
		      ALLOW) == 0);
}

static void refused(void)
{
	CHECK(INSTALL(0, ON(nr, ERRNO(77))) == 0);
	CHECK(raw0(nr) == -77);
	by(0, 7, ERRNO(78));
	CHECK(raw1(nr, 7) == -78 && raw1(nr, 8) == -77);
}

static void refused_by_argument(void)
{
	by(0, 7, ERRNO(77));
	CHECK(raw1(nr, 7) == -77 && raw(nr, -1, -1, 0, 0, 0, 0) != -77);
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(1))) == 0);
	CHECK(raw1(nr, 7) == -77 && raw(nr, -1, -1, 0, 0, 0, 0) != -77);
}

static void killed_by_argument(void)
{
	by(1, 9, SECCOMP_RET_KILL_PROCESS);
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(1))) == 0);
	by(0, 7, ERRNO(77));
	CHECK(raw1(nr, 7) == -77);
	raw(nr, 7, 9, 0, 0, 0, 0);
}

static void killed(void)
{
	CHECK(INSTALL(0, ON(nr, SECCOMP_RET_KILL_PROCESS)) == 0);
	raw0(nr);
}

int main(void)
{
	static const unsigned numbers[] = { 0, 511, 512 };

	set_no_new_privs();
	for (unsigned i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		nr = numbers[i];
		CHECK(exited_with(status_of(refused), 0));
		CHECK(exited_with(status_of(refused_by_argument), 0));
		CHECK(killed_by(status_of(killed_by_argument), SIGSYS));
		CHECK(killed_by(status_of(killed), SIGSYS));
	}
	return 0;
}
