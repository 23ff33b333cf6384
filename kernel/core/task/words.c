/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * words.c - see words.h.
 */
#include "words.h"

#include <stddef.h>

const struct words *words;

const char *words_call(int nr, uint32_t *nargs)
{
	if (nargs != NULL)
		*nargs = 6;
	return words != NULL ? words->call(nr, nargs) : NULL;
}

const char *words_since(uint64_t nr)
{
	return words != NULL ? words->since(nr) : "";
}
