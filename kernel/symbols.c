/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbols.c - looks addresses up in the table that the build appends: sorted 32-bit offsets from kernel_start, each with the
 * place of its name in one string.
 */
#include "symbols.h"

extern char kernel_start[], kernel_text_end[];

/* From build/symbols.S; empty in the first link. */
extern const struct {
	uint32_t offset, name;
} symbol_table[];
extern const uint32_t symbol_count;
extern const char symbol_names[];

const char *symbol_name(uint64_t addr, uint64_t *offset)
{
	const uint64_t at = addr - (uint64_t)kernel_start;
	uint32_t low = 0, high = symbol_count;

	*offset = 0;
	if (addr < (uint64_t)kernel_start || addr >= (uint64_t)kernel_text_end || symbol_count == 0 ||
	    at < symbol_table[0].offset)
		return "?";
	while (high - low > 1) {
		const uint32_t middle = low + (high - low) / 2;

		if (symbol_table[middle].offset <= at)
			low = middle;
		else
			high = middle;
	}
	*offset = at - symbol_table[low].offset;
	return symbol_names + symbol_table[low].name;
}
