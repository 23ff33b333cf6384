/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * child-filter-leaves-its-parent-alone - what a child installs binds neither parent nor sibling.
 */
#include "guest.h"

static void deny(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	CHECK(raw0(SYS_getppid) == -5);
}

static void look(void)
{
	CHECK(raw0(SYS_getppid) > 0);
	CHECK(prctl(PR_GET_SECCOMP) == 0);
}

int main(void)
{
	CHECK(exited_with(status_of(deny), 0));
	look();
	CHECK(exited_with(status_of(look), 0));
	return 0;
}
