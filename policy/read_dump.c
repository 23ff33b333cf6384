/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * read_dump.c - programs as other tools print them: listings with columns for code, jt, jf and k
 * (seccomp-tools, ceccomp, scmp_bpf_disasm), and decimal lines (tcpdump -ddd, iptables'
 * --bytecode).
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "read.h"
#include "scan.h"

/* ---- listings ---- */

/* The four columns of a line: " 0001: 0x15 0x00 0x05 0xc000003e ...". Their place in *AT. */
static bool take_columns(struct scan *s, struct sock_filter *insn, struct place *at)
{
	static const uint32_t max[] = { UINT16_MAX, UINT8_MAX, UINT8_MAX, UINT32_MAX };
	uint32_t value[4];
	size_t from;

	scan_skip_blanks(s);
	scan_take(s, "L");
	if (!isdigit((unsigned char)scan_peek(s, 0)))
		return false;
	scan_take_name(s, "");
	if (!scan_take(s, ":"))
		return false;
	scan_skip_blanks(s);
	from = s->at;
	for (unsigned int i = 0; i < 4; i++) {
		unsigned long long number;
		char *end;

		scan_skip_blanks(s);
		if (scan_peek(s, 0) != '0' || scan_peek(s, 1) != 'x')
			return false;
		number = strtoull(s->source->text + s->at, &end, 16);
		s->at = (size_t)(end - s->source->text);
		if (number > max[i] || s->at > s->end || isalnum((unsigned char)scan_peek(s, 0)))
			return false;
		value[i] = (uint32_t)number;
	}
	/* A fifth: lines of bytes, as gdb prints them. */
	scan_skip_blanks(s);
	if (scan_peek(s, 0) == '0' && scan_peek(s, 1) == 'x')
		return false;
	*insn = (struct sock_filter){ (uint16_t)value[0], (uint8_t)value[1], (uint8_t)value[2], value[3] };
	*at = scan_place(s, from);
	return true;
}

static unsigned int recognise_listing(const struct source *source)
{
	struct scan s = { NULL, source, 0, source->size };
	struct sock_filter insn;
	struct place at;

	if (memchr(source->text, '\0', source->size) != NULL)
		return 0;
	for (unsigned int lines = 0; s.at < s.end && lines < 64; lines++) {
		if (take_columns(&s, &insn, &at))
			return 90;
		scan_skip_line(&s);
	}
	return 0;
}

static bool is_rule(const struct scan *s)
{
	return scan_peek(s, 0) == '=' || scan_peek(s, 0) == '-' || scan_peek(s, 0) == '\n' || scan_peek(s, 0) == '#' ||
	       scan_peek(s, 0) == '\r' || scan_peek(s, 0) == '\0';
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
	struct place *places = NULL;
	size_t n = 0, room = 0, room_places = 0;
	unsigned int filters = 0;

	(void)options;
	while (s.at < s.end) {
		struct scan line = s;
		struct sock_filter insn;
		struct place at;

		if (n > 0 && is_heading(&s)) {
			if (!push_program(stack, arena_print(stack->arena, "%s (filter %u)", source->name, ++filters),
					  "listing", source, insns, n, places))
				return false;
			insns = NULL;
			places = NULL;
			n = room = room_places = 0;
		}
		if (take_columns(&line, &insn, &at)) {
			insns = arena_grow(stack->arena, insns, n, 1, sizeof(*insns), &room);
			places = arena_grow(stack->arena, places, n, 1, sizeof(*places), &room_places);
			insns[n] = insn;
			places[n++] = at;
		} else {
			scan_skip_blanks(&s);
			if (n > 0 && !is_rule(&s))
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
	.what = "listing of seccomp-tools, ceccomp or scmp_bpf_disasm",
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
