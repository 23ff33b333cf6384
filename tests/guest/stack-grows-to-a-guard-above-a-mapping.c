/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack-grows-to-a-guard-above-a-mapping - what grows down ends 256 pages above the mapping below
 * it; but not above one that nobody may access, or that grows itself. [expand_downwards]
 */
#include "files.h"

#define PAGE 4096UL
#define GUARD 256 /* pages */
#define AT 600	  /* the page of the area that grows */

static const struct row {
	const char *name;
	int gap; /* pages between the mapping below and the page that is accessed */
	int prot, flags;
	int grows;
} rows[] = {
	{ "in the guard", 0, PROT_READ, 0, 0 },
	{ "in the guard, further on", GUARD - 1, PROT_READ, 0, 0 },
	{ "above the guard", GUARD, PROT_READ, 0, 1 },
	{ "write", GUARD - 1, PROT_WRITE, 0, 0 },
	{ "execute", GUARD - 1, PROT_EXEC, 0, 0 },
	{ "no access", 0, PROT_NONE, 0, 1 },
	{ "grows down itself", 0, PROT_READ | PROT_WRITE, MAP_GROWSDOWN, 1 },
};

static const struct row *row;

static void touch(void)
{
	const int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
	char *area = mmap(NULL, 1000 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char *below = area + (AT - 2 - row->gap) * PAGE;

	CHECK(area != MAP_FAILED && munmap(area, 1000 * PAGE) == 0);
	CHECK(mmap(area + AT * PAGE, PAGE, PROT_READ | PROT_WRITE, flags | MAP_GROWSDOWN, -1, 0) != MAP_FAILED);
	CHECK(mmap(below, PAGE, row->prot, flags | row->flags, -1, 0) == below);
	*(volatile char *)(area + (AT - 1) * PAGE) = 1;
}

int main(void)
{
	for (row = rows; row < rows + COUNT_OF(rows); row++) {
		const int status = status_of(touch);

		if (!(row->grows ? exited_with(status, 0) : killed_by(status, SIGSEGV))) {
			dprintf(2, "%s: 0x%x\n", row->name, (unsigned)status);
			return 1;
		}
	}
	return 0;
}
