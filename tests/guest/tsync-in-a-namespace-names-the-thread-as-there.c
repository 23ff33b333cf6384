/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-in-a-namespace-names-the-thread-as-there - in a pid namespace, the id that TSYNC returns is
 * the one by which the caller knows the thread that cannot follow.
 */
#include "siblings.h"

static struct sibling one;

static void first(void)
{
	CHECK(getpid() == 1);
	sibling_start(&one);
	CHECK(one.tid == 2);
	CHECK(sibling_do(&one, INSTALL_ONE) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_TSYNC, ALLOW) == 2);
	sibling_leave(&one);
}

static void maker(void)
{
	set_no_new_privs();
	CHECK(raw1(SYS_unshare, CLONE_NEWUSER | CLONE_NEWPID) == 0);
	CHECK(end_of(child_of(first)) == 0);
}

int main(void)
{
	CHECK(status_of(maker) == 0);
	return 0;
}
