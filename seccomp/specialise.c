/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * specialise.c - a program, less all that depends on the system-call number alone.
 *
 * Follows the program from its start with the number and the architecture known. Where a jump
 * looks at something unknown, it becomes a test of the residual and both ways are followed;
 * paths that meet with the same registers are one path from there on. What it does not
 * understand it does not specialise.
 */
#include "specialise.h"

#define NOWHERE 0xffff /* no target: gives up */
#define NO_VALUE 0xff

/* ---- values ---- */

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

/* The index of V in the table, NO_VALUE when that is full. */
static uint8_t intern(struct seccomp_specialise *s, struct seccomp_value v)
{
	for (uint32_t i = 0; i < s->values; i++)
		if (equal_value(&s->value[i], &v))
			return (uint8_t)i;
	if (s->values == SECCOMP_SPECIALISE_VALUES)
		return NO_VALUE;
	s->value[s->values] = v;
	return (uint8_t)s->values++;
}

static uint8_t constant(struct seccomp_specialise *s, uint32_t k)
{
	return intern(s, (struct seccomp_value){ .k = k });
}

static uint8_t load(struct seccomp_specialise *s, uint32_t offset, uint32_t nr, uint32_t arch)
{
	if (offset == offsetof(struct seccomp_data, nr))
		return constant(s, nr);
	if (offset == offsetof(struct seccomp_data, arch))
		return constant(s, arch);
	return intern(s, (struct seccomp_value){ .k = offset, .unknown = true });
}

/* What the instruction I makes of A and K: the reference says it. */
static uint32_t fold(struct sock_filter i, uint32_t a, uint32_t k)
{
	const struct sock_filter program[] = {
		BPF_STMT(BPF_LDX | BPF_IMM, k),
		BPF_STMT(BPF_LD | BPF_IMM, a),
		i,
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	const struct seccomp_data none = { .nr = 0 };

	return seccomp_run(program, 4, &none).ret;
}

/* The value of A after the arithmetic instruction I, whose operand is OPERAND. */
static uint8_t compute(struct seccomp_specialise *s, struct sock_filter i, uint8_t a, uint8_t operand)
{
	struct seccomp_value v = s->value[a];
	const struct seccomp_value *o = &s->value[operand];

	if (o->unknown)
		return NO_VALUE;
	if (!v.unknown)
		return constant(s, fold(i, v.k, o->k));
	if (v.ops == SECCOMP_SPECIALISE_OPS)
		return NO_VALUE;
	i.code = (uint16_t)(BPF_ALU | BPF_OP(i.code) | BPF_K);
	if (BPF_OP(i.code) == BPF_NEG)
		i.code = BPF_ALU | BPF_NEG;
	i.k = BPF_OP(i.code) == BPF_LSH || BPF_OP(i.code) == BPF_RSH ? o->k % 32 : o->k;
	v.op[v.ops++] = i;
	return intern(s, v);
}

/* Does the jump I hold for A and its operand K? */
static bool holds(struct sock_filter i, uint32_t a, uint32_t k)
{
	switch (BPF_OP(i.code)) {
	case BPF_JEQ:
		return a == k;
	case BPF_JGT:
		return a > k;
	case BPF_JGE:
		return a >= k;
	default:
		return (a & k) != 0;
	}
}

/* ---- paths ---- */

static uint16_t answer(struct seccomp_specialise *s, uint32_t ret)
{
	uint32_t i = 0;

	while (i < s->answers && s->answer[i] != ret)
		i++;
	if (i == SECCOMP_SPECIALISE_ANSWERS)
		return NOWHERE;
	s->answer[i] = ret;
	if (i == s->answers)
		s->answers++;
	return (uint16_t)(SECCOMP_SPECIALISE_TESTS + i);
}

static bool equal_partial(const struct seccomp_partial *a, const struct seccomp_partial *b)
{
	if (a->pc != b->pc || a->a != b->a || a->x != b->x)
		return false;
	for (uint32_t i = 0; i < BPF_MEMWORDS; i++)
		if (a->m[i] != b->m[i])
			return false;
	return true;
}

static uint16_t test(struct seccomp_specialise *s, const struct seccomp_partial *at)
{
	for (uint32_t i = 0; i < s->tests; i++)
		if (equal_partial(&s->test[i].at, at))
			return (uint16_t)i;
	if (s->tests == SECCOMP_SPECIALISE_TESTS)
		return NOWHERE;
	s->test[s->tests] = (struct seccomp_test){ .at = *at };
	return (uint16_t)s->tests++;
}

/* Follows the program from AT to where the arguments are asked, or to its answer. */
static uint16_t follow(struct seccomp_specialise *s, struct seccomp_partial at, const struct sock_filter *insns,
		       uint32_t nr, uint32_t arch)
{
	for (; s->steps > 0; s->steps--) {
		const struct sock_filter i = insns[at.pc];
		const bool by_x = BPF_SRC(i.code) == BPF_X;

		at.pc++;
		switch (BPF_CLASS(i.code)) {
		case BPF_LD:
			if (BPF_MODE(i.code) == BPF_ABS)
				at.a = load(s, i.k, nr, arch);
			else if (BPF_MODE(i.code) == BPF_MEM)
				at.a = at.m[i.k];
			else
				at.a = constant(s, BPF_MODE(i.code) == BPF_LEN ? (uint32_t)sizeof(struct seccomp_data)
									       : i.k);
			break;
		case BPF_LDX:
			if (BPF_MODE(i.code) == BPF_MEM)
				at.x = at.m[i.k];
			else
				at.x = constant(s, BPF_MODE(i.code) == BPF_LEN ? (uint32_t)sizeof(struct seccomp_data)
									       : i.k);
			break;
		case BPF_ST:
			at.m[i.k] = at.a;
			break;
		case BPF_STX:
			at.m[i.k] = at.x;
			break;
		case BPF_ALU:
			if (by_x && BPF_OP(i.code) == BPF_DIV && !s->value[at.x].unknown && s->value[at.x].k == 0)
				return answer(s, SECCOMP_RET_KILL_THREAD);
			at.a = compute(s, i, at.a, by_x ? at.x : constant(s, i.k));
			break;
		case BPF_JMP:
			if (BPF_OP(i.code) == BPF_JA) {
				at.pc += i.k;
				break;
			}
			if (by_x && s->value[at.x].unknown)
				return NOWHERE;
			if (s->value[at.a].unknown) {
				at.pc--;
				return test(s, &at);
			}
			at.pc += holds(i, s->value[at.a].k, by_x ? s->value[at.x].k : i.k) ? i.jt : i.jf;
			break;
		case BPF_RET:
			if (BPF_RVAL(i.code) != BPF_A)
				return answer(s, i.k);
			return s->value[at.a].unknown ? NOWHERE : answer(s, s->value[at.a].k);
		default:
			if (BPF_MISCOP(i.code) == BPF_TAX)
				at.x = at.a;
			else
				at.a = at.x;
			break;
		}
		if (at.a == NO_VALUE || at.x == NO_VALUE)
			return NOWHERE;
	}
	return NOWHERE;
}

/*
 * The first test in the program's order whose ways were not followed yet; tests if there is none.
 */
static uint32_t next_test(const struct seccomp_specialise *s)
{
	uint32_t next = s->tests;

	for (uint32_t i = 0; i < s->tests; i++)
		if (!s->test[i].done && (next == s->tests || s->test[i].at.pc < s->test[next].at.pc))
			next = i;
	return next;
}

/* ---- the whole ---- */

uint32_t seccomp_specialise(struct seccomp_specialise *s, const struct sock_filter *insns, uint32_t len, uint32_t nr,
			    uint32_t arch, struct sock_filter out[SECCOMP_RESIDUAL_MAX])
{
	struct seccomp_partial at = { .pc = 0 }; /* value 0 is the constant 0: A, X and M */
	uint32_t ordered = 0;
	uint16_t first;

	(void)len; /* a checked program ends in a return on every path */
	s->values = 0;
	s->tests = 0;
	s->answers = 0;
	(void)constant(s, 0);
	first = follow(s, at, insns, nr, arch);
	if (first == NOWHERE)
		return 0;
	for (uint32_t i; (i = next_test(s)) < s->tests;) {
		struct seccomp_test *t = &s->test[i];
		const struct sock_filter jump = insns[t->at.pc];

		t->done = true;
		s->order[ordered++] = (uint8_t)i;
		at = t->at;
		at.pc = t->at.pc + 1 + jump.jt;
		t->hold = follow(s, at, insns, nr, arch);
		at.pc = t->at.pc + 1 + jump.jf;
		t->fail = follow(s, at, insns, nr, arch);
		if (t->hold == NOWHERE || t->fail == NOWHERE)
			return 0;
	}
	return seccomp_residual_write(s, insns, out);
}
