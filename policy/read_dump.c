/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_dump.c - programs as other tools print them: listings with columns for code, jt, jf and k
 * (seccomp-tools, ceccomp, scmp_bpf_disasm, firejail), and decimal lines (tcpdump -ddd, iptables'
 * --bytecode).
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "read.h"
#include "scan.h"

/* ---- listings ---- */

/* One line: " 0001: 0x15 0x00 0x05 0xc000003e ...", or firejail's " 0001: 15 00 05 c000003e". */
struct listed {
	struct place number, at; /* of the line, and of the columns */
	struct sock_filter insn;
};

static bool take_listed(struct scan *s, struct listed *l)
{
	static const struct {
		uint32_t max, digits;
	} columns[] = { { UINT16_MAX, 2 }, { UINT8_MAX, 2 }, { UINT8_MAX, 2 }, { UINT32_MAX, 8 } };
	uint32_t value[4];
	bool prefixed;
	size_t from;

	scan_skip_blanks(s);
	scan_take(s, "L");
	from = s->at;
	if (!isdigit((unsigned char)scan_peek(s, 0)))
		return false;
	scan_take_name(s, "");
	l->number = scan_place(s, from);
	if (!scan_take(s, ":"))
		return false;
	scan_skip_blanks(s);
	from = s->at;
	prefixed = scan_peek(s, 0) == '0' && scan_peek(s, 1) == 'x';
	for (unsigned int i = 0; i < 4; i++) {
		const char *text;
		unsigned long long number;
		char *end;

		scan_skip_blanks(s);
		text = s->source->text + s->at;
		if (!isxdigit((unsigned char)*text) || (*text == '0' && text[1] == 'x') != prefixed)
			return false;
		number = strtoull(text, &end, 16);
		s->at = (size_t)(end - s->source->text);
		if (number > columns[i].max || s->at > s->end || isalnum((unsigned char)scan_peek(s, 0)) ||
		    (!prefixed && end != text + columns[i].digits))
			return false;
		value[i] = (uint32_t)number;
	}
	/* A fifth: lines of bytes, as gdb prints them. */
	scan_skip_blanks(s);
	if (scan_peek(s, 0) == '0' && scan_peek(s, 1) == 'x')
		return false;
	l->insn = (struct sock_filter){ (uint16_t)value[0], (uint8_t)value[1], (uint8_t)value[2], value[3] };
	l->at = scan_place(s, from);
	return true;
}

static unsigned long number_of(struct place number, int base)
{
	return strtoul(number.source->text + number.offset, NULL, base);
}

/* Is a line's number the one behind the other, to ten or, as firejail counts, to sixteen? */
static bool is_next(struct place before, struct place number)
{
	return number_of(before, 10) + 1 == number_of(number, 10) || number_of(before, 16) + 1 == number_of(number, 16);
}

static unsigned int recognise_listing(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	struct listed l;

	if (memchr(source->text, '\0', source->size) != NULL)
		return 0;
	for (unsigned int lines = 0; s.at < s.end && lines < 64; lines++) {
		if (take_listed(&s, &l))
			return 90;
		scan_skip_line(&s);
	}
	return 0;
}

/* Does a line begin as an instruction does? Others stand between and around listings. */
static bool is_numbered(const struct scan *s)
{
	struct scan at = *s;

	scan_skip_blanks(&at);
	scan_take(&at, "L");
	return isdigit((unsigned char)scan_peek(&at, 0));
}

/* The line above a listing, " line  CODE  JT   JF      K". */
static bool is_heading(const struct scan *s)
{
	struct scan at = *s;

	scan_skip_blanks(&at);
	return scan_take_word(&at, "line");
}

/* Each listing of a file is a filter of the stack, as seccomp-tools dump prints them. */
static bool read_listing(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct scan s = scan_source(stack, source);
	struct sock_filter *insns = NULL;
	struct place *places = NULL, last = { 0 };
	size_t n = 0, room = 0, room_places = 0;
	unsigned int filters = 0;

	(void)options;
	while (s.at < s.end) {
		struct scan line = s;
		struct listed l;

		if (n > 0 && is_heading(&s)) {
			if (!push_program(stack, arena_print(stack->arena, "%s (filter %u)", source->name, ++filters),
					  "listing", source, insns, n, places))
				return false;
			insns = NULL;
			places = NULL;
			n = room = room_places = 0;
		}
		if (take_listed(&line, &l)) {
			if (n > 0 ? !is_next(last, l.number) : number_of(l.number, 10) > 1)
				return note_error(stack->notes, l.number,
						  "every instruction is needed: jumps count them",
						  "lines are left out before this one, or another listing begins");
			insns = arena_grow(stack->arena, insns, n, 1, sizeof(*insns), &room);
			places = arena_grow(stack->arena, places, n, 1, sizeof(*places), &room_places);
			insns[n] = l.insn;
			places[n++] = l.at;
			last = l.number;
		} else if (n > 0 && is_numbered(&s)) {
			scan_skip_blanks(&s);
			return scan_error(&s, "0001: 0x15 0x00 0x05 0xc000003e: code, jt, jf and k",
					  "this line is no instruction");
		}
		scan_skip_line(&s);
	}
	return push_program(stack,
			    filters > 0 ? arena_print(stack->arena, "%s (filter %u)", source->name, filters + 1)
					: source->name,
			    "listing", source, insns, n, places);
}

const struct reader read_listing_text = {
	.name = "listing",
	.what = "listing of seccomp-tools, ceccomp, scmp_bpf_disasm or firejail",
	.recognise = recognise_listing,
	.read = read_listing,
};

/* ---- decimal lines: "4", then "code jt jf k" four times, ends of lines or commas between ---- */

static bool take_decimal(struct scan *s, uint64_t *value)
{
	const size_t from = s->at;

	*value = 0;
	for (; isdigit((unsigned char)scan_peek(s, 0)) && s->at - from < 11; s->at++)
		*value = *value * 10 + (uint64_t)(scan_peek(s, 0) - '0');
	return s->at > from && *value <= UINT32_MAX;
}

static bool take_quad(struct scan *s, struct sock_filter *insn)
{
	uint64_t v[4] = { 0 };

	for (unsigned int i = 0; i < 4; i++) {
		scan_skip_blanks(s);
		if (!take_decimal(s, &v[i]))
			return false;
	}
	*insn = (struct sock_filter){ (uint16_t)v[0], (uint8_t)v[1], (uint8_t)v[2], (uint32_t)v[3] };
	return v[0] <= UINT16_MAX && v[1] <= UINT8_MAX && v[2] <= UINT8_MAX;
}

static bool take_end(struct scan *s)
{
	scan_skip_blanks(s);
	return scan_take(s, ",") || scan_take(s, "\n");
}

static unsigned int recognise_decimal(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	struct sock_filter insn;
	uint64_t n;

	return take_decimal(&s, &n) && take_end(&s) && take_quad(&s, &insn) ? 85 : 0;
}

static bool read_decimal(struct stack *stack, const struct source *source, const struct read_options *options)
{
	struct scan s = scan_source(stack, source);
	struct sock_filter *insns;
	struct place *places;
	uint64_t n = 0;

	(void)options;
	if (!take_decimal(&s, &n) || n > BPF_MAXINSNS || !take_end(&s))
		return scan_error(&s, "the first line says how many instructions follow",
				  "not as tcpdump -ddd writes it");
	insns = arena_zalloc(stack->arena, (n + 1) * sizeof(*insns));
	places = arena_zalloc(stack->arena, (n + 1) * sizeof(*places));
	for (size_t i = 0; i < n; i++) {
		size_t from;

		scan_skip_space(&s);
		from = s.at;
		if (!take_quad(&s, &insns[i]))
			return scan_error(&s, "four numbers: code, jt, jf, k",
					  "an instruction is missing or not whole");
		places[i] = scan_place(&s, from);
		take_end(&s);
	}
	scan_skip_space(&s);
	if (s.at < s.end)
		return scan_error(&s, "the first line says how many there are", "more than the instructions announced");
	return push_program(stack, source->name, "decimal listing", source, insns, n, places);
}

const struct reader read_decimal_text = {
	.name = "decimal",
	.what = "decimal lines, as tcpdump -ddd and iptables' --bytecode have them",
	.recognise = recognise_decimal,
	.read = read_decimal,
};
