/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe-without-reader-is-sigpipe - a write to a pipe that nobody can read ends the process.
 */
#include "guest.h"

int main(void)
{
	int fds[2];

	CHECK(pipe(fds) == 0);
	close(fds[0]);
	(void)!write(fds[1], "x", 1);
	return 0;
}
