/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unknown - an answer that the kernel does not know is the strictest one it knows: KILL_PROCESS.
 *
 * Look for: 0x7ffe0000 lies between LOG and ALLOW, the two mildest, and kills all the same. A
 * program can ask first what there is.
 */
#include "toy.h"

int main(void)
{
	const unsigned strange = 0x7ffe0000, trap = SECCOMP_RET_TRAP;

	EXPECT(syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &trap) == 0);
	EXPECT(syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &strange) == -1 && errno == EOPNOTSUPP);
	say("unknown: asked, the kernel knows 0x%x (TRAP), but not 0x%x\n", trap, strange);

	toy_answer(SYS_getppid, strange);
	say("unknown: a filter answers getppid() with 0x%x:\n", strange);
	syscall(SYS_getppid);
	say("unknown: I live?\n");
	return 1;
}
