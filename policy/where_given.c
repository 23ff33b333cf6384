/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * where_given.c - see where_given.h.
 */
#include "where_given.h"

#include <string.h>

/* GUEST=HOST */
static bool add_file(struct invocation *in, struct where_options *options, const char *text)
{
	const char *equals = strchr(text, '=');
	struct where_file *f;

	if (equals == NULL)
		return false;
	f = arena_zalloc(&in->arena, sizeof(*f));
	*f = (struct where_file){ arena_copy(&in->arena, text, (size_t)(equals - text)), equals + 1, options->files };
	options->files = f;
	return true;
}

const struct where_options *where_given(struct invocation *in)
{
	struct where_options *options = arena_zalloc(&in->arena, sizeof(*options));

	*options = (struct where_options){ .root = option(in, "root"), .programs = option(in, "programs") };
	for (size_t i = 0; i < in->n_given; i++)
		if (strcmp(in->given[i].name, "program") == 0 && !add_file(in, options, in->given[i].value)) {
			bad_usage(in, "--program is GUEST=HOST");
			return NULL;
		}
	if (options->root == NULL && options->programs == NULL && options->files == NULL)
		options->programs = ".";
	return options;
}
