/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json_write.c - see json_write.h.
 */
#include "json_write.h"

#include <stdint.h>

/* The length of the UTF-8 character at S (at most N bytes), or 0. */
static size_t utf8(const uint8_t *s, size_t n)
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

void json_put_string(FILE *to, const void *text, size_t n)
{
	const uint8_t *s = text;

	putc('"', to);
	for (size_t i = 0; i < n;) {
		const size_t length = utf8(s + i, n - i);

		if (s[i] == '"' || s[i] == '\\')
			fprintf(to, "\\%c", s[i]);
		else if (s[i] < 0x20)
			fprintf(to, "\\u%04x", s[i]);
		else if (length == 0)
			fprintf(to, "\\udc%02x", s[i]);
		else
			fwrite(s + i, 1, length, to);
		i += length == 0 ? 1 : length;
	}
	putc('"', to);
}
