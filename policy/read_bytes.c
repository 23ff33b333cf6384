/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_bytes.c - the bytes of a filter as text: in hexadecimal (xxd, xxd -p, hexdump, hexdump -C,
 * od -t x1, gdb's x), as an array of C (xxd -i), as a list of numbers, and as a string of C or
 * Python ("\x20\0\0...").
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "read.h"
#include "scan.h"

struct bytes {
	unsigned char *list; /* has room for as many as the source has */
	size_t n;
	bool offsets; /* a line began with one */
	bool gap;     /* a line stands for others, which are left out */
};

static bool is_hex(const struct scan *s, size_t n)
{
	return isxdigit((unsigned char)scan_peek(s, n)) != 0;
}

/* How many digits stand N characters further on. */
static size_t count_digits(const struct scan *s, size_t n)
{
	size_t digits = 0;

	while (is_hex(s, n + digits))
		digits++;
	return digits;
}

/* ---- lines of hexadecimal digits ---- */

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
	else if (then == ' ' && (next == 2 || (digits > 6 && scan_peek(s, digits + 1) == ' ')))
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

static unsigned char take_byte(struct scan *s)
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
		b->list[b->n + i] = take_byte(s);
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

/* The bytes of one line; false if something else stands there, at the scan. */
static bool take_line(struct scan *s, struct bytes *b)
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
		if (!is_hex(s, 0) || !is_hex(s, 1))
			return false;
		b->list[b->n++] = take_byte(s);
		if (line != LINE_SWAPPED)
			continue;
		if (!is_hex(s, 0) || !is_hex(s, 1))
			return false;
		b->list[b->n] = b->list[b->n - 1];
		b->list[b->n++ - 1] = take_byte(s);
	}
	return true;
}

/* ---- strings ---- */

/* Behind a backslash: "x20", "0", "177", "n". False: that is none. */
static bool take_escape(struct scan *s, unsigned char *byte)
{
	static const char letters[] = "abfnrtv\\'\"", values[] = "\a\b\f\n\r\t\v\\'\"";
	const char c = scan_peek(s, 0), *letter = c != '\0' ? strchr(letters, c) : NULL;
	unsigned int value = 0;

	if (c == 'x' && is_hex(s, 1) && is_hex(s, 2)) {
		s->at++;
		*byte = take_byte(s);
		return true;
	}
	if (letter != NULL) {
		s->at++;
		*byte = (unsigned char)values[letter - letters];
		return true;
	}
	if (c < '0' || c > '7')
		return false;
	for (unsigned int i = 0; i < 3 && scan_peek(s, 0) >= '0' && scan_peek(s, 0) <= '7'; i++, s->at++)
		value = value * 8 + (unsigned int)(scan_peek(s, 0) - '0');
	*byte = (unsigned char)value;
	return value <= UINT8_MAX;
}

/* A string from its first quote to its last. */
static bool take_string(struct scan *s, struct bytes *b)
{
	const char quote = scan_peek(s, 0);

	s->at++;
	while (s->at < s->end && scan_peek(s, 0) != quote) {
		const char c = scan_peek(s, 0);

		if (c == '\n' || c == '\0')
			return false;
		if (!scan_take(s, "\\")) {
			b->list[b->n++] = (unsigned char)c;
			s->at++;
		} else if (!take_escape(s, &b->list[b->n++])) {
			return false;
		}
	}
	return scan_take(s, (char[]){ quote, '\0' });
}

/* One or more of them, each perhaps with Python's b before it. */
static bool take_strings(struct scan *s, struct bytes *b)
{
	while (s->at < s->end) {
		scan_skip_space(s);
		scan_take(s, "b");
		if (s->at < s->end && ((scan_peek(s, 0) != '"' && scan_peek(s, 0) != '\'') || !take_string(s, b)))
			return false;
		scan_skip_space(s);
	}
	return true;
}

/* ---- lists of numbers: [32, 0, 0, 0, ...] ---- */

static bool take_list(struct scan *s, struct bytes *b)
{
	while (s->at < s->end) {
		unsigned int value = 0;

		scan_skip_space(s);
		if (scan_take(s, "]"))
			break;
		if (!isdigit((unsigned char)scan_peek(s, 0)))
			return false;
		for (; isdigit((unsigned char)scan_peek(s, 0)) && value <= UINT8_MAX; s->at++)
			value = value * 10 + (unsigned int)(scan_peek(s, 0) - '0');
		if (value > UINT8_MAX)
			return false;
		b->list[b->n++] = (unsigned char)value;
		scan_skip_space(s);
		if (!scan_take(s, ",") && scan_peek(s, 0) != ']')
			return false;
	}
	scan_skip_space(s);
	return s->at == s->end;
}

/* ---- the whole ---- */

/* Does it begin as a string with a backslash in it? */
static bool is_string(const struct scan *s)
{
	struct scan at = *s;

	scan_skip_space(&at);
	scan_take(&at, "b");
	return (scan_peek(&at, 0) == '"' || scan_peek(&at, 0) == '\'') &&
	       memchr(at.source->text + at.at, '\\', at.end - at.at) != NULL;
}

/* Of an array of bytes, what is between its braces. */
static void find_array(struct scan *s)
{
	static const char *const types[] = { "unsigned char ", "uint8_t ", "u8 ", "char " };
	const char *text = s->source->text, *from = NULL, *to;

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]) && from == NULL; i++)
		if (memmem(text, s->end, types[i], strlen(types[i])) != NULL)
			from = memchr(text, '{', s->end);
	to = from != NULL ? memchr(from, '}', s->end - (size_t)(from - text)) : NULL;
	if (to == NULL)
		return;
	s->at = (size_t)(from + 1 - text);
	s->end = (size_t)(to - text);
}

static bool take_all(struct scan *s, struct bytes *b)
{
	if (is_string(s))
		return take_strings(s, b);
	scan_skip_space(s);
	if (scan_take(s, "["))
		return take_list(s, b);
	find_array(s);
	while (s->at < s->end) {
		if (!take_line(s, b))
			return false;
		scan_skip_line(s);
	}
	return true;
}

static unsigned int recognise_hex(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	struct arena scratch = { 0 };
	struct bytes b = { .list = arena_zalloc(&scratch, source->size + 8U) };
	const unsigned int sure = take_all(&s, &b) && b.n >= 8 && b.n % 8 == 0 ? 92 : 0;

	arena_free(&scratch);
	return sure;
}

static bool read_hex(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct scan s = scan_source(stack, source);
	struct bytes b = { .list = arena_zalloc(stack->arena, source->size + 8U) };
	struct sock_filter *insns;

	(void)options;
	if (!take_all(&s, &b))
		return scan_error(&s, "two digits a byte, eight bytes an instruction", "this is not hexadecimal");
	if (b.gap)
		return note_error(stack->notes, source_whole(source), "hexdump -v and od -v print every line",
				  "lines are left out, for which a * stands");
	if (b.n % 8 != 0)
		return note_error(stack->notes, source_whole(source), "it may be cut short",
				  "has %zu bytes, and an instruction has 8", b.n);
	insns = arena_zalloc(stack->arena, b.n + 8);
	for (size_t i = 0; i < b.n / 8; i++)
		insns[i] = insn_of_bytes(b.list + 8 * i, false);
	return push_program(stack, source->name, "hexadecimal text", source, insns, b.n / 8, NULL);
}

const struct reader read_hex_text = {
	.name = "hex",
	.what = "bytes as text: xxd, xxd -i, hexdump, od -t x1, gdb's x, \"\\x20\\0...\", [32, 0, ...]",
	.recognise = recognise_hex,
	.read = read_hex,
};
