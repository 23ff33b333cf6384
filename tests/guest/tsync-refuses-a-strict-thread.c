/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-refuses-a-strict-thread - a thread in mode strict cannot get filters; whom that stops keeps
 * what descriptors it has.
 */
#include "siblings.h"

static struct sibling one;

int main(void)
{
	sibling_start(&one);
	CHECK(sibling_do(&one, GO_STRICT) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == one.tid);
	CHECK(prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == 0);
	CHECK(dup2(2, 0) == 0 && INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == one.tid);
	CHECK(fcntl(0, F_GETFD) == 0);
	sibling_leave(&one);
	return 0;
}
