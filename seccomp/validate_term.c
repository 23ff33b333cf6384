/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate_term.c - symbolic values for the validators: two are equal, and have one index, if they
 * were made of the same words by the same operations.
 */
#include "validate.h"

static bool same_term(const struct seccomp_term *a, const struct seccomp_term *b)
{
	if (a->unknown != b->unknown || a->ops != b->ops)
		return false;
	for (uint32_t i = 0; i < a->ops; i++)
		if (a->op[i].code != b->op[i].code || a->op[i].k != b->op[i].k)
			return false;
	return true;
}

static uint16_t index_of(struct seccomp_validate *v, const struct seccomp_term *t)
{
	for (uint32_t i = 0; i < v->terms; i++)
		if (v->term[i].k == t->k && same_term(&v->term[i], t))
			return (uint16_t)i;
	if (v->terms == SECCOMP_VALIDATE_TERMS)
		return SECCOMP_NOTHING;
	v->term[v->terms].k = t->k;
	v->term[v->terms].unknown = t->unknown;
	v->term[v->terms].ops = t->ops;
	for (uint32_t i = 0; i < t->ops; i++)
		v->term[v->terms].op[i] = t->op[i];
	return (uint16_t)v->terms++;
}

uint16_t seccomp_term_constant(struct seccomp_validate *v, uint32_t k)
{
	struct seccomp_term t;

	t.k = k;
	t.unknown = false;
	t.ops = 0;
	return index_of(v, &t);
}

uint16_t seccomp_term_word(struct seccomp_validate *v, uint32_t offset)
{
	struct seccomp_term t;

	t.k = offset;
	t.unknown = true;
	t.ops = 0;
	return index_of(v, &t);
}

uint16_t seccomp_term_operate(struct seccomp_validate *v, uint16_t op, uint16_t i, uint32_t k)
{
	struct seccomp_term t;

	if (i >= v->terms)
		return SECCOMP_NOTHING;
	t = v->term[i];
	if (t.unknown) {
		if (t.ops == SECCOMP_VALIDATE_OPS)
			return SECCOMP_NOTHING;
		t.op[t.ops++] = (struct sock_filter){ .code = op, .k = k };
		return index_of(v, &t);
	}
	switch (op) {
	case BPF_ADD:
		return seccomp_term_constant(v, t.k + k);
	case BPF_MUL:
		return seccomp_term_constant(v, t.k * k);
	case BPF_DIV:
		return k == 0 ? SECCOMP_NOTHING : seccomp_term_constant(v, t.k / k);
	case BPF_OR:
		return seccomp_term_constant(v, t.k | k);
	case BPF_AND:
		return seccomp_term_constant(v, t.k & k);
	case BPF_XOR:
		return seccomp_term_constant(v, t.k ^ k);
	case BPF_LSH:
		return seccomp_term_constant(v, t.k << k % 32);
	case BPF_RSH:
		return seccomp_term_constant(v, t.k >> k % 32);
	case BPF_NEG:
		return seccomp_term_constant(v, 0 - t.k);
	default:
		return SECCOMP_NOTHING;
	}
}

/* Is value I a word without operations? */
static bool is_plain_word(const struct seccomp_validate *v, uint16_t i)
{
	return i < v->terms && v->term[i].unknown && v->term[i].ops == 0;
}

/* Value I, which is unknown, after OP with value X, which is a constant or a plain word. */
static uint16_t operate_by(struct seccomp_validate *v, uint16_t op, uint16_t i, uint16_t x)
{
	if (i >= v->terms || !v->term[i].unknown)
		return SECCOMP_NOTHING;
	if (seccomp_term_is_constant(v, x))
		return seccomp_term_operate(v, op, i, v->term[x].k);
	return is_plain_word(v, x) ? seccomp_term_operate(v, op | BPF_X, i, v->term[x].k) : SECCOMP_NOTHING;
}

uint16_t seccomp_term_binary(struct seccomp_validate *v, uint16_t op, uint16_t a, uint16_t x)
{
	const bool shifts = op == BPF_LSH || op == BPF_RSH;

	if (a >= v->terms || x >= v->terms)
		return SECCOMP_NOTHING;
	if (seccomp_term_is_constant(v, x)) {
		const uint32_t k = v->term[x].k;

		if (op == BPF_SUB)
			return seccomp_term_operate(v, BPF_ADD, a, 0 - k);
		return seccomp_term_operate(v, op, a, shifts ? k % 32 : k);
	}
	if (op == BPF_DIV)
		return SECCOMP_NOTHING; /* the divisor may be 0 */
	if (seccomp_term_is_constant(v, a))
		return op == BPF_SUB || shifts ? SECCOMP_NOTHING : seccomp_term_operate(v, op, x, v->term[a].k);
	return operate_by(v, op, a, x);
}

uint16_t seccomp_term_below(struct seccomp_validate *v, uint16_t a, uint16_t b)
{
	const uint16_t below = operate_by(v, SECCOMP_TERM_BELOW, a, b);

	return below != SECCOMP_NOTHING ? below : operate_by(v, SECCOMP_TERM_ABOVE, b, a);
}
