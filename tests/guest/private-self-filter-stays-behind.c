/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * private-self-filter-stays-behind - with private=on, a SELF filter binds its installer, not the
 * child, and the fork says so in the log; of the child's own fork, which leaves nothing behind,
 * nothing is said.
 */
#include "guest.h"

static void ask(void)
{
	CHECK(raw0(SYS_getppid) > 0);
	CHECK(raw0(SYS_getpgid) == -6);
}

static void ask_and_fork(void)
{
	ask();
	CHECK(exited_with(status_of(ask), 0));
}

/* Those of an ancestor are not the child's own, and nothing is said of them. */
static void install_and_fork(void)
{
	CHECK(INSTALL(FLAG_PRIVATE_SELF, ON(SYS_getsid, ERRNO(7))) == 0);
	CHECK(exited_with(status_of(ask), 0));
}

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getpgid, ERRNO(6))) == 0);
	CHECK(INSTALL(FLAG_PRIVATE_SELF, ON(SYS_getppid, ERRNO(5))) == 0);
	CHECK(raw0(SYS_getppid) == -5);
	CHECK(exited_with(status_of(ask_and_fork), 0));
	CHECK(exited_with(status_of(install_and_fork), 0));
	CHECK(raw0(SYS_getppid) == -5);
	return 0;
}
