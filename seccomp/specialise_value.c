/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * specialise_value.c - symbolic values for specialise.c: a constant, or a word of seccomp_data and
 * the operations on it. Equal values have one index.
 */
#include "specialise.h"

#include "fold.h"

static bool equal_op(struct sock_filter a, struct sock_filter b)
{
	return a.code == b.code && a.k == b.k;
}

static bool equal_value(const struct seccomp_value *a, const struct seccomp_value *b)
{
	if (a->k != b->k || a->unknown != b->unknown || a->ops != b->ops)
		return false;
	for (uint32_t i = 0; i < a->ops; i++)
		if (!equal_op(a->op[i], b->op[i]))
			return false;
	return true;
}

/* The index of V in the table, SECCOMP_NO_VALUE when that is full. */
static uint16_t intern_value(struct seccomp_specialise *s, struct seccomp_value v)
{
	for (uint32_t i = 0; i < s->values; i++)
		if (equal_value(&s->value[i], &v))
			return (uint16_t)i;
	if (s->values == SECCOMP_SPECIALISE_VALUES)
		return SECCOMP_NO_VALUE;
	s->value[s->values] = v;
	return (uint16_t)s->values++;
}

uint16_t seccomp_value_constant(struct seccomp_specialise *s, uint32_t k)
{
	return intern_value(s, (struct seccomp_value){ .k = k });
}

uint16_t seccomp_value_load(struct seccomp_specialise *s, uint32_t offset, uint32_t nr, uint32_t arch)
{
	if (offset == offsetof(struct seccomp_data, nr))
		return seccomp_value_constant(s, nr);
	if (offset == offsetof(struct seccomp_data, arch))
		return seccomp_value_constant(s, arch);
	return intern_value(s, (struct seccomp_value){ .k = offset, .unknown = true });
}

uint16_t seccomp_value_operate(struct seccomp_specialise *s, struct seccomp_value v, uint32_t code, uint32_t k)
{
	if (v.ops == SECCOMP_SPECIALISE_OPS)
		return SECCOMP_NO_VALUE;
	v.op[v.ops++] = (struct sock_filter){ .code = (uint16_t)(BPF_ALU | code), .k = k };
	return intern_value(s, v);
}

uint16_t seccomp_specialise_masked(struct seccomp_specialise *s, uint16_t v, uint32_t k)
{
	return seccomp_value_operate(s, s->value[v], BPF_AND | BPF_K, k);
}

/* A OP X, where X is unknown and A may be known. */
static uint16_t compute_words(struct seccomp_specialise *s, uint32_t op, const struct seccomp_value *a,
			      const struct seccomp_value *x)
{
	const bool commutes = op == BPF_ADD || op == BPF_MUL || op == BPF_OR || op == BPF_AND || op == BPF_XOR;

	if (!s->words || op == BPF_DIV)
		return SECCOMP_NO_VALUE;
	if (!a->unknown)
		return commutes ? seccomp_value_operate(s, *x, op | BPF_K, a->k) : SECCOMP_NO_VALUE;
	return seccomp_value_is_word(x) ? seccomp_value_operate(s, *a, op | BPF_X, x->k) : SECCOMP_NO_VALUE;
}

uint16_t seccomp_value_compute(struct seccomp_specialise *s, struct sock_filter i, const struct seccomp_value *a,
			       const struct seccomp_value *x)
{
	const uint32_t op = BPF_OP(i.code);
	uint32_t k = i.k;

	if (op == BPF_NEG)
		return a->unknown ? seccomp_value_operate(s, *a, BPF_NEG, i.k) : seccomp_value_constant(s, 0 - a->k);
	if (BPF_SRC(i.code) == BPF_X) {
		if (x->unknown)
			return compute_words(s, op, a, x);
		k = x->k;
	}
	if (!a->unknown)
		return seccomp_value_constant(s, fold_insn(i, a->k, k));
	return seccomp_value_operate(s, *a, op | BPF_K, op == BPF_LSH || op == BPF_RSH ? k % 32 : k);
}
