/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-kills-getpid - any other call in strict mode ends the thread as by SIGKILL;
 * the record says sig=9 code=0x0.
 */
#include "guest.h"

int main(void)
{
	CHECK(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL) == 0);
	raw0(SYS_getpid);
	raw1(SYS_exit, 1);
	return 1;
}
