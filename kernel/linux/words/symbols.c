/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbols.c - looks up addresses in the packed table that the build appends to an image with words.
 * tools/symbols.c makes the table and describes its form.
 */
#include "names.h"

#include <stddef.h>
#include <string.h>

#define DEPTH 32 /* most codes that wait to be unpacked; those beyond are left out of the name */

extern char kernel_start[], kernel_text_end[];

/*
 * The table, which boot/kernel.lds places behind all that is linked. An image may be made without
 * one.
 */
extern const struct {
	uint8_t magic[4];
	uint32_t names; /* where the names begin in bytes[] */
	uint8_t pairs[256][2];
	uint8_t bytes[];
} symbols;

/*
 * Appends the text that CODE stands for to the N bytes in NAME, which has room for SIZE. Returns
 * the new N.
 */
static size_t symbols_unpack(uint8_t code, char *name, size_t n, size_t size)
{
	uint8_t left[DEPTH]; /* codes that are still to be unpacked, the next one last */
	unsigned depth = 0;

	left[depth++] = code;
	while (depth > 0 && n + 1 < size) {
		const uint8_t *pair = symbols.pairs[left[--depth]];

		if (pair[1] == 0) {
			name[n++] = (char)pair[0];
		} else if (depth + 2 <= DEPTH) {
			left[depth++] = pair[1];
			left[depth++] = pair[0];
		}
	}
	return n;
}

/* Reads a function's size, in bytes, and moves *FROM behind it. */
static uint64_t next_size(const uint8_t **from)
{
	uint64_t units = 0;
	unsigned shift = 0;

	for (;; shift += 7) {
		const uint8_t byte = *(*from)++;

		units |= (uint64_t)(byte & 127) << shift;
		if (byte < 128)
			return 2 * units;
	}
}

const char *symbol_name(uint64_t addr, uint64_t *offset)
{
	static char text[64];
	const uint8_t *sizes = symbols.bytes, *name = symbols.bytes + symbols.names;
	uint64_t start, size;
	size_t n = 0;

	*offset = 0;
	if (memcmp(symbols.magic, "SYMS", sizeof(symbols.magic)) != 0)
		return "?";
	start = (uint64_t)kernel_start + next_size(&sizes);
	if (addr < start || addr >= (uint64_t)kernel_text_end)
		return "?";
	for (; (size = next_size(&sizes)) != 0 && addr - start >= size; start += size)
		while (*name++ != 0)
			;
	for (; *name != 0; name++)
		n = symbols_unpack(*name, text, n, sizeof(text));
	text[n] = '\0';
	*offset = addr - start;
	return text;
}
