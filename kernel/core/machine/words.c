/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * words.c - asks the module words for names, if the image has it: see words.h.
 */
#include "words.h"

#include <stddef.h>

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

const char *words_option(const char *call, const char *what, uint64_t number)
{
	return words != NULL ? words->option(call, what, number) : NULL;
}

const char *words_function(uint64_t addr, uint64_t *offset)
{
	*offset = 0;
	return words != NULL ? words->function(addr, offset) : "?";
}
