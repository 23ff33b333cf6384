/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c - system calls by number and by name; see names.h.
 */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "argument_lists.h"

static const struct argument_list arguments[] = {
#include "args.def"
};

/* Without arguments, and in two runs of rising numbers; call_all() brings both together. */
static const struct call rows[] = {
#define SYSCALL(number, call, n) { .name = #call, .nr = (number), .nargs = (n) },
#define NEWER(number, call, n, when) { .name = #call, .nr = (number), .since = (when), .nargs = (n) },
#include <abi/syscall-newer.def>
#include <abi/syscall.def>
#undef NEWER
#undef SYSCALL
};

static const struct absent {
	const char *name, *instead;
} absent[] = {
#define ABSENT(name, instead) { #name, instead },
#include "absent.def"
#undef ABSENT
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int by_number(const void *a, const void *b)
{
	const struct call *x = a, *y = b;

	return x->nr < y->nr ? -1 : x->nr > y->nr;
}

const struct call *call_all(size_t *n)
{
	static struct call calls[COUNT(rows)];
	static bool made;

	if (!made) {
		memcpy(calls, rows, sizeof(calls));
		for (size_t i = 0; i < COUNT(calls); i++) {
			const struct argument_list *list = find_arguments(arguments, COUNT(arguments), calls[i].name);

			if (list != NULL)
				memcpy(calls[i].args, list->args, sizeof(calls[i].args));
		}
		qsort(calls, COUNT(calls), sizeof(calls[0]), by_number);
		made = true;
	}
	*n = COUNT(calls);
	return calls;
}

const struct call *call_by_number(uint32_t nr)
{
	const struct call key = { .nr = nr };
	size_t n;
	const struct call *calls = call_all(&n);

	return bsearch(&key, calls, n, sizeof(calls[0]), by_number);
}

static bool is_name(const char *name, const char *text, size_t n)
{
	return n > 0 && name[0] == text[0] && strncmp(name, text, n) == 0 && name[n] == '\0';
}

const struct call *call_by_name(const char *name, size_t n)
{
	size_t count;
	const struct call *calls = call_all(&count);

	for (size_t i = 0; i < count; i++)
		if (is_name(calls[i].name, name, n))
			return &calls[i];
	return NULL;
}

int call_argument(const struct call *call, const char *name, size_t n)
{
	for (unsigned int i = 0; i < call->nargs; i++)
		if (is_name(call->args[i].name, name, n))
			return (int)i;
	return -1;
}

size_t call_prefix(const char *name, size_t n)
{
	static const char *const prefixes[] = { "__NR_", "SYS_" };

	for (size_t i = 0; i < COUNT(prefixes); i++) {
		const size_t length = strlen(prefixes[i]);

		if (n > length && memcmp(name, prefixes[i], length) == 0)
			return length;
	}
	return 0;
}

const char *call_advice(struct arena *arena, const char *name, size_t n)
{
	static const struct absent functions[] = {
#define FUNCTION(name, calls) { #name, calls },
#include "functions.def"
#undef FUNCTION
	};
	const char *near = call_nearest(name, n);

	for (size_t i = 0; i < COUNT(functions); i++)
		if (is_name(functions[i].name, name, n))
			return arena_print(arena, "%s() of C libraries makes other calls: write %s", functions[i].name,
					   functions[i].instead);
	return near != NULL ? arena_print(arena, "did you mean %s?", near) : NULL;
}

const char *call_instead(const char *name, size_t n)
{
	for (size_t i = 0; i < COUNT(absent); i++)
		if (is_name(absent[i].name, name, n))
			return absent[i].instead;
	return NULL;
}

#define LONGEST 31U

/*
 * How many letters have to be changed, put in, taken out or exchanged with
 * their neighbour to make B of A.
 */
static unsigned int edit_distance(const char *a, size_t n, const char *b)
{
	unsigned int lines[3][LONGEST + 1];
	const size_t m = strlen(b);

	for (size_t j = 0; j <= m; j++)
		lines[0][j] = (unsigned int)j;
	for (size_t i = 1; i <= n; i++) {
		unsigned int *row = lines[i % 3];
		const unsigned int *before = lines[(i - 1) % 3], *earlier = lines[(i + 1) % 3];

		row[0] = (unsigned int)i;
		for (size_t j = 1; j <= m; j++) {
			const unsigned int change = before[j - 1] + (a[i - 1] != b[j - 1]);
			const unsigned int other = (before[j] < row[j - 1] ? before[j] : row[j - 1]) + 1;

			row[j] = change < other ? change : other;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    earlier[j - 2] + 1 < row[j])
				row[j] = earlier[j - 2] + 1;
		}
	}
	return lines[n % 3][m];
}

bool name_is_nearer(const char *name, size_t n, const char *candidate, unsigned int *least)
{
	const size_t m = strlen(candidate);
	unsigned int d;

	if (*least == 0)
		*least = n < 6 ? 2 : 3; /* with as many differences it is another name */
	if (n > LONGEST || m > LONGEST || n + *least <= m || m + *least <= n)
		return false;
	d = edit_distance(name, n, candidate);
	if (d == 0 || d >= *least)
		return false;
	*least = d;
	return true;
}

const char *call_nearest(const char *name, size_t n)
{
	size_t count;
	const struct call *calls = call_all(&count);
	const char *best = NULL;
	unsigned int least = 0;

	for (size_t i = 0; i < count; i++)
		if (name_is_nearer(name, n, calls[i].name, &least))
			best = calls[i].name;
	return best;
}

unsigned int argument_bits(enum argument_type type)
{
	switch (type) {
	case ARG_SHORT:
		return 16;
	case ARG_INT:
	case ARG_UINT:
		return 32;
	case ARG_LONG:
	case ARG_ULONG:
	case ARG_PTR:
		return 64;
	}
	return 64;
}
