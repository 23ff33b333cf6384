/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uname-says-linux - the system calls itself Linux, of a release that programs can parse, on its machine.
 */
#include "guest.h"

#include <sys/utsname.h>

int main(void)
{
	struct utsname name;

	CHECK(uname(&name) == 0);
	CHECK(strcmp(name.sysname, "Linux") == 0);
	CHECK(name.release[0] >= '4' && name.release[0] <= '9' && name.release[1] == '.');
#ifdef __riscv
	CHECK(strcmp(name.machine, "riscv64") == 0);
#endif
	return 0;
}
