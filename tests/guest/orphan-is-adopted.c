/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * orphan-is-adopted - when a parent ends, its child's getppid changes and the child lives on.
 */
#include "guest.h"

int main(void)
{
	int fds[2];
	pid_t seen = -1;

	CHECK(pipe(fds) == 0);
	const pid_t middle = fork();
	CHECK(middle >= 0);
	if (middle == 0) {
		const pid_t me = getpid();
		if (fork() == 0) {
			while (getppid() == me)
				sleep_ms(5);
			seen = getppid();
			CHECK(write(fds[1], &seen, sizeof(seen)) == (ssize_t)sizeof(seen));
		}
		_exit(0);
	}
	CHECK(waitpid(middle, NULL, 0) == middle);
	CHECK(read(fds[0], &seen, sizeof(seen)) == (ssize_t)sizeof(seen));
	CHECK(seen > 0 && seen != middle && seen != getpid());
	return 0;
}
