/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_output.c - characters on their way to the screen, as c_oflag says.
 * Called by writers and by the echo.
 */
#include <string.h>

#include "console.h"
#include "tty_line.h"

void tty_output_plain(const uint8_t *s, uint64_t n)
{
	console_write((const char *)s, n);
	for (; n > 0; n--, s++) {
		if (*s == '\r')
			tty.column = 0;
		else if (*s == '\b')
			tty.column -= tty.column > 0;
		else if (*s == '\t')
			tty.column = (tty.column | 7) + 1;
		else
			tty.column += *s >= ' ' && (*s & 0xc0) != 0x80;
	}
}

void tty_output(const uint8_t *s, uint64_t n)
{
	bool map = (tty.termios.c_oflag & (OPOST | ONLCR)) == (OPOST | ONLCR);

	while (n > 0) {
		const uint8_t *newline = memchr(s, '\n', n);
		uint64_t plain = newline != NULL ? (uint64_t)(newline - s) : n;

		tty_output_plain(s, plain);
		s += plain;
		n -= plain;
		if (newline == NULL)
			break;
		if (map)
			console_newline();
		else
			console_write("\n", 1);
		if (map)
			tty.column = 0;
		s++;
		n--;
	}
}
