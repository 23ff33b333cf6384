/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * files-that-are-left-are-no-leak - a program may leave files in /tmp, large ones too, which the
 * kernel frees in pieces, and some that are open, mapped, or in a folder.
 */
#include "files.h"

static void leave(const char *name, size_t pages)
{
	static const char page[4096] = "x";
	const int fd = open(name, O_RDWR | O_CREAT, 0600);

	CHECK(fd >= 0);
	for (size_t i = 0; i < pages; i++)
		CHECK(write(fd, page, sizeof(page)) == sizeof(page));
	CHECK(mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0) != MAP_FAILED);
}

int main(void)
{
	CHECK(syscall(SYS_mkdirat, AT_FDCWD, "/tmp/left", 0700) == 0);
	leave("/tmp/small", 1);
	leave("/tmp/large", 300);
	leave("/tmp/left/large", 300);
	return 0;
}
