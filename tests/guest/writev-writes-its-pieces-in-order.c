/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * writev-writes-its-pieces-in-order - several buffers are one write; too many are
 * EINVAL, a bad descriptor EBADF.
 */
#include "guest.h"

#include <sys/uio.h>

int main(void)
{
	struct iovec pieces[3] = { { "ab", 2 }, { "", 0 }, { "cde", 3 } };
	char buffer[8] = "";
	volatile int minus_one = -1, too_many = 1025; /* or the compiler objects */
	int fds[2];

	CHECK(pipe(fds) == 0);
	CHECK(writev(fds[1], pieces, 3) == 5);
	CHECK(read(fds[0], buffer, 8) == 5 && memcmp(buffer, "abcde", 5) == 0);
	REFUSED(writev(fds[1], pieces, minus_one), EINVAL);
	REFUSED(writev(fds[1], pieces, too_many), EINVAL);
	REFUSED(writev(1000, pieces, 1), EBADF);
	return 0;
}
