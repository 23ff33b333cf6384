/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * demangle.c - see demangle.h.
 */
#include "demangle.h"

#include <stdlib.h>
#include <string.h>

#if __has_include(<libiberty/demangle.h>)
#include <libiberty/demangle.h>
#define demangled(name) cplus_demangle(name, DMGL_AUTO)
#else
#define demangled(name) NULL
#endif

const char *demangle(struct arena *arena, const char *name)
{
	char *plain = demangled(name);
	const char *copy = arena_copy(arena, plain != NULL ? plain : name, strlen(plain != NULL ? plain : name));

	free(plain);
	return copy;
}
