/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * facts.c - what tests have shown, and what follows from it; see facts.h.
 */
#include "facts.h"

#include <string.h>

static bool atom_holds(const struct atom *t, uint32_t word)
{
	const uint32_t a = word & t->mask;

	switch (t->op) {
	case BPF_JEQ:
		return a == t->k;
	case BPF_JGT:
		return a > t->k;
	case BPF_JGE:
		return a >= t->k;
	default:
		return (word & t->k) != 0;
	}
}

/* The least and greatest value of WORD & MASK that a fact leaves. */
static void narrow_bounds(const struct fact *f, uint64_t *low, uint64_t *high)
{
	const uint64_t k = f->test.k;

	if (f->test.op == BPF_JEQ && f->holds)
		*low = *high = k;
	else if (f->test.op == BPF_JEQ && k == *low)
		++*low;
	else if (f->test.op == BPF_JGT && f->holds)
		*low = k + 1 > *low ? k + 1 : *low;
	else if (f->test.op == BPF_JGT)
		*high = k < *high ? k : *high;
	else if (f->test.op == BPF_JGE && f->holds)
		*low = k > *low ? k : *low;
	else if (f->test.op == BPF_JGE && k > 0)
		*high = k - 1 < *high ? k - 1 : *high;
}

static int answer_of_range(const struct atom *t, uint64_t low, uint64_t high)
{
	const uint64_t k = t->k;

	switch (t->op) {
	case BPF_JEQ:
		return k < low || k > high ? 0 : low == high ? 1 : -1;
	case BPF_JGT:
		return low > k ? 1 : high <= k ? 0 : -1;
	case BPF_JGE:
		return low >= k ? 1 : high < k ? 0 : -1;
	default:
		return -1;
	}
}

int facts_answer(const struct facts *facts, const struct atom *t)
{
	uint64_t low = 0, high = t->mask;

	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->fact[i];

		if (f->test.word != t->word)
			continue;
		if (f->test.op == t->op && f->test.k == t->k && f->test.mask == t->mask)
			return f->holds;
		if (f->test.op == BPF_JEQ && f->holds && f->test.mask == UINT32_MAX)
			return atom_holds(t, f->test.k);
		if (f->test.op == BPF_JSET && t->op == BPF_JSET) {
			if (f->holds && (f->test.k & ~t->k) == 0)
				return 1;
			if (!f->holds && (t->k & ~f->test.k) == 0)
				return 0;
		} else if (f->test.op != BPF_JSET && f->test.mask == t->mask) {
			narrow_bounds(f, &low, &high);
		}
	}
	return t->op == BPF_JSET ? -1 : answer_of_range(t, low, high);
}

/* ---- learning ---- */

void facts_forget(struct facts *facts, size_t i)
{
	facts->n--;
	memmove(&facts->fact[i], &facts->fact[i + 1], (facts->n - i) * sizeof(facts->fact[0]));
}

/* Makes room for one more fact. A fact that says what a lower half is not is missed least. */
static void make_room(struct facts *facts)
{
	for (size_t i = 0; i < facts->n; i++) {
		const struct fact *f = &facts->fact[i];

		if (f->test.op == BPF_JEQ && !f->holds && f->test.word % 8 == 0) {
			facts_forget(facts, i);
			return;
		}
	}
	facts->n = 0;
}

void facts_learn(struct facts *facts, const struct atom *t, bool holds)
{
	/* A word that is known leaves nothing else to know about it. */
	for (size_t i = facts->n; holds && t->op == BPF_JEQ && t->mask == UINT32_MAX && i-- > 0;)
		if (facts->fact[i].test.word == t->word)
			facts_forget(facts, i);
	if (facts->n == FACTS_MAX)
		make_room(facts);
	facts->fact[facts->n++] = (struct fact){ *t, holds };
}
