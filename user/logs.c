/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * logs - LOG: the call runs, and the kernel notes it. How one learns what a policy would break.
 *
 * Look for: Linux's audit record, which the kernel writes for LOG and for every death,
 * with or without --explain. It names the call by number (173 is getppid) and
 * code=0x7ffc0000, which is LOG.
 */
#include "toy.h"

int main(void)
{
	toy_answer(SYS_getppid, SECCOMP_RET_LOG);
	EXPECT(getppid() >= 0);
	say("logs: getppid() ran\n");
	return 0;
}
