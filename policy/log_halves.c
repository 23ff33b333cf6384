/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * log_halves.c - see log_halves.h. Halves belong together by the id of their thread, which strace
 * writes before them when it follows more than one.
 */
#include "log_halves.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

struct log_half {
	const char *text;
	long id;
};

/* "[pid  77] ..." or "77 ..."; 0 without one. */
static long thread_id(const char *line)
{
	const char *pid = strstr(line, "[pid ");
	const size_t digits = strspn(line, "0123456789");

	if (pid != NULL && pid - line < 40)
		return strtol(pid + 5, NULL, 10);
	return digits > 0 && isspace((unsigned char)line[digits]) ? strtol(line, NULL, 10) : 0;
}

const char *log_join(struct arena *arena, struct log_halves *halves, const char *line)
{
	const char *first = strstr(line, " <unfinished ...>"), *second = strstr(line, "<... "), *rest;
	const long id = thread_id(line);

	if (first != NULL && first[17] == '\0' && memchr(line, '(', (size_t)(first - line)) != NULL) {
		halves->all = arena_grow(arena, halves->all, halves->n, 1, sizeof(*halves->all), &halves->room);
		halves->all[halves->n++] = (struct log_half){ arena_copy(arena, line, (size_t)(first - line)), id };
		return NULL;
	}
	rest = second != NULL ? strstr(second, " resumed>") : NULL;
	if (rest == NULL)
		return line;
	for (size_t i = halves->n; i-- > 0;) {
		const struct log_half half = halves->all[i];

		if (half.id != id)
			continue;
		halves->all[i] = halves->all[--halves->n];
		return arena_print(arena, "%s%s", half.text, rest + 9);
	}
	return line;
}

const char *log_left(struct arena *arena, struct log_halves *halves)
{
	if (halves->n == 0)
		return NULL;
	return arena_print(arena, "%s) = ?", halves->all[--halves->n].text);
}
