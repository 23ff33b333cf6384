/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-path-budget-is-per-path - a child that used up its budget leaves its
 * parent's and its siblings' untouched.
 */
#include "guest.h"

static struct sock_filter longest[4096];

static void fill(void)
{
	for (int i = 0; i < 3; i++)
		CHECK(install_filter(0, longest, 4096) == 0);
	REFUSED(install_filter(0, longest, 4096), ENOMEM);
}

int main(void)
{
	for (int i = 0; i < 4096; i++)
		longest[i] = (struct sock_filter)ALLOW;
	set_no_new_privs();
	CHECK(exited_with(status_of(fill), 0));
	CHECK(exited_with(status_of(fill), 0));
	fill();
	return 0;
}
