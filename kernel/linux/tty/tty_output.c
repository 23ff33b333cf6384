/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_output.c - shows characters on a terminal, changed as c_oflag says, and follows the column of
 * the cursor. Called for writers and for the echo.
 */
#include <string.h>

#include "tty_line.h"

void tty_output_plain(struct tty *t, const uint8_t *s, uint64_t n)
{
	t->driver->write(t, s, n);
	for (; n > 0; n--, s++) {
		if (*s == '\r')
			t->column = 0;
		else if (*s == '\b')
			t->column -= t->column > 0;
		else if (*s == '\t')
			t->column = (t->column | 7) + 1;
		else
			t->column += *s >= ' ' && (*s & 0xc0) != 0x80;
	}
}

void tty_output(struct tty *t, const uint8_t *s, uint64_t n)
{
	bool map = (t->termios.c_oflag & (OPOST | ONLCR)) == (OPOST | ONLCR);

	while (n > 0) {
		const uint8_t *newline = memchr(s, '\n', n);
		uint64_t plain = newline != NULL ? (uint64_t)(newline - s) : n;

		tty_output_plain(t, s, plain);
		s += plain;
		n -= plain;
		if (newline == NULL)
			break;
		t->driver->newline(t, map);
		if (map)
			t->column = 0;
		s++;
		n--;
	}
}
