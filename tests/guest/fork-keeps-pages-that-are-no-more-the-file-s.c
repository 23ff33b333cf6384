/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork-keeps-pages-that-are-no-more-the-file-s - a private mapping of a file has pages of its own
 * where it was written to: the child has them, too, whatever became of the mapping since, and
 * beside them the file's.
 */
#include "guest.h"

#include <fcntl.h>
#include <sys/mman.h>

#define PAGE 4096UL
#define PAGES 24UL /* more than one fault brings in */

static char *map;
static unsigned long own;

/* Each page begins with the letter that it had in the file, but for the one that was written to. */
static void look(void)
{
	for (unsigned long i = 0; i < PAGES; i++)
		CHECK(map[i * PAGE] == (i == own ? '!' : (char)('a' + i)));
}

static void child_sees_the_same(void)
{
	CHECK(status_of(look) == 0);
	look();
}

int main(void)
{
	const int fd = open("/tmp/letters", O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (unsigned long i = 0; i < PAGES; i++) {
		static char page[PAGE];

		page[0] = (char)('a' + i);
		CHECK(write(fd, page, PAGE) == PAGE);
	}

	/* Read only: nothing is its own. */
	map = mmap(NULL, PAGES * PAGE, PROT_READ, MAP_PRIVATE, fd, 0);
	CHECK(map != MAP_FAILED);
	own = PAGES;
	child_sees_the_same();

	/* Written to, and then made read only again. */
	CHECK(mprotect(map, PAGES * PAGE, PROT_READ | PROT_WRITE) == 0);
	own = 5;
	map[own * PAGE] = '!';
	CHECK(mprotect(map, PAGES * PAGE, PROT_READ) == 0);
	child_sees_the_same();

	/* Cut in two, so that the page lies in one of them. */
	CHECK(mprotect(map + own * PAGE, PAGE, PROT_READ | PROT_EXEC) == 0);
	child_sees_the_same();
	CHECK(mprotect(map + own * PAGE, PAGE, PROT_READ) == 0);
	child_sees_the_same();

	/* Moved. */
	map = (char *)syscall(SYS_mremap, map, PAGES * PAGE, 2 * PAGES * PAGE, MREMAP_MAYMOVE);
	CHECK(map != MAP_FAILED);
	child_sees_the_same();
	CHECK(munmap(map, 2 * PAGES * PAGE) == 0);

	/* Writable from the start, and written to before it was read. */
	map = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	CHECK(map != MAP_FAILED);
	own = 20;
	map[own * PAGE] = '!';
	child_sees_the_same();
	CHECK(unlink("/tmp/letters") == 0);
	return 0;
}
