/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * no-new-privs-gives-the-right-to-install - a process without privileges may
 * install once no_new_privs is set.
 */
#include "guest.h"

int main(void)
{
	drop_privileges();
	REFUSED(INSTALL(0, ON(SYS_getppid, ERRNO(5))), EACCES);
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	CHECK(raw0(SYS_getppid) == -5);
	return 0;
}
