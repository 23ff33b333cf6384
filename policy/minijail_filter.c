/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * minijail_filter.c - conditions and actions of minijail's policies; see minijail.h.
 */
#include <string.h>

#include "action_words.h"
#include "minijail.h"

#define CLAUSE_MAX 64U

/* Skips blanks, comments, and ends of lines behind a backslash. */
void minijail_skip(struct scan *s)
{
	for (;;) {
		scan_skip_blanks(s);
		if (scan_peek(s, 0) == '#')
			while (s->at < s->end && scan_peek(s, 0) != '\n')
				s->at++;
		if (!scan_take(s, "\\\n") && !scan_take(s, "\\\r\n"))
			return;
	}
}

bool minijail_expect(struct scan *s, const char *what, const char *hint)
{
	minijail_skip(s);
	return scan_take(s, what) || scan_error(s, hint, arena_print(s->stack->arena, "a %s is missing here", what));
}

static bool take_value(struct scan *s, unsigned int depth, uint64_t *value);

static bool take_constant(struct scan *s, unsigned int depth, uint64_t *value)
{
	bool invert;
	size_t from;

	minijail_skip(s);
	invert = scan_take(s, "~");
	minijail_skip(s);
	if (scan_take(s, "(")) {
		if (depth == MINIJAIL_DEPTH_MAX)
			return scan_error(s, "", "too many brackets in one another");
		if (!take_value(s, depth + 1, value) || !minijail_expect(s, ")", ""))
			return false;
	} else {
		from = s->at;
		scan_take(s, "-");
		if (scan_take_name(s, "") == 0)
			return scan_error(s, "a number, or a constant as O_RDONLY", "a value is missing here");
		if (!scan_value(s->stack, scan_place(s, from), value))
			return false;
	}
	if (invert)
		*value = ~*value;
	return true;
}

static bool take_value(struct scan *s, unsigned int depth, uint64_t *value)
{
	uint64_t one = 0;

	*value = 0;
	do {
		if (!take_constant(s, depth, &one))
			return false;
		*value |= one;
		minijail_skip(s);
	} while (scan_peek(s, 0) == '|' && scan_peek(s, 1) != '|' && scan_take(s, "|"));
	return true;
}

static const struct {
	const char *text;
	enum test test;
} operators[] = { { "==", TEST_EQ }, { "!=", TEST_NE }, { "<=", TEST_LE }, { ">=", TEST_GE },
		  { "<", TEST_LT },  { ">", TEST_GT },	{ "&", TEST_NE },  { "in", TEST_EQ } };

/* arg0 == value */
static bool take_condition(struct scan *s, struct condition *c)
{
	const size_t from = s->at;
	size_t op = 0;
	uint64_t value = 0;

	if (!scan_take(s, "arg") || scan_peek(s, 0) < '0' || scan_peek(s, 0) > '5')
		return note_error(s->stack->notes, source_place(s->source, from, 4), "arg0 to arg5",
				  "no argument of a call");
	*c = condition_on((enum field)(FIELD_ARG0 + (scan_peek(s, 0) - '0')), TEST_EQ, 0,
			  source_place(s->source, from, 4));
	s->at++;
	minijail_skip(s);
	while (op < 8 && !(op == 7 ? scan_take_word(s, "in") : scan_take(s, operators[op].text)))
		op++;
	if (op == 8)
		return scan_error(s, "==, !=, <, <=, >, >=, & or in", "no operator");
	if (!take_value(s, 0, &value))
		return false;
	if (op == 6 && (scan_peek(s, 0) == '=' || scan_peek(s, 0) == '!'))
		return scan_error(s, "arg0 & MASK holds when any bit of MASK is set; arg0 in ~MASK, when none is",
				  "no comparison follows a mask");
	c->test = operators[op].test;
	c->value = op < 6 ? value : 0;
	c->mask = op < 6 ? UINT64_MAX : op == 6 ? value : ~value; /* any bit of it; none but its bits */
	c->at = place_trimmed(source_place(s->source, from, s->at - from));
	return true;
}

bool minijail_action(struct minijail *m, struct scan *s, uint32_t *ret)
{
	struct place at;
	uint32_t value;
	bool number;
	size_t from;

	minijail_skip(s);
	from = s->at;
	scan_take_name(s, "-");
	at = scan_place(s, from);
	if (!action_find(ACTION_MINIJAIL, s->source->text + from, at.length, ret, &number))
		return note_error(
			s->stack->notes, at,
			scan_peek(s, 0) == '('
				? "conditions have no brackets: arg0 == 1 && arg1 == 2 || arg0 == 3 && arg1 == 2"
				: action_proposals(s->stack->arena, ACTION_MINIJAIL),
			"no such action");
	if (!number)
		return !m->deny_list ||
		       note_error(s->stack->notes, at, "return and an errno", "a @denylist policy only denies");
	minijail_skip(s);
	from = s->at;
	scan_take_name(s, "");
	if (!scan_errno(s->stack, scan_place(s, from), UINT16_MAX, &value))
		return false;
	*ret |= value;
	return true;
}

/* A rule for each call of the line. */
static bool add_rules(struct minijail *m, const struct minijail_calls *calls, struct place at, uint32_t ret,
		      const struct condition *conditions, size_t n)
{
	for (size_t i = 0; i < calls->n; i++) {
		const struct minijail_call *d = &calls->list[i];
		struct rule *r = scan_rule(m->stack, m->policy, d->call, ret, at, d->at);

		rule_set_conditions(m->stack, r, conditions, n);
		r->inactive = d->inactive;
		r->inactive_at = d->at;
		if (d->inactive != NULL)
			continue;
		if (m->ended[d->call->nr])
			return note_error(m->stack->notes, at, "drop this one, or give the one before a condition",
					  "%s already has an action for all its arguments", d->call->name);
		if (n == 0)
			m->ended[d->call->nr] = true;
		if (n == 0 && ret == SECCOMP_RET_ALLOW)
			for (struct rule *b = m->policy->rules; b < r; b++)
				if (b->nr == r->nr && b->ret != ret && b->inactive == NULL) {
					note_warning(
						m->stack->notes, b->at,
						"let it end in another way, or turn the conditions round",
						"minijail's compiler leaves out every condition of a call that ends in allow: "
						"there, %s is always allowed",
						d->call->name);
					break;
				}
	}
	return true;
}

/*
 * An action, or an expression and perhaps `; action`. The action comes last, so that
 * the conditions are read twice.
 */
bool minijail_filter(struct minijail *m, struct scan *s, const struct minijail_calls *calls)
{
	struct condition conditions[CLAUSE_MAX];
	uint32_t ret = SECCOMP_RET_ALLOW;
	struct scan again;
	size_t from;

	minijail_skip(s);
	from = s->at;
	if (scan_peek(s, 0) != 'a' || scan_peek(s, 1) != 'r')
		return minijail_action(m, s, &ret) && add_rules(m, calls, scan_place(s, from), ret, NULL, 0);
	again = *s;
	for (unsigned int pass = 0; pass < 2; pass++) {
		bool more;

		do {
			size_t n = 0;
			const size_t start = s->at;

			do {
				minijail_skip(s);
				if (n == CLAUSE_MAX)
					return scan_error(s, "", "too many conditions that are joined");
				if (!take_condition(s, &conditions[n++]))
					return false;
				minijail_skip(s);
			} while (scan_take(s, "&&"));
			if (pass == 1 && !add_rules(m, calls, scan_place(s, start), ret, conditions, n))
				return false;
			more = scan_take(s, "||");
			minijail_skip(s);
		} while (more);
		if (pass == 0) {
			struct scan after = *s;

			if (scan_take(&after, ";") && !minijail_action(m, &after, &ret))
				return false;
			if (m->deny_list && ret == SECCOMP_RET_ALLOW)
				return scan_error(s, "; return EPERM", "a @denylist policy only denies");
			*s = again;
			again = after;
		}
	}
	*s = again;
	return true;
}
