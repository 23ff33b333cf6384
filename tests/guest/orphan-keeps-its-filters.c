/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * orphan-keeps-its-filters - a process whose parent has gone is still bound by what it inherited.
 */
#include "guest.h"

int main(void)
{
	int fds[2];
	char byte = 0;

	CHECK(pipe2(fds, 0) == 0);
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(5))) == 0);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		if (fork() == 0) {
			sleep_ms(50);
			byte = raw0(SYS_getuid) == -5 ? 'y' : 'n';
			CHECK(write(fds[1], &byte, 1) == 1);
		}
		_exit(0);
	}
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(read(fds[0], &byte, 1) == 1);
	CHECK(byte == 'y');
	return 0;
}
