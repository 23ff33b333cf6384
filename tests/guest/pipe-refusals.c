/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe-refusals - nonblocking ends say EAGAIN, wrong ends EBADF, a pipe cannot be
 * sought, unknown flags are EINVAL.
 */
#include "guest.h"

int main(void)
{
	static char full[65536];
	char byte;
	int fds[2];

	REFUSED(pipe2(fds, 0x10000000), EINVAL);
	CHECK(pipe2(fds, O_NONBLOCK | O_CLOEXEC) == 0);
	CHECK(fcntl(fds[0], F_GETFD) == FD_CLOEXEC);
	REFUSED(read(fds[0], &byte, 1), EAGAIN);
	REFUSED(read(fds[1], &byte, 1), EBADF);
	REFUSED(write(fds[0], "x", 1), EBADF);
	REFUSED(lseek(fds[0], 0, SEEK_SET), ESPIPE);
	while (write(fds[1], full, sizeof(full)) > 0)
		;
	CHECK(errno == EAGAIN);
	REFUSED(write(fds[1], "x", 1), EAGAIN);
	return 0;
}
