/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * byte_lines.c - see byte_lines.h.
 */
#include "byte_lines.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

bool bytes_is_hex(const struct scan *s, size_t n)
{
	return isxdigit((unsigned char)scan_peek(s, n)) != 0;
}

/* How many digits stand N characters further on. */
static size_t count_digits(const struct scan *s, size_t n)
{
	size_t digits = 0;

	while (bytes_is_hex(s, n + digits))
		digits++;
	return digits;
}

/* What the offset at the start of a line tells of the line. */
enum line {
	LINE_PLAIN,   /* it has none */
	LINE_OFFSET,  /* "00000010  20 00": hexdump -C, od -t x1 */
	LINE_COLON,   /* "00000010: 2000 0000": xxd; two blanks end the bytes */
	LINE_SWAPPED, /* "0000010 0020 0000": hexdump and od -x have words of a little-endian machine */
	LINE_GDB,     /* "0x7ffe10 <filter+8>:	0x20	0x00": bytes, or words of a little-endian machine */
};

/* "0x7ffe10:" or "0x7ffe10 <filter+8>:" */
static bool skip_gdb(struct scan *s)
{
	struct scan at = *s;
	size_t digits;

	if (!scan_take(&at, "0x"))
		return false;
	digits = count_digits(&at, 0);
	at.at += digits;
	if (scan_take(&at, " <"))
		while (at.at < at.end && scan_peek(&at, 0) != '\n' && !scan_take(&at, ">"))
			at.at++;
	if (digits < 4 || !scan_take(&at, ":"))
		return false;
	s->at = at.at;
	return true;
}

static enum line skip_offset(struct scan *s, bool *seen)
{
	enum line line = LINE_PLAIN;
	size_t digits, next;
	char then;

	scan_skip_blanks(s);
	if (skip_gdb(s))
		return LINE_GDB;
	digits = count_digits(s, 0);
	then = scan_peek(s, digits);
	next = then == ' ' ? count_digits(s, digits + 1) : 0;
	if (digits < 6)
		return LINE_PLAIN;
	if (then == ':')
		line = LINE_COLON;
	else if (then == ' ' && (next == 2 || (digits == 7 && (next == 8 || next == 16)) ||
				 (digits > 6 && scan_peek(s, digits + 1) == ' ')))
		line = LINE_OFFSET;
	else if (digits == 7 && next == 4)
		line = LINE_SWAPPED;
	else if (*seen && (then == '\n' || then == '\r' || then == '\0'))
		line = LINE_OFFSET;
	if (line == LINE_PLAIN)
		return line;
	s->at += digits + (then == ':' || then == ' ');
	*seen = true;
	return line;
}

unsigned char bytes_take_pair(struct scan *s)
{
	const char pair[3] = { scan_peek(s, 0), scan_peek(s, 1) };

	s->at += 2;
	return (unsigned char)strtoul(pair, NULL, 16);
}

/* 0x0000002800000015, of 2, 4, 8 or 16 digits: the last byte is the first. */
static bool take_word(struct scan *s, struct bytes *b)
{
	size_t digits;

	scan_skip_blanks(s);
	if (!scan_take(s, "0x"))
		return false;
	digits = count_digits(s, 0);
	if (digits != 2 && digits != 4 && digits != 8 && digits != 16)
		return false;
	for (size_t i = digits / 2; i-- > 0;)
		b->list[b->n + i] = bytes_take_pair(s);
	b->n += digits / 2;
	scan_skip_blanks(s);
	return true;
}

/* What may stand between bytes. */
static bool skip_between(struct scan *s)
{
	if (scan_take(s, "\\x") || (scan_peek(s, 0) == '0' && count_digits(s, 2) == 2 && scan_take(s, "0x")))
		return true;
	if (s->at >= s->end || scan_peek(s, 0) == '\0' || strchr(" \t\r\"',", scan_peek(s, 0)) == NULL)
		return false;
	s->at++;
	return true;
}

bool bytes_take_line(struct scan *s, struct bytes *b)
{
	const enum line line = skip_offset(s, &b->offsets);

	if (line == LINE_PLAIN && b->offsets && scan_take(s, "*"))
		b->gap = true;
	while (s->at < s->end && scan_peek(s, 0) != '\n') {
		if (line == LINE_GDB) {
			if (!take_word(s, b))
				return false;
			continue;
		}
		if (line == LINE_COLON && scan_peek(s, 0) == ' ' && scan_peek(s, 1) == ' ')
			return true;
		if (line == LINE_OFFSET && (scan_peek(s, 0) == '|' || scan_peek(s, 0) == '>'))
			return true;
		if (skip_between(s))
			continue;
		if (!bytes_is_hex(s, 0) || !bytes_is_hex(s, 1))
			return false;
		b->list[b->n++] = bytes_take_pair(s);
		if (line != LINE_SWAPPED)
			continue;
		if (!bytes_is_hex(s, 0) || !bytes_is_hex(s, 1))
			return false;
		b->list[b->n] = b->list[b->n - 1];
		b->list[b->n++ - 1] = bytes_take_pair(s);
	}
	return true;
}
