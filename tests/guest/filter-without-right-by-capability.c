/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-without-right-by-capability - without no_new_privs a filter needs CAP_SYS_ADMIN, in the
 * effective set, and no other capability will do.
 */
#include "capable.h"

static void with_that_alone(void)
{
	set_capable(SYS_ADMIN);
	CHECK(INSTALL(0, ALLOW) == 0);
}

static void with_all_others(void)
{
	set_capable(capable() & ~SYS_ADMIN);
	REFUSED(INSTALL(0, ALLOW), EACCES);
	set_no_new_privs();
	CHECK(INSTALL(0, ALLOW) == 0);
}

int main(void)
{
	CHECK(capable() & SYS_ADMIN);
	CHECK(exited_with(status_of(with_that_alone), 0));
	CHECK(exited_with(status_of(with_all_others), 0));
	return 0;
}
