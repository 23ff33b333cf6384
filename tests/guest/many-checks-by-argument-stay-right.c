/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-checks-by-argument-stay-right - forty processes at once with sixty filters each, all
 * different and all about an argument: however the kernel stores what it makes of them, and when it
 * has no room for it, the verdicts are the same.
 */
#include "guest.h"

#define CHILDREN 40
#define FILTERS 60

static void child(unsigned id, int ready, int go)
{
	char byte = 0;

	for (unsigned i = 0; i < FILTERS; i++)
		CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_LOW(0)),
			      SKIP_UNLESS(id * FILTERS + i + 1, 1), RETURN(ERRNO(1 + i)), ALLOW) == 0);
	CHECK(write(ready, &byte, 1) == 1);
	CHECK(read(go, &byte, 1) == 0);
	for (unsigned value = 0; value < CHILDREN * FILTERS + 2; value++) {
		const long got = raw1(SYS_getppid, value);

		if (value > id * FILTERS && value <= (id + 1) * FILTERS)
			CHECK(got == -1L - (long)(value - id * FILTERS - 1));
		else
			CHECK(got > 0);
	}
}

int main(void)
{
	int ready[2], go[2];

	CHECK(pipe(ready) == 0 && pipe(go) == 0);
	set_no_new_privs();
	for (int round = 0; round < 2; round++) {
		for (unsigned id = 0; id < CHILDREN; id++) {
			const pid_t pid = fork();

			CHECK(pid >= 0);
			if (pid == 0) {
				close(go[1]);
				child(id, ready[1], go[0]);
				_exit(0);
			}
		}
		for (int i = 0; i < CHILDREN; i++) {
			char byte;

			CHECK(read(ready[0], &byte, 1) == 1);
		}
		close(go[1]);
		for (int i = 0; i < CHILDREN; i++) {
			int status;

			CHECK(wait(&status) > 0 && exited_with(status, 0));
		}
		close(go[0]);
		CHECK(pipe(go) == 0);
	}
	return 0;
}
