/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poison.c - checks that freed memory was not written to: see poison.h.
 */
#include "poison.h"

#include "panic.h"
#include "words.h"

bool poison;

_Noreturn void poison_panic(const char *what, size_t unit, const void *p, const char *wrong, uint64_t freed_at)
{
	uint64_t offset = 0;
	const char *name = freed_at != 0 ? words_function(freed_at, &offset) : "nobody that is known";

	panic("%s of %lu bytes: %p %s; freed by %s+0x%lx", what, (unsigned long)unit, p, wrong, name,
	      (unsigned long)offset);
}

void poison_check(const void *start, size_t size, const char *what, size_t unit, uint64_t freed_at)
{
	const uint64_t *word = start;
	const size_t n = size / sizeof(*word);
	size_t i = 0;

	/* Most words are poison: looks at four at a time. */
	while (i + 4 <= n && ((word[i] ^ POISON_WORD) | (word[i + 1] ^ POISON_WORD) | (word[i + 2] ^ POISON_WORD) |
			      (word[i + 3] ^ POISON_WORD)) == 0)
		i += 4;
	for (; i < n; i++)
		if (word[i] != POISON_WORD)
			poison_panic(what, unit, &word[i], "was written to after it was freed", freed_at);
}
