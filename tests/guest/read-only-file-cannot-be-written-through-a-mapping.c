/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read-only-file-cannot-be-written-through-a-mapping - a shared mapping of a file that
 * was opened for reading cannot be made writable, by mmap or by mprotect; a private one
 * can, and the file stays as it was.
 */
#include "files.h"

int main(void)
{
	const int fd = open("/proc/self/exe", O_RDONLY);
	char *shared, *own;

	CHECK(fd >= 0);
	REFUSED(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), EACCES);
	shared = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	own = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(shared != MAP_FAILED && own != MAP_FAILED);
	REFUSED(mprotect(shared, 4096, PROT_READ | PROT_WRITE), EACCES);
	CHECK(mprotect(own, 4096, PROT_READ | PROT_WRITE) == 0);
	own[1] = 'X';
	CHECK(shared[1] == 'E');
	return 0;
}
