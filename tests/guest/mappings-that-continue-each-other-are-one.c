/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mappings-that-continue-each-other-are-one - mprotect splits a mapping, and mprotect back makes it
 * one again, of memory and of a file; what is mapped beside its like joins it; and mmap takes the
 * highest gap that is large enough.
 */
#include "files.h"

#define PAGE 4096UL
#define LARGE (64UL << 10) /* Linux aligns what has megabytes */

static char text[1 << 18];

/* How many mappings are in [START, START + LEN), as /proc says. */
static int mappings(const char *start, unsigned long len)
{
	int n = 0;

	read_text("/proc/self/maps", text, sizeof(text));
	for (const char *line = text; *line != '\0'; line = strchr(line, '\n') + 1) {
		char *dash;
		const unsigned long from = strtoul(line, &dash, 16), to = strtoul(dash + 1, NULL, 16);

		n += from < (unsigned long)start + len && to > (unsigned long)start;
	}
	return n;
}

static void split_and_join(char *p, int prot)
{
	CHECK(mappings(p, 8 * PAGE) == 1);
	CHECK(mprotect(p + 2 * PAGE, PAGE, PROT_NONE) == 0);
	CHECK(mappings(p, 8 * PAGE) == 3);
	CHECK(mprotect(p + 5 * PAGE, 3 * PAGE, PROT_NONE) == 0);
	CHECK(mappings(p, 8 * PAGE) == 4);
	CHECK(mprotect(p + PAGE, 7 * PAGE, PROT_NONE) == 0);
	CHECK(mappings(p, 8 * PAGE) == 2);
	CHECK(mprotect(p + 4 * PAGE, PAGE, prot) == 0);
	CHECK(mappings(p, 8 * PAGE) == 4);
	CHECK(mprotect(p + PAGE, 7 * PAGE, prot) == 0);
	CHECK(mappings(p, 8 * PAGE) == 1);
}

static void of_memory(void)
{
	char *p = mmap(NULL, 10 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED);
	p += PAGE; /* a guard on both sides */
	CHECK(mprotect(p, 8 * PAGE, PROT_READ | PROT_WRITE) == 0);
	memset(p, 7, 8 * PAGE);
	split_and_join(p, PROT_READ | PROT_WRITE);
	for (unsigned long i = 0; i < 8 * PAGE; i++)
		CHECK(p[i] == 7);
	/* A hole, and what fills it. */
	CHECK(munmap(p + 3 * PAGE, PAGE) == 0 && mappings(p, 8 * PAGE) == 2);
	CHECK(mmap(p + 3 * PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
	      p + 3 * PAGE);
	CHECK(mappings(p, 8 * PAGE) == 1 && p[3 * PAGE] == 0 && p[4 * PAGE] == 7);
	CHECK(munmap(p - PAGE, 10 * PAGE) == 0 && mappings(p - PAGE, 10 * PAGE) == 0);
}

static void of_a_file(void)
{
	static char page[PAGE];
	const int fd = open("f", O_CREAT | O_RDWR, 0600);
	char *area = mmap(NULL, 10 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), *p = area + PAGE;

	CHECK(fd >= 0 && area != MAP_FAILED);
	for (int i = 0; i < 8; i++) {
		page[0] = (char)('0' + i);
		CHECK(write(fd, page, PAGE) == (long)PAGE);
	}
	CHECK(mmap(p, 8 * PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 0) == p);
	split_and_join(p, PROT_READ);
	for (unsigned long i = 0; i < 8; i++)
		CHECK(p[i * PAGE] == (char)('0' + i));
	/* Pages of it that do not follow each other stay apart. */
	CHECK(mmap(p, PAGE, PROT_READ, MAP_PRIVATE | MAP_FIXED, fd, 3 * PAGE) == p);
	CHECK(mappings(p, 8 * PAGE) == 2 && p[0] == '3' && p[PAGE] == '1');
	CHECK(munmap(area, 10 * PAGE) == 0 && close(fd) == 0 && unlink("f") == 0);
}

static char *map_large(unsigned long len)
{
	char *p = mmap(NULL, len, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	CHECK(p != MAP_FAILED);
	return p;
}

static void highest_gap(void)
{
	char *area;

	for (int i = 0; i < 200; i++) /* there are no others any more */
		(void)map_large(LARGE);
	area = map_large(16 * LARGE);

	/* 3, 2 and 1 of them, from the top: the lowest gap is the largest. */
	CHECK(munmap(area + 13 * LARGE, LARGE) == 0);
	CHECK(munmap(area + 9 * LARGE, 2 * LARGE) == 0);
	CHECK(munmap(area + 3 * LARGE, 3 * LARGE) == 0);
	CHECK(map_large(2 * LARGE) == area + 9 * LARGE);
	CHECK(map_large(2 * LARGE) == area + 4 * LARGE);
	CHECK(map_large(LARGE) == area + 13 * LARGE);
	CHECK(map_large(LARGE) == area + 3 * LARGE);
	CHECK(map_large(LARGE) == area - LARGE);
	CHECK(munmap(area - LARGE, 17 * LARGE) == 0);
}

int main(void)
{
	enter_new_folder();
	of_memory();
	of_a_file();
	highest_gap();
	leave_folder();
	return 0;
}
