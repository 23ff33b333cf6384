/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-hands-on-no-new-privs - what the caller promised holds for all threads then;
 * without the promise, nobody gets it.
 */
#include "siblings.h"

static struct sibling one;

/* One that has it keeps it, though the other one, which has a capability instead, has not. */
static void takes_none_away(void)
{
	static struct sibling other;

	sibling_start(&other);
	CHECK(sibling_do(&other, SET_NNP) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == 0);
	CHECK(sibling_do(&other, ASK_NNP) == 1);
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0);
}

int main(void)
{
	CHECK(exited_with(status_of(takes_none_away), 0));
	sibling_start(&one);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == 0);
	CHECK(sibling_do(&one, ASK_NNP) == 0);
	set_no_new_privs();
	CHECK(sibling_do(&one, ASK_NNP) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == 0);
	CHECK(sibling_do(&one, ASK_NNP) == 1);
	sibling_leave(&one);
	return 0;
}
