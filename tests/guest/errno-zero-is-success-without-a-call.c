/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errno-zero-is-success-without-a-call - RET_ERRNO with data 0: the call
 * returns 0 and is not executed.
 */
#include "guest.h"

int main(void)
{
	int fds[2];

	CHECK(pipe2(fds, 0) == 0);
	CHECK(INSTALL(0, ON(SYS_close, ERRNO(0))) == 0);
	CHECK(close(fds[0]) == 0);
	CHECK(fcntl(fds[0], F_GETFD) >= 0);
	CHECK(raw1(SYS_close, -1) == 0);
	return 0;
}
