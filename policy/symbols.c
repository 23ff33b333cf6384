/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbols.c - terms of z3: words, conditions, outcomes of rules; see symbolic.h.
 */
#include <string.h>

#include "action_words.h"
#include "build.h"
#include "symbolic.h"

const struct box whole_box = { .nr = { 0, UINT32_MAX }, .arch = { 0, UINT32_MAX } };

static Z3_context z3_context(struct symbols *sym)
{
	Z3_config config;

	if (sym->z3 == NULL) {
		config = Z3_mk_config();
		sym->z3 = Z3_mk_context(config);
		Z3_del_config(config);
	}
	return sym->z3;
}

void symbols_free(struct symbols *sym)
{
	if (sym->z3 != NULL)
		Z3_del_context(sym->z3);
	arena_free(&sym->arena);
	memset(sym, 0, sizeof(*sym));
}

Z3_ast symbol_word(struct symbols *sym, uint32_t offset)
{
	const Z3_context z3 = z3_context(sym);
	Z3_ast *word = &sym->words[offset / 4];

	if (*word == NULL)
		*word = Z3_mk_const(z3, Z3_mk_int_symbol(z3, (int)offset), Z3_mk_bv_sort(z3, 32));
	return *word;
}

Z3_ast symbol_constant(struct symbols *sym, uint32_t k)
{
	const Z3_context z3 = z3_context(sym);

	return Z3_mk_unsigned_int64(z3, k, Z3_mk_bv_sort(z3, 32));
}

Z3_ast both_terms(struct symbols *sym, Z3_ast a, Z3_ast b)
{
	if (a == NULL || b == NULL)
		return a == NULL ? b : a;
	return Z3_mk_and(z3_context(sym), 2, (Z3_ast[]){ a, b });
}

Z3_ast runs_term(struct symbols *sym, Z3_ast answer)
{
	const Z3_context z3 = z3_context(sym);
	const Z3_ast action = Z3_mk_bvand(z3, answer, symbol_constant(sym, SECCOMP_RET_ACTION_FULL));
	Z3_ast one[SECCOMP_ACTIONS];
	unsigned int n = 0;

	for (size_t i = SECCOMP_ACTIONS; i-- > 0;)
		if (action_runs(seccomp_actions[i].ret))
			one[n++] = Z3_mk_eq(z3, action, symbol_constant(sym, seccomp_actions[i].ret));
	return Z3_mk_or(z3, n, one);
}

Z3_ast box_term(struct symbols *sym, const struct box *box)
{
	const Z3_context z3 = z3_context(sym);
	const Z3_ast nr = symbol_word(sym, SECCOMP_NR), arch = symbol_word(sym, SECCOMP_ARCH);

	return Z3_mk_and(z3, 4,
			 (Z3_ast[]){
				 Z3_mk_bvuge(z3, nr, symbol_constant(sym, box->nr[0])),
				 Z3_mk_bvule(z3, nr, symbol_constant(sym, box->nr[1])),
				 Z3_mk_bvuge(z3, arch, symbol_constant(sym, box->arch[0])),
				 Z3_mk_bvule(z3, arch, symbol_constant(sym, box->arch[1])),
			 });
}

/* The 64 bits of a field; a number's upper half is 0. */
static Z3_ast field_term(struct symbols *sym, const struct condition *c)
{
	const Z3_context z3 = z3_context(sym);
	uint32_t low, high;

	switch (c->field) {
	case FIELD_NR:
		return Z3_mk_zero_ext(z3, 32, symbol_word(sym, SECCOMP_NR));
	case FIELD_IP:
		low = SECCOMP_IP_LO;
		high = SECCOMP_IP_HI;
		break;
	default:
		low = SECCOMP_ARG0_LO + 8U * c->field;
		high = low + 4;
		break;
	}
	if (c->width == 32)
		return Z3_mk_zero_ext(z3, 32, symbol_word(sym, low));
	return Z3_mk_concat(z3, symbol_word(sym, high), symbol_word(sym, low));
}

Z3_ast condition_term(struct symbols *sym, const struct condition *c)
{
	const Z3_context z3 = z3_context(sym);
	const Z3_sort sort = Z3_mk_bv_sort(z3, 64);
	const Z3_ast value = Z3_mk_unsigned_int64(z3, c->value, sort);
	Z3_ast seen = field_term(sym, c);

	if (c->mask != UINT64_MAX)
		seen = Z3_mk_bvand(z3, seen, Z3_mk_unsigned_int64(z3, c->mask, sort));
	switch (c->test) {
	case TEST_EQ:
		return Z3_mk_eq(z3, seen, value);
	case TEST_NE:
		return Z3_mk_not(z3, Z3_mk_eq(z3, seen, value));
	case TEST_LT:
		return Z3_mk_bvult(z3, seen, value);
	case TEST_LE:
		return Z3_mk_bvule(z3, seen, value);
	case TEST_GT:
		return Z3_mk_bvugt(z3, seen, value);
	case TEST_GE:
		return Z3_mk_bvuge(z3, seen, value);
	case TESTS:
		break;
	}
	return Z3_mk_false(z3);
}

Z3_ast symbol_alu(struct symbols *sym, uint16_t op, Z3_ast a, Z3_ast b)
{
	const Z3_context z3 = z3_context(sym);

	switch (op) {
	case BPF_ADD:
		return Z3_mk_bvadd(z3, a, b);
	case BPF_SUB:
		return Z3_mk_bvsub(z3, a, b);
	case BPF_MUL:
		return Z3_mk_bvmul(z3, a, b);
	case BPF_DIV:
		return Z3_mk_bvudiv(z3, a, b);
	case BPF_OR:
		return Z3_mk_bvor(z3, a, b);
	case BPF_AND:
		return Z3_mk_bvand(z3, a, b);
	case BPF_XOR:
		return Z3_mk_bvxor(z3, a, b);
	case BPF_LSH:
		return Z3_mk_bvshl(z3, a, Z3_mk_bvand(z3, b, symbol_constant(sym, 31)));
	case BPF_RSH:
		return Z3_mk_bvlshr(z3, a, Z3_mk_bvand(z3, b, symbol_constant(sym, 31)));
	default:
		return Z3_mk_bvneg(z3, a);
	}
}

Z3_ast symbol_compare(struct symbols *sym, uint16_t op, Z3_ast a, Z3_ast b)
{
	const Z3_context z3 = z3_context(sym);

	switch (op) {
	case BPF_JEQ:
		return Z3_mk_eq(z3, a, b);
	case BPF_JGT:
		return Z3_mk_bvugt(z3, a, b);
	case BPF_JGE:
		return Z3_mk_bvuge(z3, a, b);
	default:
		return Z3_mk_not(z3, Z3_mk_eq(z3, Z3_mk_bvand(z3, a, b), symbol_constant(sym, 0)));
	}
}

bool outcomes_constant(const struct outcomes *o, uint32_t *ret)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->list[i].ret.term != NULL || o->list[i].ret.k != o->list[0].ret.k)
			return false;
	*ret = o->n > 0 ? o->list[0].ret.k : SECCOMP_RET_KILL_PROCESS;
	return true;
}

static Z3_ast value_term(struct symbols *sym, struct value v)
{
	return v.term != NULL ? v.term : symbol_constant(sym, v.k);
}

Z3_ast outcomes_term(struct symbols *sym, const struct outcomes *o)
{
	const Z3_context z3 = z3_context(sym);
	Z3_ast term = value_term(sym, o->list[o->n - 1].ret);

	for (size_t i = o->n - 1; i-- > 0;)
		term = Z3_mk_ite(z3, o->list[i].when, value_term(sym, o->list[i].ret), term);
	return term;
}
