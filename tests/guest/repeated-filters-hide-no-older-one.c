/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * repeated-filters-hide-no-older-one - on stacks of two to fourteen different filters, one of which
 * is put on once more, every one of them still answers, whichever was repeated.
 */
#include "guest.h"

#define FILTERS 14

/*
 * Filter WHICH refuses one value of an argument: by its own errno, or,
 * when it is DEADLY, by killing.
 */
static void install(int which, int deadly)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS((unsigned)which, 1),
		      RETURN(which == deadly ? SECCOMP_RET_KILL_PROCESS : ERRNO(100 + which)), ALLOW) == 0);
}

static int different, repeated;

static void each_answers(void)
{
	for (int i = 1; i <= different; i++)
		install(i, 0);
	install(repeated, 0);
	for (int i = 1; i <= different; i++)
		CHECK(raw1(SYS_getppid, i) == -100 - i);
	CHECK(raw1(SYS_getppid, different + 1) > 0);
}

static void oldest_kills(void)
{
	for (int i = 1; i <= different; i++)
		install(i, 1);
	install(repeated, 1);
	raw1(SYS_getppid, 1);
}

int main(void)
{
	set_no_new_privs();
	for (different = 2; different <= FILTERS; different++)
		for (repeated = 1; repeated <= different; repeated += different > 10 ? 5 : 1)
			CHECK(exited_with(status_of(each_answers), 0));
	repeated = 2;
	for (different = 7; different <= FILTERS; different++)
		CHECK(killed_by(status_of(oldest_kills), SIGSYS));
	return 0;
}
