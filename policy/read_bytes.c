/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_bytes.c - the bytes of a filter as text: in hexadecimal (xxd, xxd -p, hexdump, hexdump -C,
 * od -t x1, gdb's x), as an array of C (xxd -i), as a list of numbers, and as a string of C or
 * Python ("\x20\0\0...").
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "byte_lines.h"
#include "read.h"

/* ---- strings ---- */

/* Behind a backslash: "x20", "0", "177", "n". False: that is none. */
static bool take_escape(struct scan *s, unsigned char *byte)
{
	static const char letters[] = "abfnrtv\\'\"", values[] = "\a\b\f\n\r\t\v\\'\"";
	const char c = scan_peek(s, 0), *letter = c != '\0' ? strchr(letters, c) : NULL;
	unsigned int value = 0;

	if (c == 'x' && bytes_is_hex(s, 1) && bytes_is_hex(s, 2)) {
		s->at++;
		*byte = bytes_take_pair(s);
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
		if (!bytes_take_line(s, b))
			return false;
		scan_skip_line(s);
	}
	return true;
}

/* Could these be instructions? The second byte of each is 0, and the last is a return. */
static bool are_insns(const unsigned char *list, size_t n)
{
	for (size_t i = 0; i < n; i += 8)
		if (list[i + 1] != 0)
			return false;
	return n >= 8 && (list[n - 8] & 7) == 6;
}

/* Words of a little-endian machine, as od -tx4 and xxd -e write them: puts their bytes in order. */
static void order_bytes(struct arena *arena, struct bytes *b)
{
	unsigned char *ordered = arena_zalloc(arena, b->n + 8);

	for (size_t width = 2; width <= 8 && b->n % 8 == 0 && !are_insns(b->list, b->n); width *= 2) {
		for (size_t i = 0; i < b->n; i++)
			ordered[i] = b->list[i - i % width + width - 1 - i % width];
		if (are_insns(ordered, b->n))
			b->list = ordered;
	}
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
	order_bytes(stack->arena, &b);
	insns = arena_zalloc(stack->arena, b.n + 8);
	for (size_t i = 0; i < b.n / 8; i++)
		insns[i] = insn_of_bytes(b.list + 8 * i, false);
	return push_program(stack, source->name, "hexadecimal text", source, insns, b.n / 8, NULL);
}

const struct reader read_hex_text = {
	.name = "hex",
	.what = "bytes as text: xxd, hexdump, od, gdb, \"\\x20\\0...\", [32, 0, ...]",
	.recognise = recognise_hex,
	.read = read_hex,
};
