/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-hands-on-no-new-privs - what the caller promised holds for all threads then;
 * without the promise, nobody gets it.
 */
#include "siblings.h"

static struct sibling one;

int main(void)
{
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
