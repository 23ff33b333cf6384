/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hundred-thousand-calls - over 100,000 calls of a process and its child, of which a sixth fail:
 * each is answered as the one before it was.
 */
#include "files.h"

#include <sys/wait.h>

int main(void)
{
	const pid_t parent = getppid(), me = getpid(), child = fork();
	int status;

	CHECK(child >= 0);
	for (int i = 0; i < 10000; i++) {
		CHECK(getpid() == me || child == 0);
		CHECK(getppid() == (child == 0 ? me : parent));
		CHECK(getuid() == geteuid() && write(1, "", 0) == 0);
		CHECK(close(1000 + i) == -1 && errno == EBADF);
	}
	if (child == 0)
		return 0;
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	return 0;
}
