/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errno-is-returned-negated - RET_ERRNO's data is the error of the call, which does not happen.
 */
#include "guest.h"

int main(void)
{
	int fds[2];

	CHECK(pipe2(fds, 0) == 0);
	CHECK(INSTALL(0, ON(SYS_close, ERRNO(EPERM))) == 0);
	REFUSED(close(fds[0]), EPERM);
	CHECK(fcntl(fds[0], F_GETFD) >= 0);
	return 0;
}
