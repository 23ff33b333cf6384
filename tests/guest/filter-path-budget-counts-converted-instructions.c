/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-path-budget-counts-converted-instructions - a RET costs 2 after Linux's conversion: three
 * programs of 4096 RETs fit, not seven; then 908 short ones.
 */
#include "guest.h"

static struct sock_filter longest[4096];

int main(void)
{
	int installed = 0;

	for (int i = 0; i < 4096; i++)
		longest[i] = (struct sock_filter)ALLOW;
	set_no_new_privs();
	for (int i = 0; i < 3; i++)
		CHECK(install_filter(0, longest, 4096) == 0);
	REFUSED(install_filter(0, longest, 4096), ENOMEM);
	while (installed < 2000 && INSTALL(0, ALLOW) == 0)
		installed++;
	CHECK(errno == ENOMEM);
	CHECK(installed == 908);
	return 0;
}
