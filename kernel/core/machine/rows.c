/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rows.c - runs many programs in one boot: see rows.h. Called when a run begins, by main(), and
 * when it ends, by power_off().
 */
#include "rows.h"

#include <stdio.h>
#include <string.h>

#include "console.h"
#include "machine.h"
#include "panic.h"
#include "sbi.h"

const struct row *rows_current;

static const struct rows_header *header; /* NULL: no rows */
static uint64_t at;			 /* the number of the row that runs */
static uint64_t boot_hart;
static paddr_t boot_fdt, kernel_pa;

/*
 * boot/restart.S: repeats start-up from its first instruction, as the boot loader begins it, for
 * row NEXT.
 */
_Noreturn void restart(uint64_t hart, paddr_t fdt, uint64_t next, paddr_t kernel);

/* The number of the row in TEXT, which is the rest of the command line. */
static uint64_t rows_number(const char *text)
{
	uint64_t n = 0;

	while (*text >= '0' && *text <= '9' && n <= UINT32_MAX)
		n = n * 10 + (uint64_t)(*text++ - '0');
	if (*text != '\0')
		refuse("main: command line: \"" ROWS_WORD "\" is not followed by the number of a row and nothing else");
	return n;
}

/* Does everything that the header names lie within the initrd? */
static bool header_is_good(const struct rows_header *h, uint64_t size)
{
	if (size < sizeof(*h) || h->magic != ROWS_MAGIC || h->count > (size - sizeof(*h)) / sizeof(h->row[0]))
		return false;
	for (const struct row *r = h->row; r < h->row + h->count; r++) {
		if (r->words >= size || memchr((const char *)h + r->words, '\0', size - r->words) == NULL)
			return false;
		for (unsigned i = 0; i < ROW_ARCHIVES; i++)
			if (r->archive[i].offset > size || r->archive[i].size > size - r->archive[i].offset)
				return false;
	}
	return true;
}

void rows_begin(uint64_t hart, paddr_t fdt, paddr_t kernel, uint64_t next)
{
	const size_t n = strlen(ROWS_WORD);
	const struct rows_header *h = page_virt(machine.initrd.start);

	if (strncmp(machine.bootargs, ROWS_WORD, n) != 0)
		return;
	at = next != 0 ? next : rows_number(machine.bootargs + n);
	if (!header_is_good(h, machine.initrd.size) || at >= h->count)
		refuse("main: the rows of the initrd are damaged");
	header = h;
	boot_hart = hart;
	boot_fdt = fdt;
	kernel_pa = kernel;
	rows_current = &h->row[at];
	machine.bootargs = (const char *)h + rows_current->words;
}

const uint8_t *rows_archive(unsigned i, uint64_t *size)
{
	*size = rows_current->archive[i].size;
	return (const uint8_t *)header + rows_current->archive[i].offset;
}

void rows_end(unsigned status)
{
	char text[16];
	int n;

	if (header == NULL)
		return;
	n = snprintf(text, sizeof(text), ":%u\n", status);
	console_write("\2", 1);
	console_write(header->token, ROWS_TOKEN);
	console_write(text, (size_t)n);
	if (at + 1 == header->count)
		return;
	sbi_set_timer(UINT64_MAX);
	restart(boot_hart, boot_fdt, at + 1, kernel_pa);
}
