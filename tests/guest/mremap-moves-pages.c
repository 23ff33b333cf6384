/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mremap-moves-pages - a mapping that grows or is moved keeps its bytes, what it leaves is
 * unmapped, and what is new reads as zero.
 */
#include "guest.h"

#include <stdbool.h>

#define PAGE 4096UL

static char *map(size_t pages)
{
	return mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static long remap(const char *old, size_t from, size_t to, int flags, const char *where)
{
	const long result = syscall(SYS_mremap, old, from * PAGE, to * PAGE, flags, where);

	return result == -1 ? -errno : result;
}

static bool is_mapped(const char *page)
{
	return access(page, F_OK) == 0 || errno != EFAULT; /* the page as a path */
}

int main(void)
{
	char *a = map(8), *b, *c;

	CHECK(a != MAP_FAILED);
	a[0] = 'a';
	a[3 * PAGE] = 'd';
	/* Less, in place. */
	CHECK(remap(a, 8, 4, 0, NULL) == (long)a);
	CHECK(!is_mapped(a + 4 * PAGE) && is_mapped(a + 3 * PAGE));
	/* More, where something stands in the way: not without leave to move. */
	CHECK(mmap(a + 4 * PAGE, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == a + 4 * PAGE);
	CHECK(mprotect(a + 4 * PAGE, PAGE, PROT_NONE) == 0);
	CHECK(remap(a, 4, 16, 0, NULL) == -ENOMEM);
	b = (char *)remap(a, 4, 16, MREMAP_MAYMOVE, NULL);
	CHECK(b > (char *)PAGE && b != a);
	CHECK(b[0] == 'a' && b[3 * PAGE] == 'd' && b[PAGE] == 0 && b[15 * PAGE] == 0);
	CHECK(!is_mapped(a));
	b[15 * PAGE] = 'p';
	/* To a chosen place, over what is there. */
	c = map(4);
	c[0] = 'c';
	CHECK(remap(b + 12 * PAGE, 4, 4, MREMAP_MAYMOVE | MREMAP_FIXED, c) == (long)c);
	CHECK(c[0] == 0 && c[3 * PAGE] == 'p');
	CHECK(!is_mapped(b + 12 * PAGE) && is_mapped(b + 11 * PAGE));
	/* With the old place kept, but emptied. */
	a = (char *)remap(c, 4, 4, MREMAP_MAYMOVE | MREMAP_DONTUNMAP, NULL);
	CHECK(a > (char *)PAGE && a[3 * PAGE] == 'p' && c[3 * PAGE] == 0);

	CHECK(remap(a + 1, 1, 2, MREMAP_MAYMOVE, NULL) == -EINVAL);
	CHECK(remap(a, 1, 0, 0, NULL) == -EINVAL);
	CHECK(remap(a, 1, 2, 8, NULL) == -EINVAL);
	CHECK(remap(a, 1, 1, MREMAP_FIXED, b) == -EINVAL);
	CHECK(remap(a, 2, 2, MREMAP_FIXED | MREMAP_MAYMOVE, a + PAGE) == -EINVAL);
	CHECK(munmap(b, 12 * PAGE) == 0);
	CHECK(remap(b, 1, 2, MREMAP_MAYMOVE, NULL) == -EFAULT);
	return 0;
}
