/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe-carries-bytes-in-order - a megabyte goes through a pipe from child to parent,
 * blocking as it must, and ends with 0.
 */
#include "guest.h"

static unsigned char buffer[5000];

int main(void)
{
	int fds[2], status;
	long total = 0;
	ssize_t n;

	CHECK(pipe(fds) == 0);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		close(fds[0]);
		for (long sent = 0; sent < 1000000; sent += 4000) {
			for (int i = 0; i < 4000; i++)
				buffer[i] = (unsigned char)((sent + i) * 7);
			CHECK(write(fds[1], buffer, 4000) == 4000);
		}
		_exit(0);
	}
	close(fds[1]);
	while ((n = read(fds[0], buffer, sizeof(buffer))) > 0)
		for (ssize_t i = 0; i < n; i++, total++)
			CHECK(buffer[i] == (unsigned char)(total * 7));
	CHECK(n == 0 && total == 1000000);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 0));
	return 0;
}
