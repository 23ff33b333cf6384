/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * equal-stacks-of-strangers-answer-alike - processes that install the same filters one by one,
 * not inherited, get the same verdicts; so do those whose filters are the same but for their
 * order or a flag, each its own.
 */
#include "guest.h"

static void install(int which)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(which == 1 ? 5 : 6, 1),
		      RETURN(ERRNO(which)), ALLOW) == 0);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getuid, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(5, 1),
		      RETURN(ERRNO(10 + which)), ALLOW) == 0);
}

static void check(int newest)
{
	CHECK(raw1(SYS_getppid, 4) > 0 && raw1(SYS_getuid, 4) == raw0(SYS_getuid));
	CHECK(raw1(SYS_getppid, 5) == -1 && raw1(SYS_getppid, 6) == -2);
	CHECK(raw1(SYS_getuid, 5) == -10 - newest);
}

int main(void)
{
	int go[2], ready[2];
	char byte;

	CHECK(pipe(go) == 0 && pipe(ready) == 0);
	set_no_new_privs();
	for (int i = 0; i < 12; i++) {
		const pid_t pid = fork();

		CHECK(pid >= 0);
		if (pid != 0)
			continue;
		close(go[1]);
		for (int again = 0; again <= i % 3; again++) {
			install(i % 2 ? 1 : 2);
			install(i % 2 ? 2 : 1);
		}
		CHECK(write(ready[1], "", 1) == 1);
		CHECK(read(go[0], &byte, 1) >= 0);
		check(i % 2 ? 2 : 1);
		_exit(0);
	}
	/* Half of them end first: the others' verdicts outlive them. */
	for (int i = 0; i < 12; i++)
		CHECK(read(ready[0], &byte, 1) == 1);
	CHECK(write(go[1], "123456", 6) == 6);
	for (int i = 0; i < 12; i++) {
		int status;

		if (i == 6)
			close(go[1]);
		CHECK(wait(&status) > 0 && exited_with(status, 0));
	}
	return 0;
}
