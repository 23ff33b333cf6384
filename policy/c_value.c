/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * c_value.c - see c_value.h.
 */
#include "c_value.h"

#include <ctype.h>
#include <string.h>

#include "build.h"

#define DEPTH_MAX 32U /* of brackets and of #define names in one another */

struct expression {
	struct scan *s;
	unsigned int depth;
};

void c_skip(struct scan *s)
{
	size_t from;

	do {
		from = s->at;
		scan_skip_space(s);
		if (!scan_skip_comment(s) && scan_peek(s, 0) == '#')
			scan_skip_line(s);
	} while (s->at != from);
}

static bool take_binary(struct expression *e, unsigned int level, uint64_t *value);

static bool take_nested(struct expression *e, uint64_t *value)
{
	bool good;

	if (e->depth == DEPTH_MAX)
		return scan_error(e->s, "", "this goes too deep");
	e->depth++;
	good = take_binary(e, 0, value);
	e->depth--;
	return good;
}

/* (struct seccomp_data, args[2]), perhaps with + 4 behind it, which is not ours. */
static bool take_offset(struct expression *e, uint64_t *value)
{
	struct scan *s = e->s;
	uint64_t index = 0;
	bool good = true;

	c_skip(s);
	if (!scan_take(s, "("))
		return scan_error(s, "", "a ( is missing here");
	c_skip(s);
	good = scan_take_word(s, "struct");
	c_skip(s);
	good = good && scan_take_word(s, "seccomp_data");
	c_skip(s);
	good = good && scan_take(s, ",");
	c_skip(s);
	if (good && scan_take_word(s, "nr")) {
		*value = SECCOMP_NR;
	} else if (good && scan_take_word(s, "arch")) {
		*value = SECCOMP_ARCH;
	} else if (good && scan_take_word(s, "instruction_pointer")) {
		*value = SECCOMP_IP_LO;
	} else if (good && scan_take_word(s, "args")) {
		c_skip(s);
		if (scan_take(s, "[") && (!take_nested(e, &index) || !scan_take(s, "]")))
			return false;
		*value = SECCOMP_ARG0_LO + 8 * (index & 7);
		good = index < 6;
	} else {
		good = false;
	}
	c_skip(s);
	return (good && scan_take(s, ")")) ||
	       scan_error(s, "offsetof(struct seccomp_data, nr), arch, instruction_pointer or args[0] to args[5]",
			  "no offset in struct seccomp_data");
}

/* (__u32): the size of a type. */
static bool take_size(struct expression *e, uint64_t *value)
{
	static const struct {
		const char *words;
		uint64_t size;
	} types[] = {
		{ "char", 1 },	   { "__u8", 1 },     { "uint8_t", 1 },	     { "short", 2 },	{ "__u16", 2 },
		{ "uint16_t", 2 }, { "int", 4 },      { "unsigned int", 4 }, { "unsigned", 4 }, { "__u32", 4 },
		{ "u32", 4 },	   { "uint32_t", 4 }, { "long", 8 },	     { "__u64", 8 },	{ "u64", 8 },
		{ "uint64_t", 8 }, { "size_t", 8 },
	};
	struct scan *s = e->s;
	size_t from;

	c_skip(s);
	if (!scan_take(s, "("))
		return scan_error(s, "", "a ( is missing here");
	c_skip(s);
	from = s->at;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		s->at = from;
		if (!scan_take_word(s, types[i].words))
			continue;
		c_skip(s);
		if (scan_take(s, ")")) {
			*value = types[i].size;
			return true;
		}
	}
	s->at = from;
	return scan_error(s, "sizeof(__u32), or of another type of whole numbers",
			  "no type of which the size is known");
}

/* The expression behind `#define NAME` in the file. */
static bool take_defined(struct expression *e, const char *name, size_t n, uint64_t *value, bool *good)
{
	struct scan s = *e->s;
	size_t length = 0;

	s.at = 0;
	s.end = s.source->size;
	while (s.at < s.end) {
		scan_skip_blanks(&s);
		if (scan_take(&s, "#")) {
			scan_skip_blanks(&s);
			if (scan_take_word(&s, "define")) {
				scan_skip_blanks(&s);
				if (scan_peek(&s, 0) == name[0] && s.end - s.at > n &&
				    memcmp(s.source->text + s.at, name, n) == 0 &&
				    isspace((unsigned char)s.source->text[s.at + n])) {
					struct expression inner = { &s, e->depth };

					s.at += n;
					while (s.at + length < s.end && s.source->text[s.at + length] != '\n')
						length++;
					s.end = s.at + length;
					*good = take_nested(&inner, value);
					return true;
				}
			}
		}
		scan_skip_line(&s);
	}
	return false;
}

static bool take_name(struct expression *e, size_t from, uint64_t *value)
{
	const char *name = e->s->source->text + from;
	const size_t n = e->s->at - from;
	const size_t prefix = call_prefix(name, n);
	const struct call *call = prefix > 0 ? call_by_name(name + prefix, n - prefix) : NULL;
	bool good;

	if (call != NULL) {
		*value = call->nr;
		return true;
	}
	if (prefix > 0 && call_instead(name + prefix, n - prefix) != NULL)
		return note_error(e->s->stack->notes, scan_place(e->s, from), call_instead(name + prefix, n - prefix),
				  "riscv64 has no call %.*s", (int)(n - prefix), name + prefix);
	if ((n == 8 && memcmp(name, "offsetof", 8) == 0) || (n == 18 && memcmp(name, "__builtin_offsetof", 18) == 0))
		return take_offset(e, value);
	if (n == 6 && memcmp(name, "sizeof", 6) == 0)
		return take_size(e, value);
	if (take_defined(e, name, n, value, &good))
		return good;
	if (constant_find(name, n) == NULL && constant_nearest(name, n) == NULL)
		return note_error(
			e->s->stack->notes, scan_place(e->s, from),
			"a number, a constant of Linux's headers as O_RDONLY, or what `cc -E` makes of the file",
			"no such constant: %.*s", (int)n, name);
	return scan_value(e->s->stack, scan_place(e->s, from), value);
}

/* (uint32_t): a cast, which is skipped. */
static bool take_cast(struct scan *s)
{
	static const char *const words[] = { "unsigned", "signed",   "char",  "short", "int",	  "long",
					     "__u8",	 "__u16",    "__u32", "__u64", "uint8_t", "uint16_t",
					     "uint32_t", "uint64_t", "u32",   "u64",   "size_t" };
	const size_t before = s->at;
	bool found = true, some = false;

	if (!scan_take(s, "("))
		return false;
	while (found) {
		found = false;
		c_skip(s);
		for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
			found |= !found && scan_take_word(s, words[i]);
		some |= found;
	}
	if (some && scan_take(s, ")"))
		return true;
	s->at = before;
	return false;
}

static bool take_unary(struct expression *e, uint64_t *value)
{
	struct scan *s = e->s;
	size_t from;

	do
		c_skip(s);
	while (take_cast(s));
	if (scan_peek(s, 0) == '~' || scan_peek(s, 0) == '-') {
		const bool invert = scan_peek(s, 0) == '~';

		s->at++;
		if (e->depth++ == DEPTH_MAX)
			return scan_error(s, "", "this goes too deep");
		if (!take_unary(e, value))
			return false;
		e->depth--;
		*value = invert ? ~*value : -*value;
		return true;
	}
	if (scan_take(s, "(")) {
		if (!take_nested(e, value))
			return false;
		c_skip(s);
		return scan_take(s, ")") || scan_error(s, "", "a ) is missing here");
	}
	from = s->at;
	if (scan_take_name(s, "") == 0)
		return scan_error(s, "", "a number or a name is wanted here");
	if (!isdigit((unsigned char)s->source->text[from])) {
		/* What Go and Rust have before a name: unix.BPF_LD, libc::BPF_LD. */
		while (scan_take(s, "::") || scan_take(s, ".")) {
			from = s->at;
			if (scan_take_name(s, "") == 0)
				return scan_error(s, "", "a name is wanted here");
		}
		return take_name(e, from, value);
	}
	{
		struct place at = scan_place(s, from);

		while (at.length > 1 && strchr("uUlL", s->source->text[at.offset + at.length - 1]) != NULL)
			at.length--;
		return scan_value(s->stack, at, value);
	}
}

/* From the loosest to the tightest; a level has one or two operators. */
static const char *const operators[][2] = {
	{ "|", NULL }, { "^", NULL }, { "&", NULL }, { "<<", ">>" }, { "+", "-" }, { "*", NULL },
};

#define LEVELS (sizeof(operators) / sizeof(operators[0]))

static uint64_t apply_operator(const char *operator, uint64_t a, uint64_t b)
{
	switch (*operator) {
	case '|':
		return a | b;
	case '^':
		return a ^ b;
	case '&':
		return a & b;
	case '<':
		return b < 64 ? a << b : 0;
	case '>':
		return b < 64 ? a >> b : 0;
	case '+':
		return a + b;
	case '-':
		return a - b;
	default:
		return a * b;
	}
}

static bool take_binary(struct expression *e, unsigned int level, uint64_t *value)
{
	if (level == LEVELS)
		return take_unary(e, value);
	if (!take_binary(e, level + 1, value))
		return false;
	for (;;) {
		const char *operator= NULL;
		uint64_t right = 0;

		c_skip(e->s);
		for (unsigned int i = 0; i < 2 && operator== NULL; i++)
			if (operators[level][i] != NULL && scan_take(e->s, operators[level][i]))
				operator= operators[level][i];
		if (operator== NULL)
			return true;
		if (!take_binary(e, level + 1, &right))
			return false;
		*value = apply_operator(operator, * value, right);
	}
}

bool c_value(struct scan *s, uint64_t *value)
{
	struct expression e = { s, 0 };

	return take_binary(&e, 0, value);
}
