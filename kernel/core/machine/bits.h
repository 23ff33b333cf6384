/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bits.h - words as sets.
 */
#pragma once

#include <stdint.h>

/* The lowest member of SET, which has one. */
static inline unsigned bits_lowest(uint64_t set)
{
	unsigned n = 0;

	while ((set >> n & 1) == 0)
		n++;
	return n;
}
