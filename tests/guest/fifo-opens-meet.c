/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fifo-opens-meet - opening a FIFO waits for the other side; without waiting a writer is
 * refused and a reader reads nothing.
 */
#include "files.h"

int main(void)
{
	char text[8];
	int fd;

	enter_new_folder();
	CHECK(syscall(SYS_mknodat, AT_FDCWD, "fifo", S_IFIFO | 0600, 0) == 0);
	REFUSED(open("fifo", O_WRONLY | O_NONBLOCK), ENXIO);
	fd = open("fifo", O_RDONLY | O_NONBLOCK);
	CHECK(fd >= 0 && read(fd, text, 8) == 0 && is_ready(fd, POLLIN) == 0);
	close(fd);
	if (fork() == 0) {
		sleep_ms(20);
		fd = open("fifo", O_WRONLY);
		_exit(write(fd, "hello", 5) == 5 ? 0 : 1);
	}
	fd = open("fifo", O_RDONLY);
	CHECK(fd >= 0);
	CHECK(read(fd, text, 8) == 5 && read(fd, text, 8) == 0);
	CHECK(is_ready(fd, POLLIN) == POLLHUP);
	CHECK(waitpid(-1, NULL, 0) > 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "fifo", 0) == 0);
	leave_folder();
	return 0;
}
