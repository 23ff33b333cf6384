/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ways.c - see ways.h. A program for one number is first made a short one by the library
 * (specialise.h): loads of words, operations with constants, comparisons with constants, answers.
 */
#include "ways.h"

#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "build.h"
#include "names.h"
#include "say.h"
#include "seccomp.h"
#include "specialise.h"

#define CONDITIONS_MAX 32U

struct walk {
	struct arena *arena;
	const struct query *query;
	const struct sock_filter *insns;
	uint32_t len;
	struct way_decision decisions[CONDITIONS_MAX];
	size_t n;
	struct way *ways;
	size_t n_ways;
	bool failed;
};

/* ---- words ---- */

static bool is_upper(uint32_t word)
{
	return word >= SECCOMP_ARG0_LO ? word % 8 == 4 : word == SECCOMP_IP_HI;
}

static uint32_t other_half(uint32_t word)
{
	return word ^ 4U;
}

/*
 * The decision that the upper half of the same field is equal to something; NULL if there is none.
 */
static const struct way_decision *upper_of(const struct walk *w, uint32_t word)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct way_decision *d = &w->decisions[i];

		if (d->word == other_half(word) && d->op == BPF_JEQ && d->holds && d->mask == UINT32_MAX)
			return d;
	}
	return NULL;
}

static bool has_lower(const struct walk *w, uint32_t word)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->decisions[i].word == other_half(word))
			return true;
	return false;
}

/* Does another decision say what the whole word is? */
static bool is_needless(const struct walk *w, const struct way_decision *d)
{
	for (size_t i = 0; i < w->n; i++) {
		const struct way_decision *other = &w->decisions[i];

		if (other != d && other->word == d->word && other->op == BPF_JEQ && other->holds &&
		    other->mask == UINT32_MAX)
			return true;
	}
	return false;
}

/* One decision in words, or "" if it is said by another one. */
static const char *say_decision(const struct walk *w, const struct way_decision *d)
{
	static const enum test tests[][2] = { { TEST_NE, TEST_EQ }, { TEST_LE, TEST_GT }, { TEST_LT, TEST_GE } };
	const bool of_argument = d->word >= SECCOMP_ARG0_LO;
	const struct way_decision *upper = upper_of(w, d->word);
	struct condition c = { .width = 64, .mask = d->mask, .value = d->k };
	const char *text;

	c.field = of_argument ? (enum field)((d->word - SECCOMP_ARG0_LO) / 8) : FIELD_IP;
	if (d->op == BPF_JSET) {
		c.mask = d->k;
		c.value = 0;
		c.test = d->holds ? TEST_NE : TEST_EQ;
	} else {
		c.test = tests[d->op == BPF_JEQ ? 0 : d->op == BPF_JGT ? 1 : 2][d->holds];
	}
	if (is_upper(d->word)) {
		if (upper_of(w, other_half(d->word)) == d && has_lower(w, d->word))
			return "";
		c.mask = c.mask == UINT32_MAX ? UINT64_MAX : c.mask;
		text = say_condition(w->arena, NULL, &c);
		return arena_print(w->arena, "upper half of %s", text);
	}
	if (upper != NULL && (upper->k == 0 || (c.mask == UINT32_MAX && (c.test == TEST_EQ || c.test == TEST_NE)))) {
		c.value |= (uint64_t)upper->k << 32;
		c.mask = c.mask == UINT32_MAX ? UINT64_MAX : c.mask;
	} else if (c.mask == UINT32_MAX) {
		c.width = 32;
		c.mask = UINT64_MAX;
	}
	return say_condition(w->arena, of_argument ? query_call(w->query) : NULL, &c);
}

/* ---- walking ---- */

static void finish_way(struct walk *w, uint32_t ret)
{
	const char *when = "";

	if (w->n_ways == WAYS_MAX) {
		w->failed = true;
		return;
	}
	for (size_t i = 0; i < w->n; i++) {
		const char *one = is_needless(w, &w->decisions[i]) ? "" : say_decision(w, &w->decisions[i]);

		if (*one != '\0')
			when = arena_print(w->arena, "%s%s%s", when, *when != '\0' ? " and " : "", one);
	}
	w->ways[w->n_ways] = (struct way){ .when = when, .ret = ret, .n = w->n };
	w->ways[w->n_ways].decisions = arena_zalloc(w->arena, (w->n + 1) * sizeof(w->decisions[0]));
	memcpy(w->ways[w->n_ways++].decisions, w->decisions, w->n * sizeof(w->decisions[0]));
}

/* Does the jump hold for a word that is known, or that an earlier decision settles? 1, 0, or -1. */
static int settled_branch(const struct walk *w, uint32_t word, uint32_t mask, const struct sock_filter *i)
{
	const unsigned int argument = (word - SECCOMP_ARG0_LO) / 8;
	const uint16_t code = (uint16_t)(BPF_JMP | BPF_OP(i->code) | BPF_K);
	uint64_t value;

	if (mask == 0)
		return seccomp_holds(code, 0, i->k);
	if (word >= SECCOMP_ARG0_LO && w->query->known[argument]) {
		value = w->query->data.args[argument] >> (is_upper(word) ? 32 : 0);
		return seccomp_holds(code, (uint32_t)value & mask, i->k);
	}
	for (size_t k = 0; k < w->n; k++) {
		const struct way_decision *d = &w->decisions[k];

		if (d->word == word && d->mask == mask && d->op == BPF_OP(i->code) && d->k == i->k)
			return d->holds;
		if (d->word == word && d->mask == UINT32_MAX && d->op == BPF_JEQ && d->holds)
			return seccomp_holds(code, d->k & mask, i->k);
	}
	return -1;
}

/* From PC on, with (WORD & MASK) in A; a WORD of 64: nothing that is known. */
static void walk_insns(struct walk *w, uint32_t pc, uint32_t word, uint32_t mask)
{
	while (pc < w->len && !w->failed) {
		const struct sock_filter *i = &w->insns[pc++];
		int known;

		switch (BPF_CLASS(i->code)) {
		case BPF_LD:
			word = i->k;
			mask = UINT32_MAX;
			w->failed = BPF_MODE(i->code) != BPF_ABS;
			continue;
		case BPF_ALU:
			w->failed = i->code != (BPF_ALU | BPF_AND | BPF_K);
			mask &= i->k;
			continue;
		case BPF_RET:
			finish_way(w, i->k);
			return;
		case BPF_JMP:
			break;
		default:
			w->failed = true;
			continue;
		}
		if (BPF_OP(i->code) == BPF_JA) {
			pc += i->k;
			continue;
		}
		known = settled_branch(w, word, mask, i);
		if (known < 0) {
			if (w->n == CONDITIONS_MAX || word < SECCOMP_IP_LO) {
				w->failed = true;
				return;
			}
			w->decisions[w->n++] = (struct way_decision){ word, mask, i->k, BPF_OP(i->code), true };
			walk_insns(w, pc + i->jt, word, mask);
			w->decisions[w->n - 1].holds = false;
			walk_insns(w, pc + i->jf, word, mask);
			w->n--;
			return;
		}
		pc += known == 1 ? i->jt : i->jf;
	}
}

size_t ways_find(struct arena *arena, const struct sock_filter *insns, uint32_t len, const struct query *q,
		 struct way ways[WAYS_MAX])
{
	struct seccomp_specialise *s = arena_zalloc(arena, sizeof(*s));
	struct sock_filter *residual = arena_zalloc(arena, SECCOMP_RESIDUAL_MAX * sizeof(*residual));
	struct walk w = { .arena = arena, .query = q, .insns = residual, .ways = ways };

	s->steps = 1U << 20;
	w.len = seccomp_specialise(s, insns, len, (uint32_t)q->data.nr, q->data.arch, residual);
	if (w.len == 0)
		return 0;
	walk_insns(&w, 0, 64, UINT32_MAX);
	return w.failed ? 0 : w.n_ways;
}

bool way_matches(const struct way *way, const struct seccomp_data *data)
{
	for (size_t i = 0; i < way->n; i++) {
		const struct way_decision *d = &way->decisions[i];
		uint32_t word;

		memcpy(&word, (const char *)data + d->word, sizeof(word));
		if (seccomp_holds((uint16_t)(BPF_JMP | d->op | BPF_K), word & d->mask, d->k) != d->holds)
			return false;
	}
	return true;
}

const struct way *ways_last(const struct way *ways, size_t n)
{
	const struct way *other = NULL;
	size_t words = 0, other_words = 0;

	for (size_t i = 0; i < n; i++) {
		if (ways[i].ret == ways[0].ret) {
			words += strlen(ways[i].when);
			continue;
		}
		if (other != NULL && other->ret != ways[i].ret)
			return NULL;
		other = &ways[i];
		other_words += strlen(ways[i].when);
	}
	return other == NULL || words > other_words ? &ways[0] : other;
}

bool ways_print(FILE *to, struct arena *arena, const struct sock_filter *insns, uint32_t len, const struct query *q,
		const char *indent)
{
	struct way ways[WAYS_MAX];
	const size_t n = ways_find(arena, insns, len, q, ways);
	const struct way *last = n > 0 ? ways_last(ways, n) : NULL;

	for (size_t i = 0; i < n; i++)
		if (last == NULL || ways[i].ret != last->ret)
			fprintf(to, "%s%s%s%s\n", indent, say_answer(arena, ways[i].ret),
				*ways[i].when != '\0' ? " when " : "", ways[i].when);
	if (last != NULL)
		fprintf(to, "%s%s%s\n", indent, n > 1 ? "else " : "", say_answer(arena, last->ret));
	return n > 0;
}
