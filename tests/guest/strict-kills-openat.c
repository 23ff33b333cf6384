/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-kills-openat - no file can be opened.
 */
#include "guest.h"

int main(void)
{
	CHECK(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL) == 0);
	open("/dev/null", O_RDONLY);
	raw1(SYS_exit, 1);
	return 1;
}
