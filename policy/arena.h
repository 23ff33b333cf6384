/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * arena.h - memory that is freed all at once: everything that one run of
 * a subcommand reads and makes.
 *
 * Running out of memory ends the program with status 2: no caller has to look.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

/* All zero is an empty arena. */
struct arena {
	struct arena_block *blocks;
};

/* N zeroed bytes, aligned for any type. Never NULL. */
void *arena_zalloc(struct arena *a, size_t n);

/*
 * Room for MORE entries of SIZE bytes behind the COUNT that ARRAY has: ARRAY itself, or a copy; the
 * room behind them is zeroed. *ROOM is kept here.
 */
void *arena_grow(struct arena *a, void *array, size_t count, size_t more, size_t size, size_t *room);

/* A copy of N bytes, with a NUL behind them. */
char *arena_copy(struct arena *a, const char *text, size_t n);

/* A string as printf makes it. */
char *arena_print(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprint(struct arena *a, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* Frees everything that came out of A, which is then empty. */
void arena_free(struct arena *a);
