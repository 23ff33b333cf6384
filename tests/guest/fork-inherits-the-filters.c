/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork-inherits-the-filters - a child is judged by its parent's stack, and
 * is in mode 2 with no_new_privs.
 */
#include "guest.h"

static void look(void)
{
	CHECK(raw0(SYS_getppid) == -5);
	CHECK(prctl(PR_GET_SECCOMP) == 2);
	CHECK(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
}

int main(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	CHECK(exited_with(status_of(look), 0));
	return 0;
}
