/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uname-says-linux - the system calls itself Linux, of a release that programs can parse, on its
 * machine; and by the name that an administrator gave it.
 */
#include "guest.h"

#include <sys/utsname.h>

static struct utsname name;

static void as_nobody(void)
{
	drop_privileges();
	REFUSED(syscall(SYS_sethostname, name.nodename, 65), EPERM);
}

int main(void)
{
	CHECK(uname(&name) == 0);
	CHECK(strcmp(name.sysname, "Linux") == 0);
	CHECK(name.release[0] >= '4' && name.release[0] <= '9' && name.release[1] == '.');
#ifdef __riscv
	CHECK(strcmp(name.machine, "riscv64") == 0);
#endif
	/* The same name again: this may be somebody's machine. */
	CHECK(syscall(SYS_sethostname, name.nodename, strlen(name.nodename)) == 0);
	REFUSED(syscall(SYS_sethostname, name.nodename, 65), EINVAL);
	REFUSED(syscall(SYS_setdomainname, name.nodename, -1), EINVAL);
	REFUSED(syscall(SYS_sethostname, (void *)8, 3), EFAULT);
	CHECK(exited_with(status_of(as_nobody), 0));
	CHECK(uname(&name) == 0 && name.nodename[0] != 0);
	return 0;
}
