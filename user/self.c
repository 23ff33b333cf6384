/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * self - SELF, Portcullis' own: a filter for this process alone, which its children do not inherit.
 *
 * Linux has no such thing, so it exists only with ./qemu.sh run --private, and only for whoever may
 * administer the machine (CAP_SYS_ADMIN): a promise that fork() sheds is no promise to others.
 * Look for: `filter=ID not inherited` at the fork, and the answer
 * `unbound` of that filter in the child.
 */
#include "toy.h"

#define SELF (1U << 24)

static void child(void)
{
	EXPECT(getpgid(0) >= 0);
	say("self: the child's getpgid(0) runs: the SELF filter stayed behind\n");
	EXPECT(getsid(0) == -1 && errno == EPERM);
	say("self: its getsid(0): %s: the other filter came along\n", strerror(EPERM));
}

int main(void)
{
	toy_answer(SYS_getsid, SECCOMP_RET_ERRNO | EPERM);
	if (toy_filter(SELF, SYS_getpgid, SECCOMP_RET_ERRNO | EACCES) != 0) {
		say("self: no filter of this kind here: %s\n", strerror(errno));
		return TOY_SKIPPED;
	}
	EXPECT(getpgid(0) == -1 && errno == EACCES);
	say("self: my own getpgid(0): %s\n", strerror(EACCES));
	EXPECT(toy_child(child) == 0);
	return 0;
}
