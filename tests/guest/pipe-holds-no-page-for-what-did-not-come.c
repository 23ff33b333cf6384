/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pipe-holds-no-page-for-what-did-not-come - a write that cannot read its memory leaves nothing
 * behind, at the beginning of a page, too; a FIFO that everybody has closed is empty when it is
 * opened again.
 */
#include "files.h"

static char bytes[8192];

int main(void)
{
	const char *closed = mmap(NULL, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int fds[2], again;

	CHECK(pipe2(fds, 0) == 0);
	CHECK(write(fds[1], bytes, 4096) == 4096);
	REFUSED(write(fds[1], closed, 1), EFAULT);
	CHECK(read(fds[0], bytes, sizeof(bytes)) == 4096);
	close(fds[0]);
	close(fds[1]);

	enter_new_folder();
	CHECK(syscall(SYS_mknodat, AT_FDCWD, "fifo", S_IFIFO | 0600, 0) == 0);
	fds[0] = open("fifo", O_RDONLY | O_NONBLOCK);
	fds[1] = open("fifo", O_WRONLY);
	CHECK(fds[0] >= 0 && fds[1] >= 0 && write(fds[1], bytes, sizeof(bytes)) == sizeof(bytes));
	close(fds[0]);
	again = open("fifo", O_RDWR | O_NONBLOCK); /* one end is open still */
	CHECK(read(again, bytes, 10) == 10);
	close(again);
	close(fds[1]);
	again = open("fifo", O_RDWR | O_NONBLOCK);
	REFUSED(read(again, bytes, 1), EAGAIN);
	CHECK(write(again, "x", 1) == 1 && read(again, bytes, 10) == 1 && close(again) == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, "fifo", 0) == 0);
	leave_folder();
	return 0;
}
