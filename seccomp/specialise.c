/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * specialise.c - partial evaluation: reduces a program to the tests that depend on the arguments,
 * for a known system-call number.
 *
 * Called by number.c. Follows the program from its start with the number and the architecture
 * known. A jump that looks at something unknown becomes a test, and both ways are followed from it.
 * Paths that meet at an instruction with the same registers are one path from there on. A program
 * that cannot be followed so is left to the judge.
 */
#include "specialise.h"

#include "pause.h"

#define NOWHERE 0xffff /* instead of a target: the program cannot be specialised */

/* Does the jump I hold for A and its operand K? */
static bool jump_holds(struct sock_filter i, uint32_t a, uint32_t k)
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

/* The target that stands for the answer RET; NOWHERE: there is no room. */
static uint16_t number_answer(struct seccomp_specialise *s, uint32_t ret)
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

/*
 * Fills in what T asks when it compares A with X, of which at most one is constant, as a comparison
 * of one value with a constant: A == X if A ^ X is 0; A >= X if "A below X" is 0; and so on. False:
 * it cannot be expressed.
 */
static bool ask_words(struct seccomp_specialise *s, struct seccomp_test *t, const struct seccomp_value *a,
		      const struct seccomp_value *x)
{
	static const struct {
		uint16_t op, turned; /* of A and X; of X and A */
		uint16_t jump;
		uint32_t k;
	} ways[] = {
		[BPF_JEQ >> 4] = { BPF_XOR, BPF_XOR, BPF_JEQ, 0 },
		[BPF_JGT >> 4] = { SECCOMP_OP_ABOVE, SECCOMP_OP_BELOW, BPF_JEQ, 1 },
		[BPF_JGE >> 4] = { SECCOMP_OP_BELOW, SECCOMP_OP_ABOVE, BPF_JEQ, 0 },
		[BPF_JSET >> 4] = { BPF_AND, BPF_AND, SECCOMP_TEST_NOT_ZERO, 0 },
	};
	const uint32_t way = t->op >> 4;

	if (!s->words || (a->unknown && !seccomp_value_is_word(x)))
		return false;
	t->value = a->unknown ? seccomp_value_operate(s, *a, ways[way].op | BPF_X, x->k)
			      : seccomp_value_operate(s, *x, ways[way].turned | BPF_K, a->k);
	t->op = ways[way].jump;
	t->k = ways[way].k;
	return t->value != SECCOMP_NO_VALUE;
}

/* Fills in what T, at the instruction I, asks. False: it cannot be expressed. */
static bool fill_test(struct seccomp_specialise *s, struct seccomp_test *t, struct sock_filter i)
{
	const struct seccomp_value *x = &s->value[t->at.x];

	t->value = t->at.a;
	t->op = BPF_OP(i.code);
	t->k = i.k;
	if (BPF_CLASS(i.code) == BPF_RET) {
		t->op = BPF_JGE;
		t->k = t->second ? SECCOMP_RET_ALLOW : SECCOMP_RET_KILL_PROCESS;
	} else if (BPF_SRC(i.code) == BPF_X) {
		if (x->unknown)
			return ask_words(s, t, &s->value[t->at.a], x);
		t->k = x->k;
	}
	return true;
}

/*
 * The test for the instruction I with the registers AT: an equal one that exists, or a new one, in
 * the order of pc. SECOND: see struct seccomp_test. NOWHERE: no room, or it cannot be expressed.
 */
static uint16_t add_test(struct seccomp_specialise *s, const struct seccomp_partial *at, struct sock_filter i,
			 bool second)
{
	uint16_t *const similar = &s->with_pc[at->pc % 256];
	struct seccomp_test *t;
	uint32_t place = s->tests;

	for (uint32_t n = *similar; n != NOWHERE; n = s->test[n].next)
		if (s->test[n].second == second && equal_partial(&s->test[n].at, at))
			return (uint16_t)n;
	if (s->tests == SECCOMP_SPECIALISE_TESTS)
		return NOWHERE;
	t = &s->test[s->tests];
	*t = (struct seccomp_test){ .at = *at, .next = *similar, .second = second };
	if (!fill_test(s, t, i))
		return NOWHERE;
	for (; place > 0 && s->test[s->order[place - 1]].at.pc > at->pc; place--)
		s->order[place] = s->order[place - 1];
	s->order[place] = (uint16_t)s->tests;
	*similar = (uint16_t)s->tests;
	return (uint16_t)s->tests++;
}

/* The value that the load I loads. */
static uint16_t loaded_value(struct seccomp_specialise *s, const struct seccomp_partial *at, struct sock_filter i,
			     uint32_t nr, uint32_t arch)
{
	switch (BPF_MODE(i.code)) {
	case BPF_ABS:
		return seccomp_value_load(s, i.k, nr, arch);
	case BPF_MEM:
		return at->m[i.k];
	case BPF_LEN:
		return seccomp_value_constant(s, sizeof(struct seccomp_data));
	default:
		return seccomp_value_constant(s, i.k);
	}
}

/* Follows the program from AT to the next test or to its answer: the target, or NOWHERE. */
static uint16_t follow_to_test(struct seccomp_specialise *s, struct seccomp_partial at, const struct sock_filter *insns,
			       uint32_t nr, uint32_t arch)
{
	for (; s->steps > 0; s->steps--) {
		const struct sock_filter i = insns[at.pc];
		const bool by_x = BPF_SRC(i.code) == BPF_X;

		at.pc++;
		switch (BPF_CLASS(i.code)) {
		case BPF_LD:
			at.a = loaded_value(s, &at, i, nr, arch);
			break;
		case BPF_LDX:
			at.x = loaded_value(s, &at, i, nr, arch);
			break;
		case BPF_ST:
			at.m[i.k] = at.a;
			break;
		case BPF_STX:
			at.m[i.k] = at.x;
			break;
		case BPF_ALU:
			if (by_x && BPF_OP(i.code) == BPF_DIV && !s->value[at.x].unknown && s->value[at.x].k == 0)
				return number_answer(s, SECCOMP_RET_KILL_THREAD);
			at.a = seccomp_value_compute(s, i, &s->value[at.a], &s->value[at.x]);
			break;
		case BPF_JMP:
			if (BPF_OP(i.code) == BPF_JA) {
				at.pc += i.k;
				break;
			}
			if (s->value[at.a].unknown || (by_x && s->value[at.x].unknown)) {
				at.pc--;
				return add_test(s, &at, i, false);
			}
			at.pc += jump_holds(i, s->value[at.a].k, by_x ? s->value[at.x].k : i.k) ? i.jt : i.jf;
			break;
		case BPF_RET:
			if (BPF_RVAL(i.code) != BPF_A)
				return number_answer(s, i.k);
			if (!s->value[at.a].unknown)
				return number_answer(s, s->value[at.a].k);
			at.pc--;
			return s->words ? add_test(s, &at, i, false) : NOWHERE;
		default:
			if (BPF_MISCOP(i.code) == BPF_TAX)
				at.x = at.a;
			else
				at.a = at.x;
			break;
		}
		if (at.a == SECCOMP_NO_VALUE || at.x == SECCOMP_NO_VALUE)
			return NOWHERE;
	}
	return NOWHERE;
}

/* Follows the program from the test T on, both ways, and fills in where T leads. */
static void follow_both(struct seccomp_specialise *s, struct seccomp_test *t, const struct sock_filter *insns,
			uint32_t nr, uint32_t arch)
{
	const struct sock_filter jump = insns[t->at.pc];
	struct seccomp_partial at = t->at;

	if (BPF_CLASS(jump.code) == BPF_RET) {
		t->hold = number_answer(s, t->second ? SECCOMP_RET_ALLOW : SECCOMP_RET_KILL_PROCESS);
		t->fail = t->second ? number_answer(s, SECCOMP_RET_KILL_PROCESS) : add_test(s, &at, jump, true);
		return;
	}
	at.pc = t->at.pc + 1 + jump.jt;
	t->hold = follow_to_test(s, at, insns, nr, arch);
	at.pc = t->at.pc + 1 + jump.jf;
	t->fail = follow_to_test(s, at, insns, nr, arch);
}

/* ---- the whole ---- */

bool seccomp_specialise_tests(struct seccomp_specialise *s, const struct sock_filter *insns, uint32_t nr, uint32_t arch)
{
	/* A, X and the scratch words begin as value 0, which is the constant 0. */
	const struct seccomp_partial at = { .pc = 0 };

	s->values = 0;
	s->tests = 0;
	s->answers = 0;
	for (uint32_t i = 0; i < sizeof(s->with_pc) / sizeof(s->with_pc[0]); i++)
		s->with_pc[i] = NOWHERE;
	(void)seccomp_value_constant(s, 0);
	s->first = follow_to_test(s, at, insns, nr, arch);
	if (s->first == NOWHERE)
		return false;
	/*
	 * Tests are followed in the order of their pc. Jumps lead forward, so a new test always
	 * comes behind those that were followed already.
	 */
	for (uint32_t i = 0; i < s->tests; i++) {
		struct seccomp_test *t = &s->test[s->order[i]];
		const uint32_t before = s->steps;

		follow_both(s, t, insns, nr, arch);
		seccomp_pause((before - s->steps) * SECCOMP_STEP_WORK);
		if (t->hold == NOWHERE || t->fail == NOWHERE)
			return false;
	}
	return true;
}

uint32_t seccomp_specialise(struct seccomp_specialise *s, const struct sock_filter *insns, uint32_t len, uint32_t nr,
			    uint32_t arch, struct sock_filter out[SECCOMP_RESIDUAL_MAX])
{
	(void)len; /* a checked program ends in a return on every path */
	s->words = false;
	return seccomp_specialise_tests(s, insns, nr, arch) ? seccomp_residual_write(s, insns, out) : 0;
}
