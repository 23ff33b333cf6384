/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-path-budget-of-short-programs - 3641 one-instruction filters fit on one path; the next is
 * ENOMEM, and the process lives on under the others.
 */
#include "guest.h"

int main(void)
{
	int installed = 0;

	set_no_new_privs();
	while (installed < 4000 && INSTALL(0, ALLOW) == 0)
		installed++;
	CHECK(errno == ENOMEM);
	CHECK(installed == 3641);
	REFUSED(INSTALL(0, ALLOW), ENOMEM);
	CHECK(getppid() > 0);
	return 0;
}
