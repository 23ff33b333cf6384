/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mremap-without-memory-loses-nothing - whichever allocation of an mremap fails, the page is either
 * where it was, with nothing at the new place, or at the new place. The new place continues an
 * older mapping but needs a page table of its own; the page is the middle one of its mapping.
 */
#include "failing.h"

#include <sys/mman.h>

#define PAGE 4096UL
#define TABLE (512 * PAGE) /* what one table of the lowest level maps */

static char *map(char *at, size_t pages)
{
	char *p = mmap(at, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);

	CHECK(p == at);
	return p;
}

static int is_mapped(char *page)
{
	return raw(SYS_msync, (long)page, PAGE, MS_ASYNC, 0, 0, 0) == 0;
}

/* With the Nth allocation failing: whether it did. */
static int try(char *room, unsigned n)
{
	char *neighbour = map(room + TABLE - PAGE, 1), *to = room + TABLE, *from = map(room + 4 * TABLE, 3) + PAGE;
	long moved;
	int failed;

	memset(neighbour, 'n', PAGE);
	memset(from - PAGE, 'f', 3 * PAGE);
	arm(n);
	moved = raw(SYS_mremap, (long)from, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, (long)to, 0);
	failed = left() == 0;
	arm(0);
	if (moved == -ENOMEM) {
		CHECK(failed);
		CHECK(!is_mapped(to));
		CHECK(from[0] == 'f' && from[PAGE - 1] == 'f');
	} else {
		CHECK(moved == (long)to);
		CHECK(to[0] == 'f' && to[PAGE - 1] == 'f');
	}
	CHECK(neighbour[0] == 'n' && from[-1] == 'f' && from[PAGE] == 'f');
	CHECK(munmap(room, 6 * TABLE) == 0);
	return failed;
}

int main(void)
{
	char *room = mmap(NULL, 8 * TABLE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	unsigned n = 1;

	CHECK(room != MAP_FAILED);
	CHECK(munmap(room, 8 * TABLE) == 0);
	room = (char *)(((unsigned long)room + TABLE - 1) & ~(TABLE - 1));
	open_knob();
	while (try(room, n))
		n++;
	printf("%u allocations\n", n - 1);
	CHECK(n > 2);
	return 0;
}
