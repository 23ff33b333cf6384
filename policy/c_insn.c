/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * c_insn.c - see c_insn.h.
 */
#include "c_insn.h"

#include <string.h>

#include "c_value.h"

static void skip_names(struct scan *s)
{
	c_skip(s);
	while (scan_take_name(s, "") > 0 || scan_take(s, "*"))
		c_skip(s);
}

static bool expect_token(struct scan *s, const char *what)
{
	c_skip(s);
	return scan_take(s, what) ||
	       scan_error(s, "{ code, jt, jf, k }, BPF_STMT(code, k) or BPF_JUMP(code, k, jt, jf)",
			  arena_print(s->stack->arena, "a %s is missing here", what));
}

/* The fields of an instruction: the letter in an order of them, and what Go calls it. */
static const struct insn_field {
	char letter;
	const char *name, *other;
	uint64_t max;
} fields[] = {
	{ 'c', "code", "op", UINT16_MAX },
	{ 't', "jt", "jt", UINT8_MAX },
	{ 'f', "jf", "jf", UINT8_MAX },
	{ 'k', "k", "k", UINT32_MAX },
};

/* The value of a field. */
static bool take_field(struct scan *s, const struct insn_field *field, struct sock_filter *insn)
{
	uint64_t value;
	size_t from;

	c_skip(s);
	from = s->at;
	if (scan_peek(s, 0) == '.')
		return scan_error(s, "code, jt, jf and k, in this order",
				  arena_print(s->stack->arena, ".%s is wanted here", field->name));
	if (!c_value(s, &value))
		return false;
	if (field->max == UINT32_MAX && value >= (uint64_t)INT32_MIN)
		value = (uint32_t)value;
	if (value > field->max)
		return note_error(s->stack->notes, scan_place(s, from), "", "%s is at most %#llx, and this is %#llx",
				  field->name, (unsigned long long)field->max, (unsigned long long)value);
	if (field->letter == 'c')
		insn->code = (uint16_t)value;
	else if (field->letter == 't')
		insn->jt = (uint8_t)value;
	else if (field->letter == 'f')
		insn->jf = (uint8_t)value;
	else
		insn->k = (uint32_t)value;
	return true;
}

static bool take_fields(struct scan *s, const char *order, const char *close, struct sock_filter *insn)
{
	for (; *order != '\0'; order++) {
		const struct insn_field *field = fields;

		while (field->letter != *order)
			field++;
		if (!take_field(s, field, insn) || (order[1] != '\0' && !expect_token(s, ",")))
			return false;
	}
	c_skip(s);
	scan_take(s, ",");
	return expect_token(s, close);
}

/* `.jt =`, `jt =`, `jt:` or `"jt":`; false, and nothing is taken, if none is here. */
static bool take_label(struct scan *s, struct place *name)
{
	const size_t before = s->at;
	const bool dot = scan_take(s, "."), quote = !dot && scan_take(s, "\"");
	const size_t from = s->at;

	if (scan_take_name(s, "") > 0) {
		*name = scan_place(s, from);
		if (!quote || scan_take(s, "\"")) {
			c_skip(s);
			if ((!quote && scan_take(s, "=")) || (!dot && scan_take(s, ":") && scan_peek(s, 0) != ':'))
				return true;
		}
	}
	s->at = before;
	return false;
}

/* The field of that name; NULL: there is none. */
static const struct insn_field *find_field(struct place name)
{
	const char *text = name.source->text + name.offset;

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if ((strlen(fields[i].name) == name.length && strncasecmp(text, fields[i].name, name.length) == 0) ||
		    (strlen(fields[i].other) == name.length && strncasecmp(text, fields[i].other, name.length) == 0))
			return &fields[i];
	return NULL;
}

/*
 * What may stand behind a value: a character, as gdb shows bytes (jt = 0 '\000'), or Rust's `as
 * u16`.
 */
static void skip_behind(struct scan *s)
{
	const size_t from = s->at;

	c_skip(s);
	if (scan_take_word(s, "as")) {
		c_skip(s);
		scan_take_name(s, "");
		return;
	}
	if (!scan_take(s, "'"))
		return;
	while (s->at < s->end && scan_peek(s, 0) != '\'' && scan_peek(s, 0) != '\n')
		s->at += scan_peek(s, 0) == '\\' ? 2 : 1;
	if (!scan_take(s, "'"))
		s->at = from;
}

/* Fields with their names, in any order; those that are left out are 0. */
static bool take_labelled(struct scan *s, struct sock_filter *insn)
{
	struct place name;

	for (;;) {
		c_skip(s);
		if (scan_take(s, "}"))
			return true;
		if (!take_label(s, &name))
			return scan_error(s, "code, jt, jf and k", "the name of a field is wanted here");
		if (find_field(name) == NULL)
			return note_error(s->stack->notes, name, "code, jt, jf and k", "an instruction has no field %s",
					  scan_text(s, name));
		if (!take_field(s, find_field(name), insn))
			return false;
		skip_behind(s);
		c_skip(s);
		if (!scan_take(s, ",") && scan_peek(s, 0) != '}')
			return expect_token(s, "}");
	}
}

/* Is the next element in braces, perhaps behind the name of its type? Takes what is before them. */
static bool take_braces(struct scan *s)
{
	struct scan at = *s;

	scan_take_name(&at, ".:&");
	c_skip(&at);
	if (!scan_take(&at, "{"))
		return false;
	s->at = at.at;
	return true;
}

bool c_take_insn(struct scan *s, struct sock_filter *insn)
{
	const size_t from = s->at;
	struct place label;
	struct scan inner;

	if (scan_take(s, "("))
		skip_names(s);
	if (s->at != from && !expect_token(s, ")")) /* a compound literal's type */
		return false;
	c_skip(s);
	if (take_braces(s)) {
		inner = *s;
		c_skip(&inner);
		return take_label(&inner, &label) ? take_labelled(s, insn) : take_fields(s, "ctfk", "}", insn);
	}
	if (scan_take_word(s, "BPF_STMT"))
		return expect_token(s, "(") && take_fields(s, "ck", ")", insn);
	if (scan_take_word(s, "BPF_JUMP"))
		return expect_token(s, "(") && take_fields(s, "cktf", ")", insn);
	if (scan_take_name(s, "") > 0)
		return note_error(s->stack->notes, scan_place(s, from), "give what `cc -E` makes of the file",
				  "a macro of the file's own: %.*s", (int)(s->at - from), s->source->text + from);
	return scan_error(s, "{ code, jt, jf, k }, BPF_STMT(code, k) or BPF_JUMP(code, k, jt, jf)",
			  "an instruction is wanted here");
}

bool c_is_labelled(const struct scan *s)
{
	struct scan at = *s;
	struct place label;

	return take_label(&at, &label) && find_field(label) == &fields[0];
}
