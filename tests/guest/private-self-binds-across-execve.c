/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * private-self-binds-across-execve - a SELF filter still binds its installer after execve.
 */
#include "guest.h"

int main(int argc, char **argv)
{
	char *const again[] = { argv[0], "again", NULL };

	if (argc > 1)
		return (int)-raw0(SYS_getppid);
	CHECK(INSTALL(FLAG_PRIVATE_SELF, ON(SYS_getppid, ERRNO(77))) == 0);
	execve((char *)getauxval(AT_EXECFN), again, environ);
	return 1;
}
