/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict - the first seccomp, of 2005: after one call, read, write, exit
 * and sigreturn are all there is.
 *
 * Look for: exit status 137, that is 128 + SIGKILL, and `by mode strict`:
 * there is no filter to name.
 */
#include "toy.h"

int main(void)
{
	EXPECT(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	say("strict: in strict mode write() works; now getpid()\n");
	syscall(SYS_getpid);
	say("strict: I live?\n");
	syscall(SYS_exit, 1);
	return 1;
}
