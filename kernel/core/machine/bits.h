/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bits.h - a word as a set of small numbers.
 */
#pragma once

#include <stdint.h>

/* The lowest member of SET, which is not empty. */
static inline unsigned bits_lowest(uint64_t set)
{
	unsigned n = 0;

	while ((set >> n & 1) == 0)
		n++;
	return n;
}
