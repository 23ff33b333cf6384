/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keep - execve() replaces the program, and keeps its filters: there is no shedding them.
 *
 * Look for: the second program never installed anything and is refused all
 * the same, by the same filter id.
 */
#include "toy.h"

static void ask(const char *who)
{
	EXPECT(getsid(0) == -1 && errno == EPERM);
	say("keep: the %s program's getsid(0): %s\n", who, strerror(EPERM));
}

int main(int argc, char **argv)
{
	char *again[] = { argv[0], "again", NULL };

	if (argc > 1) {
		ask("second");
		EXPECT(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1);
		return 0;
	}
	toy_answer(SYS_getsid, SECCOMP_RET_ERRNO | EPERM);
	ask("first");
	execv(argv[0], again);
	perror("keep: starting itself again");
	return 2;
}
