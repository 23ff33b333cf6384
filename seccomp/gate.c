/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.c - which system-call numbers have an answer that does not depend on the arguments.
 *
 * Called when a filter is installed. One forward pass over the program carries, to each instruction,
 * the set of numbers below 512 that may reach it and what is known of A there; where a jump looks at
 * the number the set is split, where it looks at anything unknown it goes both ways. An answer is
 * constant when every return that its number may reach gives that same value.
 */
#include "seccomp.h"

#define WORDS (SECCOMP_GATE_NRS / 64)
#define ALL_NUMBERS UINT64_MAX /* of one word of a set */

size_t seccomp_answers_scratch(uint32_t len)
{
	return (size_t)len * sizeof(struct seccomp_point);
}

void seccomp_answers_init(struct seccomp_answers *a)
{
	for (uint32_t w = 0; w < WORDS; w++)
		a->constant[w] = ALL_NUMBERS;
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		a->ret[nr] = SECCOMP_RET_ALLOW;
}

/* Joins what arrives at point P: the numbers SET with A as KNOWN and VALUE say. */
static void arrive(struct seccomp_point *p, const uint64_t *set, enum seccomp_known known, uint32_t value)
{
	uint64_t any = 0;

	for (uint32_t w = 0; w < WORDS; w++) {
		any |= set[w];
		p->reach[w] |= set[w];
	}
	if (any == 0)
		return;
	if (p->known == SECCOMP_A_UNREACHED) {
		p->known = known;
		p->value = value;
	} else if (p->known != known || p->value != value) {
		p->known = SECCOMP_A_ANY;
		p->value = 0;
	}
}

/* The numbers of SET may get the answer RET, or, when not FIXED, one of which nothing is known. */
static void answer(struct seccomp_answers *a, uint64_t *seen, const uint64_t *set, bool fixed, uint32_t ret)
{
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const uint32_t w = nr / 64;
		const uint64_t bit = 1ULL << nr % 64;

		if ((set[w] & bit) == 0)
			continue;
		if (fixed && (seen[w] & bit) == 0) {
			a->constant[w] |= bit;
			a->ret[nr] = ret;
		} else if (!fixed || a->ret[nr] != ret) {
			a->constant[w] &= ~bit;
			a->ret[nr] = 0;
		}
		seen[w] |= bit;
	}
}

/* The numbers of word W that share a bit with K. */
static uint64_t sharing_bits(uint32_t w, uint32_t k)
{
	uint64_t set = 0;

	if ((w * 64 & k) != 0)
		return ALL_NUMBERS;
	for (uint32_t b = 0; b < 64; b++)
		if ((b & k) != 0)
			set |= 1ULL << b;
	return set;
}

/* The numbers of word W that are K or above. */
static uint64_t from(uint32_t w, uint32_t k)
{
	if (k <= w * 64)
		return ALL_NUMBERS;
	if (k - w * 64 >= 64)
		return 0;
	return ALL_NUMBERS << (k - w * 64);
}

/* The numbers of word W for which the jump I, which compares the number with k, holds. */
static uint64_t holding(struct sock_filter i, uint32_t w)
{
	switch (BPF_OP(i.code)) {
	case BPF_JEQ:
		return i.k / 64 == w ? 1ULL << i.k % 64 : 0;
	case BPF_JGT:
		return i.k == UINT32_MAX ? 0 : from(w, i.k + 1);
	case BPF_JGE:
		return from(w, i.k);
	default:
		return sharing_bits(w, i.k);
	}
}

/* Does the jump I, which compares with k, hold for A? */
static bool holds(struct sock_filter i, uint32_t a)
{
	switch (BPF_OP(i.code)) {
	case BPF_JEQ:
		return a == i.k;
	case BPF_JGT:
		return a > i.k;
	case BPF_JGE:
		return a >= i.k;
	default:
		return (a & i.k) != 0;
	}
}

/* Sends the numbers that reach the conditional jump I on: to HOLD if it may hold, to FAIL if it may not. */
static void branch(const struct seccomp_point *p, struct sock_filter i, struct seccomp_point *hold,
		   struct seccomp_point *fail)
{
	uint64_t yes[WORDS];
	uint64_t no[WORDS];

	for (uint32_t w = 0; w < WORDS; w++) {
		yes[w] = p->reach[w];
		no[w] = p->reach[w];
		if (BPF_SRC(i.code) == BPF_X || p->known == SECCOMP_A_ANY)
			continue;
		if (p->known == SECCOMP_A_NR) {
			yes[w] &= holding(i, w);
			no[w] &= ~holding(i, w);
		} else if (holds(i, p->value)) {
			no[w] = 0;
		} else {
			yes[w] = 0;
		}
	}
	arrive(hold, yes, p->known, p->value);
	arrive(fail, no, p->known, p->value);
}

void seccomp_answers_program(struct seccomp_answers *a, const struct sock_filter *insns, uint32_t len,
			     uint32_t arch, struct seccomp_point *points)
{
	uint64_t seen[WORDS];

	for (uint32_t w = 0; w < WORDS; w++) {
		a->constant[w] = 0;
		seen[w] = 0;
	}
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		a->ret[nr] = 0;
	for (uint32_t pc = 0; pc < len; pc++) {
		for (uint32_t w = 0; w < WORDS; w++)
			points[pc].reach[w] = pc == 0 ? ALL_NUMBERS : 0;
		points[pc].known = pc == 0 ? SECCOMP_A_CONSTANT : SECCOMP_A_UNREACHED;
		points[pc].value = 0;
	}

	for (uint32_t pc = 0; pc < len; pc++) {
		const struct seccomp_point *const p = &points[pc];
		const struct sock_filter i = insns[pc];

		if (p->known == SECCOMP_A_UNREACHED)
			continue;
		switch (i.code) {
		case BPF_RET | BPF_K:
			answer(a, seen, p->reach, true, i.k);
			break;
		case BPF_RET | BPF_A:
			answer(a, seen, p->reach, p->known == SECCOMP_A_CONSTANT, p->value);
			break;
		case BPF_JMP | BPF_JA:
			arrive(&points[pc + 1 + i.k], p->reach, p->known, p->value);
			break;
		case BPF_JMP | BPF_JEQ | BPF_K:
		case BPF_JMP | BPF_JEQ | BPF_X:
		case BPF_JMP | BPF_JGT | BPF_K:
		case BPF_JMP | BPF_JGT | BPF_X:
		case BPF_JMP | BPF_JGE | BPF_K:
		case BPF_JMP | BPF_JGE | BPF_X:
		case BPF_JMP | BPF_JSET | BPF_K:
		case BPF_JMP | BPF_JSET | BPF_X:
			branch(p, i, &points[pc + 1 + i.jt], &points[pc + 1 + i.jf]);
			break;
		case BPF_LD | BPF_W | BPF_ABS:
			if (i.k == offsetof(struct seccomp_data, nr))
				arrive(&points[pc + 1], p->reach, SECCOMP_A_NR, 0);
			else if (i.k == offsetof(struct seccomp_data, arch))
				arrive(&points[pc + 1], p->reach, SECCOMP_A_CONSTANT, arch);
			else
				arrive(&points[pc + 1], p->reach, SECCOMP_A_ANY, 0);
			break;
		case BPF_LD | BPF_IMM:
			arrive(&points[pc + 1], p->reach, SECCOMP_A_CONSTANT, i.k);
			break;
		case BPF_LDX | BPF_IMM:
		case BPF_LDX | BPF_W | BPF_LEN:
		case BPF_LDX | BPF_MEM:
		case BPF_ST:
		case BPF_STX:
		case BPF_MISC | BPF_TAX:
			arrive(&points[pc + 1], p->reach, p->known, p->value);
			break;
		case BPF_ALU | BPF_DIV | BPF_X:
			answer(a, seen, p->reach, true, SECCOMP_RET_KILL_THREAD); /* if X is 0 */
			arrive(&points[pc + 1], p->reach, SECCOMP_A_ANY, 0);
			break;
		default:
			arrive(&points[pc + 1], p->reach, SECCOMP_A_ANY, 0);
			break;
		}
	}
}

/* What a stack that answered OLD answers with one more filter on it that answers NEWER. */
static uint32_t stricter_of(uint32_t old, uint32_t newer)
{
	if (seccomp_stricter(old, newer))
		return old;
	if ((newer & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW)
		return SECCOMP_RET_ALLOW;
	return newer;
}

void seccomp_answers_add(struct seccomp_answers *stack, const struct seccomp_answers *newer, bool log)
{
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const uint64_t bit = 1ULL << nr % 64;
		const uint32_t old_ret = stack->ret[nr];
		const uint32_t new_ret = newer->ret[nr];
		bool constant = seccomp_answer_is_constant(newer, nr);
		uint32_t ret = new_ret;

		if (seccomp_answer_is_constant(stack, nr))
			ret = stricter_of(old_ret, new_ret);
		else if ((new_ret & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_KILL_PROCESS)
			constant = false; /* only of KILL_PROCESS is nothing older stricter */

		if (log && !seccomp_stricter(old_ret, new_ret) && seccomp_stricter(new_ret, SECCOMP_RET_ALLOW))
			constant = false;

		if (constant)
			stack->constant[nr / 64] |= bit;
		else
			stack->constant[nr / 64] &= ~bit;
		stack->ret[nr] = constant ? ret : 0;
	}
}
