/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * utf8.h - characters of text that may be anything.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* The length of the UTF-8 character at S (N bytes, at least 1), or 0 if there is none. */
static inline size_t utf8_length(const uint8_t *s, size_t n)
{
	const size_t length = s[0] < 0x80		    ? 1
			      : s[0] >= 0xc2 && s[0] < 0xe0 ? 2
			      : (s[0] & 0xf0) == 0xe0	    ? 3
			      : (s[0] & 0xf8) == 0xf0	    ? 4
							    : 0;

	if (length == 0 || length > n)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return length;
}
