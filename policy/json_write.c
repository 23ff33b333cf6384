/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * json_write.c - see json_write.h.
 */
#include "json_write.h"

#include "utf8.h"

void json_put_string(FILE *to, const void *text, size_t n)
{
	const uint8_t *s = text;

	putc('"', to);
	for (size_t i = 0; i < n;) {
		const size_t length = utf8_length(s + i, n - i);

		if (s[i] == '"' || s[i] == '\\')
			fprintf(to, "\\%c", s[i]);
		else if (s[i] < 0x20 || s[i] == 0x7f)
			fprintf(to, "\\u%04x", s[i]);
		else if (length == 0)
			fprintf(to, "\\udc%02x", s[i]);
		else
			fwrite(s + i, 1, length, to);
		i += length == 0 ? 1 : length;
	}
	putc('"', to);
}
