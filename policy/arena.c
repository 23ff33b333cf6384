/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * arena.c - blocks of memory in a list; see arena.h.
 */
#include "arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *next;
	alignas(max_align_t) unsigned char bytes[];
};

static _Noreturn void die_without_memory(void)
{
	fputs("portcullis: out of memory\n", stderr);
	exit(2);
}

void *arena_zalloc(struct arena *a, size_t n)
{
	struct arena_block *b;

	if (n > PTRDIFF_MAX - sizeof(*b))
		die_without_memory();
	b = calloc(1, sizeof(*b) + n);
	if (b == NULL)
		die_without_memory();
	b->next = a->blocks;
	a->blocks = b;
	return b->bytes;
}

void *arena_grow(struct arena *a, void *array, size_t count, size_t more, size_t size, size_t *room)
{
	void *grown;

	if (count + more <= *room)
		return array;
	*room = (count + more) * 2;
	if (*room > PTRDIFF_MAX / size)
		die_without_memory();
	grown = arena_zalloc(a, *room * size);
	if (count > 0)
		memcpy(grown, array, count * size);
	return grown;
}

char *arena_copy(struct arena *a, const char *text, size_t n)
{
	char *copy = arena_zalloc(a, n + 1);

	if (n > 0)
		memcpy(copy, text, n);
	return copy;
}

char *arena_vprint(struct arena *a, const char *format, va_list args)
{
	va_list again;
	char *text;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (n < 0)
		die_without_memory();
	text = arena_zalloc(a, (size_t)n + 1);
	vsnprintf(text, (size_t)n + 1, format, args);
	return text;
}

char *arena_print(struct arena *a, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = arena_vprint(a, format, args);
	va_end(args);
	return text;
}

void arena_free(struct arena *a)
{
	while (a->blocks != NULL) {
		struct arena_block *b = a->blocks;

		a->blocks = b->next;
		free(b);
	}
}
