/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-allows-read-write-exit - in strict mode read and write still
 * work and exit gives its status.
 */
#include "guest.h"

int main(void)
{
	char buffer[4] = "";
	int fds[2];

	CHECK(pipe2(fds, 0) == 0);
	CHECK(seccomp(SECCOMP_SET_MODE_STRICT, 0, NULL) == 0);
	if (raw(SYS_write, fds[1], (long)"abc", 4, 0, 0, 0) != 4)
		raw1(SYS_exit, 1);
	if (raw(SYS_read, fds[0], (long)buffer, 4, 0, 0, 0) != 4)
		raw1(SYS_exit, 2);
	raw1(SYS_exit, buffer[1] == 'b' ? 7 : 3);
	return 1;
}
