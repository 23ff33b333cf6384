/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent-call-killed - a call that does not exist can still be fatal.
 */
#include "guest.h"

int main(void)
{
	CHECK(INSTALL(0, ON(1000, SECCOMP_RET_KILL_PROCESS)) == 0);
	raw0(1000);
	return 1;
}
