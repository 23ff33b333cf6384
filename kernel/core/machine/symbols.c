/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbols.c - looks addresses up in the packed table that the build appends; tools/symbols.c makes it and tells of its form.
 */
#include "symbols.h"

#include <stddef.h>

#define DEPTH 32 /* of pairs in pairs; a deeper name is cut */

extern char kernel_start[], kernel_text_end[];

/* From build/symbols.S; empty in the first link. */
extern const uint8_t symbol_sizes[], symbol_names[], symbol_pairs[256][2];

/* Appends what CODE stands for to the N bytes in NAME, which holds SIZE; how many it holds then. */
static size_t unpack(uint8_t code, char *name, size_t n, size_t size)
{
	uint8_t left[DEPTH]; /* what is still to be looked at, the last one first */
	unsigned depth = 0;

	left[depth++] = code;
	while (depth > 0 && n + 1 < size) {
		const uint8_t *pair = symbol_pairs[left[--depth]];

		if (pair[1] == 0) {
			name[n++] = (char)pair[0];
		} else if (depth + 2 <= DEPTH) {
			left[depth++] = pair[1];
			left[depth++] = pair[0];
		}
	}
	return n;
}

/* The next size, in bytes; moves *FROM behind it. */
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
	const uint8_t *sizes = symbol_sizes, *name = symbol_names;
	uint64_t start = (uint64_t)kernel_start + next_size(&sizes), size;
	size_t n = 0;

	*offset = 0;
	if (addr < start || addr >= (uint64_t)kernel_text_end || *name == 0)
		return "?";
	for (; (size = next_size(&sizes)) != 0 && addr - start >= size; start += size)
		while (*name++ != 0)
			;
	for (; *name != 0; name++)
		n = unpack(*name, text, n, sizeof(text));
	text[n] = '\0';
	*offset = addr - start;
	return text;
}
