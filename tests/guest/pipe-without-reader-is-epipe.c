/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe-without-reader-is-epipe - with SIGPIPE ignored the same write fails with EPIPE.
 */
#include "guest.h"

int main(void)
{
	int fds[2];

	signal(SIGPIPE, SIG_IGN);
	CHECK(pipe(fds) == 0);
	close(fds[0]);
	REFUSED(write(fds[1], "x", 1), EPIPE);
	return 0;
}
