/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * words.h - the names of system calls, which kernel/linux/words knows; without it the console says
 * numbers.
 */
#pragma once

#include <stdint.h>

struct words {
	const char *(*call)(int nr, uint32_t *nargs);
	const char *(*since)(uint64_t nr);
};

extern const struct words *words; /* or NULL */

/*
 * The name of call NR, or NULL; *NARGS, unless NARGS is NULL: how many arguments it has (6 if
 * unknown).
 */
const char *words_call(int nr, uint32_t *nargs);
/*
 * The version that brought call NR, if it came after Linux 6.1, as text to put behind its number;
 * or "".
 */
const char *words_since(uint64_t nr);
