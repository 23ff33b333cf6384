/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * no-new-privs-gives-the-right-to-install - a process without privileges may install once
 * no_new_privs is set, and so may the children and threads that it has then.
 */
#include "siblings.h"

static struct sibling sibling;

static void child_without(void)
{
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0);
	REFUSED(INSTALL(0, ALLOW), EACCES);
}

static void child(void)
{
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
	CHECK(INSTALL(0, ALLOW) == 0);
}

int main(void)
{
	drop_privileges();
	REFUSED(INSTALL(0, ON(SYS_getppid, ERRNO(5))), EACCES);
	CHECK(exited_with(status_of(child_without), 0));
	set_no_new_privs();
	CHECK(exited_with(status_of(child), 0));
	sibling_start(&sibling);
	CHECK(sibling_do(&sibling, ASK_NNP) == 1 && sibling_do(&sibling, INSTALL_ONE) == 0);
	sibling_leave(&sibling);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	CHECK(raw0(SYS_getppid) == -5);
	return 0;
}
