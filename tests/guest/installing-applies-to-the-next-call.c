/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * installing-applies-to-the-next-call - the very next system call is judged by the
 * new filter: here none is allowed.
 */
#include "guest.h"

int main(void)
{
	set_no_new_privs();
	INSTALL(0, RETURN(SECCOMP_RET_KILL_PROCESS));
	return 1;
}
