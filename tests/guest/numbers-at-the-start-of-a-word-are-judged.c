/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * numbers-at-the-start-of-a-word-are-judged - a filter looks at the argument of one call alone,
 * whose number is a multiple of 64, or next to one, and its answers are not the gate's to give: the
 * neighbours' answers do not matter. (To Linux they are numbers like others.)
 */
#include "guest.h"

static unsigned number;

/* RET_TRACE without a tracer is ENOSYS. */
static void look_at_argument(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(number, 4), LOAD(ARG_LOW(0)), SKIP_UNLESS(1, 1),
		      RETURN(SECCOMP_RET_TRACE | 5), RETURN(ERRNO(9)), ALLOW) == 0);
	CHECK(raw1(number, 1) == -ENOSYS && raw1(number, 2) == -9);
	CHECK(raw(number, 1, 2, 3, 4, 5, 6) == -ENOSYS && raw1(number, 0) == -9);
}

int main(void)
{
	for (unsigned word = 1; word < 8; word++)
		for (number = 64 * word - 1; number <= 64 * word + 1; number++)
			CHECK(exited_with(status_of(look_at_argument), 0));
	return 0;
}
