/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * parent-filter-after-fork-leaves-its-child-alone - what a parent installs
 * after fork does not bind the child.
 */
#include "guest.h"

int main(void)
{
	int fds[2], status;
	char byte;

	CHECK(pipe2(fds, 0) == 0);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		CHECK(read(fds[0], &byte, 1) == 1);
		_exit(raw0(SYS_getppid) > 0 ? 0 : 1);
	}
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	CHECK(write(fds[1], "x", 1) == 1);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	return 0;
}
