/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * put.h - writes text piece by piece: each function writes at TO and ends it with a NUL, and
 * returns the address of that NUL, where the next piece goes. The caller has room.
 */
#pragma once

#include <stdint.h>

static inline char *put_text(char *to, const char *s)
{
	while (*s != '\0')
		*to++ = *s++;
	*to = '\0';
	return to;
}

static inline char *put_decimal(char *to, uint32_t n)
{
	char digits[11];
	char *d = &digits[10];

	*d = '\0';
	do {
		*--d = (char)('0' + n % 10);
		n /= 10;
	} while (n != 0);
	return put_text(to, d);
}

static inline char *put_hex(char *to, uint32_t n)
{
	int shift = 28;

	to = put_text(to, "0x");
	while (shift > 0 && n >> shift == 0)
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		*to++ = "0123456789abcdef"[n >> shift & 15];
	*to = '\0';
	return to;
}
