/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * argument_lists.h - for names.c and foreign.c: what makes rows of a table of args.def and
 * foreign_args.def.
 */
#pragma once

#include <string.h>

#include "names.h"

struct argument_list {
	const char *call;
	struct argument args[6];
	unsigned int n;
};

#define NONE
#define A(type, name, kind) { #name, ARG_##type, KIND_##kind },
#define CALL(name, list) { #name, { list }, sizeof((struct argument[]){ list{ 0 } }) / sizeof(struct argument) - 1 },

/* The row of CALL among the N of LISTS, or NULL. */
static inline const struct argument_list *find_arguments(const struct argument_list *lists, size_t n, const char *call)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(lists[i].call, call) == 0)
			return &lists[i];
	return NULL;
}
