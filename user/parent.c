/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * parent - what a child promises binds the child, and its children; never its parent.
 *
 * Look for: the same call, refused to the child and then run for the parent.
 */
#include "toy.h"

static void child(void)
{
	toy_answer(SYS_getsid, SECCOMP_RET_ERRNO | EPERM);
	EXPECT(getsid(0) == -1 && errno == EPERM);
	say("parent: the child filtered itself; its getsid(0): %s\n", strerror(EPERM));
}

int main(void)
{
	EXPECT(toy_child(child) == 0);
	EXPECT(getsid(0) >= 0);
	say("parent: the parent's getsid(0) runs\n");
	return 0;
}
