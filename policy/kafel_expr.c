/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kafel_expr.c - conditions of kafel's language as alternatives of conditions of the common form.
 *
 * A comparison looks at all 64 bits where the argument has them in Linux's prototype or a number in
 * it needs them, else at the lower 32. [kafel: src/parser.y, is_64bit in src/codegen.c]
 */
#include <string.h>

#include "kafel.h"

#define CLAUSES_MAX 1024U

/* (argument & mask) | bits; of a number, mask is 0. */
struct operand {
	int arg; /* -1: a number */
	bool wide;
	uint64_t mask, bits;
};

static bool take_or(struct kafel *k, const struct kafel_args *args, bool negate, struct kafel_clause **out);
static bool take_bit_or(struct kafel *k, const struct kafel_args *args, struct operand *o);

static struct kafel_clause *new_clause(struct kafel *k, const struct condition *a, size_t n, const struct condition *b,
				       size_t m)
{
	struct kafel_clause *c = arena_zalloc(k->stack->arena, sizeof(*c));

	c->n = n + m;
	c->conditions = arena_zalloc(k->stack->arena, (n + m + 1) * sizeof(*a));
	for (size_t i = 0; i < n; i++)
		c->conditions[i] = a[i];
	for (size_t i = 0; i < m; i++)
		c->conditions[n + i] = b[i];
	return c;
}

static struct kafel_clause *join_alternatives(struct kafel_clause *a, struct kafel_clause *b)
{
	struct kafel_clause *last = a;

	if (a == NULL)
		return b;
	while (last->next != NULL)
		last = last->next;
	last->next = b;
	return a;
}

static bool join_clauses(struct kafel *k, const struct kafel_clause *a, const struct kafel_clause *b,
			 struct kafel_clause **out)
{
	struct kafel_clause **last = out;
	unsigned int n = 0;

	*out = NULL;
	for (; a != NULL; a = a->next)
		for (const struct kafel_clause *c = b; c != NULL; c = c->next) {
			if (++n > CLAUSES_MAX)
				return kafel_error(k, "write several filters of the same call",
						   "too many alternatives");
			*last = new_clause(k, a->conditions, a->n, c->conditions, c->n);
			last = &(*last)->next;
		}
	return true;
}

static bool take_operand(struct kafel *k, const struct kafel_args *args, struct operand *o)
{
	const struct kafel_constant *c;
	const char *list = "";

	*o = (struct operand){ .arg = -1, .bits = k->token.number };
	if (k->token.kind == KAFEL_NUMBER) {
		o->wide = o->bits > UINT32_MAX;
		kafel_next(k);
		return !k->failed;
	}
	if (kafel_take(k, "(")) {
		if (++k->inside > KAFEL_DEPTH_MAX)
			return kafel_error(k, "", "too many brackets in one another");
		if (!take_bit_or(k, args, o))
			return false;
		k->inside--;
		return kafel_expect(k, ")", "");
	}
	if (k->token.kind != KAFEL_NAME)
		return !k->failed && kafel_error(k, "prot == 1", "an argument or a number is missing here");
	c = kafel_find(k, k->token.text);
	if (c != NULL) {
		o->bits = c->value;
		o->wide = o->bits > UINT32_MAX;
		kafel_next(k);
		return !k->failed;
	}
	for (unsigned int i = 0; i < args->n; i++) {
		list = arena_print(k->stack->arena, "%s%s%s", list, i > 0 ? ", " : "", args->arg[i].name);
		if (strcmp(args->arg[i].name, k->token.text) == 0 ||
		    (args->arg[i].alias != NULL && strcmp(args->arg[i].alias, k->token.text) == 0)) {
			*o = (struct operand){ (int)i, args->arg[i].bits == 64, UINT64_MAX, 0 };
			kafel_next(k);
			return !k->failed;
		}
	}
	if (args->call == NULL) {
		*o = (struct operand){ .arg = -1 };
		kafel_next(k);
		return !k->failed;
	}
	if (constant_find(k->token.text, strlen(k->token.text)) != NULL)
		return kafel_error(
			k,
			arena_print(k->stack->arena, "#define %s %#llx", k->token.text,
				    (unsigned long long)constant_find(k->token.text, strlen(k->token.text))->value),
			"kafel knows no constants but those that the policy defines");
	return kafel_error(k, arena_print(k->stack->arena, "it has: %s", list),
			   arena_print(k->stack->arena, "%s has no argument %s", args->call, k->token.text));
}

static bool combine_operands(struct kafel *k, struct operand *a, struct operand b, bool is_and)
{
	if (a->arg >= 0 && b.arg >= 0)
		return kafel_error(
			k, "compare with numbers, or give the filter that kafel makes",
			"an argument with an argument: kafel can compare them, the rules of portcullis cannot");
	if (a->arg < 0) {
		const struct operand swap = *a;

		*a = b;
		b = swap;
	}
	if (a->arg < 0 || (is_and && b.bits == 0) || (!is_and && b.bits == UINT64_MAX)) {
		const uint64_t number = is_and ? a->bits & b.bits : a->bits | b.bits;

		*a = (struct operand){ .arg = -1, .bits = number, .wide = number > UINT32_MAX };
		return true;
	}
	/*
	 * An operand that changes nothing is left out, and does not make the comparison one of 64
	 * bits. [expr_simplify in src/expression.c]
	 */
	if (b.bits == (is_and ? UINT64_MAX : 0))
		return true;
	a->wide |= b.wide;
	if (is_and) {
		a->mask &= b.bits;
		a->bits &= b.bits;
	} else {
		a->mask &= ~b.bits;
		a->bits |= b.bits;
	}
	return true;
}

static bool take_bit_and(struct kafel *k, const struct kafel_args *args, struct operand *o)
{
	struct operand right;

	if (!take_operand(k, args, o))
		return false;
	while (kafel_take(k, "&"))
		if (!take_operand(k, args, &right) || !combine_operands(k, o, right, true))
			return false;
	return !k->failed;
}

static bool take_bit_or(struct kafel *k, const struct kafel_args *args, struct operand *o)
{
	struct operand right;

	if (!take_bit_and(k, args, o))
		return false;
	while (kafel_take(k, "|"))
		if (!take_bit_and(k, args, &right) || !combine_operands(k, o, right, false))
			return false;
	return !k->failed;
}

static const struct {
	const char *sign;
	enum test test, not, swapped;
} comparisons[] = {
	{ "==", TEST_EQ, TEST_NE, TEST_EQ }, { "!=", TEST_NE, TEST_EQ, TEST_NE }, { "<=", TEST_LE, TEST_GT, TEST_GE },
	{ ">=", TEST_GE, TEST_LT, TEST_LE }, { "<", TEST_LT, TEST_GE, TEST_GT },  { ">", TEST_GT, TEST_LE, TEST_LT },
};

static bool number_holds(enum test test, uint64_t a, uint64_t b)
{
	struct condition c = { .field = FIELD_ARG0, .test = test, .width = 64, .mask = UINT64_MAX, .value = b };

	return condition_holds(&c, &(struct seccomp_data){ .args = { a } });
}

static bool take_comparison(struct kafel *k, const struct kafel_args *args, bool negate, struct kafel_clause **out)
{
	const struct place from = k->token.at;
	struct operand left, right;
	struct condition c;
	enum test test;
	size_t i = 0;

	if (!take_bit_or(k, args, &left))
		return false;
	while (i < 6 && !kafel_take(k, comparisons[i].sign))
		i++;
	if (i == 6)
		return !k->failed && kafel_error(k, "==, !=, <, <=, > or >=", "a comparison is missing here");
	if (!take_bit_or(k, args, &right))
		return false;
	if (left.arg >= 0 && right.arg >= 0) {
		k->token.at = from;
		return kafel_error(
			k, "compare with numbers, or give the filter that kafel makes",
			"an argument with an argument: kafel can compare them, the rules of portcullis cannot");
	}
	test = comparisons[i].test;
	if (left.arg < 0) {
		const struct operand swap = left;

		left = right;
		right = swap;
		test = comparisons[i].swapped;
	}
	for (i = 0; negate && comparisons[i].test != test;)
		i++;
	test = negate ? comparisons[i].not : test;
	*out = NULL;
	if (left.arg < 0 && left.mask == 0) {
		if (args->call != NULL && number_holds(test, left.bits, right.bits))
			*out = new_clause(k, NULL, 0, NULL, 0);
		return true;
	}
	c = condition_on((enum field)(FIELD_ARG0 + left.arg), test, right.bits, from);
	c.width = left.wide || right.wide ? 64 : 32;
	c.mask = left.mask;
	if (from.source == k->token.at.source && k->token.at.offset > from.offset)
		c.at.length = k->token.at.offset - from.offset;
	c.at = place_trimmed(c.at);
	if (left.bits != 0 && test != TEST_EQ && test != TEST_NE)
		return kafel_error(k, "compare with == or !=", "bits that are put in with | and then ordered");
	if (left.bits != 0 && (right.bits & left.bits) != left.bits) {
		/* The bits that are put in are not in the number: never equal. */
		if (test == TEST_NE)
			*out = new_clause(k, NULL, 0, NULL, 0);
		return true;
	}
	c.value = right.bits & ~left.bits;
	*out = new_clause(k, &c, 1, NULL, 0);
	return true;
}

/*
 * Does a whole condition stand in the bracket, and not just a value? The first sign that compares
 * or joins, before the bracket ends, tells.
 */
static bool is_condition(const struct kafel *k)
{
	struct scan s = k->files[k->depth];
	unsigned int depth = 1;

	for (; s.at < s.end && depth > 0; s.at++) {
		const char c = scan_peek(&s, 0), next = scan_peek(&s, 1);

		depth += c == '(';
		depth -= c == ')';
		if (c == '=' || c == '<' || c == '>' || c == '!' || c == ',' || (c == '|' && next == '|') ||
		    (c == '&' && next == '&'))
			return true;
	}
	return false;
}

static bool take_primary(struct kafel *k, const struct kafel_args *args, bool negate, struct kafel_clause **out)
{
	bool good;

	if (k->failed)
		return false;
	if (k->inside + 1 > KAFEL_DEPTH_MAX)
		return kafel_error(k, "", "too many brackets in one another");
	if (kafel_take(k, "!")) {
		k->inside++;
		good = take_primary(k, args, !negate, out);
		k->inside--;
		return good;
	}
	if (k->token.kind != KAFEL_SIGN || strcmp(k->token.text, "(") != 0 || !is_condition(k))
		return take_comparison(k, args, negate, out);
	kafel_next(k);
	k->inside++;
	good = take_or(k, args, negate, out) && kafel_expect(k, ")", "");
	k->inside--;
	return good;
}

static bool take_and(struct kafel *k, const struct kafel_args *args, bool negate, struct kafel_clause **out)
{
	if (!take_primary(k, args, negate, out))
		return false;
	while (kafel_take(k, "&&")) {
		struct kafel_clause *right, *left = *out;

		if (!take_primary(k, args, negate, &right))
			return false;
		if (negate)
			*out = join_alternatives(left, right);
		else if (!join_clauses(k, left, right, out))
			return false;
	}
	return !k->failed;
}

/* `,` and || both stand between alternatives. */
static bool take_or(struct kafel *k, const struct kafel_args *args, bool negate, struct kafel_clause **out)
{
	if (!take_and(k, args, negate, out))
		return false;
	while (kafel_take(k, "||") || kafel_take(k, ",")) {
		struct kafel_clause *right, *left = *out;

		if (!take_and(k, args, negate, &right))
			return false;
		if (!negate)
			*out = join_alternatives(left, right);
		else if (!join_clauses(k, left, right, out))
			return false;
	}
	return !k->failed;
}

bool kafel_condition(struct kafel *k, const struct kafel_args *args, struct kafel_clause **clauses)
{
	k->inside = 0;
	return take_or(k, args, false, clauses);
}
