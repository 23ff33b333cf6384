/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * private-self-filters-count-in-the-path-budget - with private=on, a stack with SELF filters may be
 * as long as any other, and what does not fit on it is refused, whichever kind it is.
 */
#include "guest.h"

static struct sock_filter longest[4096];

static void fill(unsigned first, unsigned others)
{
	CHECK(install_filter(first, longest, 4096) == 0);
	CHECK(install_filter(others, longest, 4096) == 0);
	CHECK(install_filter(others, longest, 4096) == 0);
	REFUSED(install_filter(0, longest, 4096), ENOMEM);
	REFUSED(install_filter(FLAG_PRIVATE_SELF, longest, 4096), ENOMEM);
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0); /* a short one fits still */
	CHECK(INSTALL(FLAG_PRIVATE_SELF, ON(SYS_getuid, ERRNO(6))) == 0);
	CHECK(raw0(SYS_getppid) == -5 && raw0(SYS_getuid) == -6);
}

static void private_alone(void)
{
	fill(FLAG_PRIVATE_SELF, FLAG_PRIVATE_SELF);
}

static void private_first(void)
{
	fill(FLAG_PRIVATE_SELF, 0);
}

static void private_later(void)
{
	fill(0, FLAG_PRIVATE_SELF);
}

int main(void)
{
	for (int i = 0; i < 4096; i++)
		longest[i] = (struct sock_filter)ALLOW;
	CHECK(exited_with(status_of(private_alone), 0));
	CHECK(exited_with(status_of(private_first), 0));
	CHECK(exited_with(status_of(private_later), 0));
	return 0;
}
