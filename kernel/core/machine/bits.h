/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bits.h - a word as a set of small numbers. RV64IMAC has no instruction that finds a bit.
 */
#pragma once

#include <stdint.h>

/* The lowest member of SET, which is not empty. */
static inline unsigned bits_lowest(uint64_t set)
{
	unsigned n = 0;

	for (unsigned half = 32; half != 0; half /= 2) {
		if ((set & ((1UL << half) - 1)) != 0)
			continue;
		set >>= half;
		n += half;
	}
	return n;
}
