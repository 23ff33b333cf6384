/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory-that-was-only-read-is-zero-for-each - pages that were read before they were written are
 * zero, and what is written to one of them is seen in no other: not in the mapping, not in a child,
 * not in its parent, and not by what the kernel writes there.
 */
#include "guest.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>

#define PAGE 4096UL
#define PAGES 8UL

static int all_zero(const char *at, unsigned long but)
{
	for (unsigned long i = 0; i < PAGES * PAGE; i++)
		if (at[i] != 0 && i / PAGE != but)
			return 0;
	return 1;
}

static char *map_and_read(int prot)
{
	char *at = mmap(NULL, PAGES * PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(at != MAP_FAILED && all_zero(at, PAGES));
	return at;
}

int main(void)
{
	char *a = map_and_read(PROT_READ | PROT_WRITE), *b = map_and_read(PROT_READ | PROT_WRITE);
	char *c = map_and_read(PROT_READ);
	int fds[2], status;
	pid_t child;

	a[3 * PAGE] = 1;
	CHECK(a[3 * PAGE] == 1 && all_zero(a, 3) && all_zero(b, PAGES) && all_zero(c, PAGES));

	/* By a call. */
	CHECK(pipe(fds) == 0 && write(fds[1], "x", 1) == 1 && read(fds[0], b + 2 * PAGE, 1) == 1);
	CHECK(b[2 * PAGE] == 'x' && all_zero(b, 2) && all_zero(a, 3) && all_zero(c, PAGES));

	/* By a child, and by its parent. */
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		a[4 * PAGE] = 2;
		CHECK(all_zero(c, PAGES) && b[2 * PAGE] == 'x');
		_exit(a[3 * PAGE] == 1 && a[4 * PAGE] == 2 ? 0 : 1);
	}
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	CHECK(all_zero(a, 3) && all_zero(b, 2));
	a[5 * PAGE] = 3;
	CHECK(mprotect(c, PAGES * PAGE, PROT_READ | PROT_WRITE) == 0);
	c[PAGE] = 4;
	CHECK(c[PAGE] == 4 && all_zero(c, 1) && all_zero(map_and_read(PROT_READ), PAGES));

	/* Given back, it is zero again. */
	CHECK(madvise(c, PAGES * PAGE, MADV_DONTNEED) == 0 && all_zero(c, PAGES));
	return 0;
}
