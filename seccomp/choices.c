/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * choices.c - decision graphs over argument values: makes nodes, leaves out questions whose answer
 * is known already, and sorts the values that one node compares with into rows.
 *
 * Called when a filter is installed. A node is made after those that it leads to, so a graph has no
 * cycle. There is no recursion: a chain of thousands of nodes must not need a deep stack.
 */
#include "choices.h"

#define REST_EVERY 1024U /* steps between two calls of rest(); a power of two */

void seccomp_choices_init(struct seccomp_choices *c, uint32_t steps)
{
	c->steps = steps;
	c->n = 0;
	c->rows = 0;
	for (uint32_t i = 0; i < SECCOMP_CHOICE_BUCKETS; i++)
		c->bucket[i] = SECCOMP_NO_CHOICE;
}

bool seccomp_choices_take(struct seccomp_choices *c, uint32_t n)
{
	const uint32_t before = c->steps;

	if (before < n)
		return false;
	c->steps = before - n;
	if (c->rest != NULL && (before ^ c->steps) >= REST_EVERY)
		c->rest();
	return true;
}

static uint32_t count_asks(const struct seccomp_choices *c, uint32_t at)
{
	return seccomp_choice_is_answer(at) ? 0 : c->node[at].asks;
}

static uint32_t height_of(const struct seccomp_choices *c, uint32_t at)
{
	return seccomp_choice_is_answer(at) ? 0 : c->node[at].height;
}

uint32_t seccomp_choice(struct seccomp_choices *c, uint32_t value, bool at_least, uint32_t k, uint32_t hold,
			uint32_t fail)
{
	const uint32_t hash = (k * 0x9e3779b1 ^ hold * 0x85ebca6b ^ fail * 0xc2b2ae35 ^ value) >> 7;
	uint16_t *const bucket = &c->bucket[hash % SECCOMP_CHOICE_BUCKETS];
	struct seccomp_choice *q;

	if (hold == SECCOMP_NO_CHOICE || fail == SECCOMP_NO_CHOICE)
		return SECCOMP_NO_CHOICE;
	if (hold == fail || (at_least && k == 0))
		return hold;
	for (uint32_t i = *bucket; i != SECCOMP_NO_CHOICE; i = q->next) {
		q = &c->node[i];
		if (q->k == k && q->hold == hold && q->fail == fail && q->value == value && q->at_least == at_least)
			return i;
	}
	if (c->n == SECCOMP_CHOICES)
		return SECCOMP_NO_CHOICE;
	q = &c->node[c->n];
	*q = (struct seccomp_choice){
		.k = k,
		.asks = 1U << value % 32 | count_asks(c, hold) | count_asks(c, fail),
		.value = (uint16_t)value,
		.hold = (uint16_t)hold,
		.fail = (uint16_t)fail,
		.height = (uint16_t)(1 + (height_of(c, hold) > height_of(c, fail) ? height_of(c, hold)
										  : height_of(c, fail))),
		.next = *bucket,
		.at_least = at_least,
	};
	c->memo[c->n] = SECCOMP_NO_CHOICE;
	*bucket = (uint16_t)c->n;
	return c->n++;
}

/* ---- the graph that is left when a value is known to lie in a range ---- */

/*
 * Where question Q leads when the value that it asks about lies in FIRST to LAST;
 * SECCOMP_NO_CHOICE: it does not lead to the same place for all of them.
 */
static uint32_t decided_branch(const struct seccomp_choice *q, uint32_t first, uint32_t last)
{
	if (q->at_least)
		return q->k <= first ? q->hold : q->k > last ? q->fail : SECCOMP_NO_CHOICE;
	if (q->k < first || q->k > last)
		return q->fail;
	return first == last ? q->hold : SECCOMP_NO_CHOICE;
}

uint32_t seccomp_choice_within(struct seccomp_choices *c, uint32_t at, uint32_t value, uint32_t first, uint32_t last)
{
	const uint32_t bit = 1U << value % 32;
	uint32_t depth = 0, touched = 0, result;

	if ((count_asks(c, at) & bit) == 0)
		return at;
	c->stack[depth++] = (uint16_t)at;
	while (depth > 0) {
		const uint32_t i = c->stack[depth - 1];
		const struct seccomp_choice q = c->node[i];
		const uint32_t only = q.value == value ? decided_branch(&q, first, last) : SECCOMP_NO_CHOICE;
		uint32_t ways[2] = { only != SECCOMP_NO_CHOICE ? only : q.hold,
				     only != SECCOMP_NO_CHOICE ? only : q.fail };
		bool ready = true;

		if (!seccomp_choices_take(c, 1))
			break;
		for (uint32_t w = 0; w < 2 && ready; w++) {
			if ((count_asks(c, ways[w]) & bit) == 0)
				continue;
			ready = c->memo[ways[w]] != SECCOMP_NO_CHOICE;
			if (!ready)
				c->stack[depth++] = (uint16_t)ways[w];
			else
				ways[w] = c->memo[ways[w]];
		}
		if (!ready)
			continue;
		result = seccomp_choice(c, q.value, q.at_least, q.k, ways[0], ways[1]);
		if (result == SECCOMP_NO_CHOICE)
			break;
		depth--;
		c->touched[touched++] = (uint16_t)i;
		c->memo[i] = (uint16_t)result;
	}
	result = depth == 0 ? c->memo[at] : SECCOMP_NO_CHOICE;
	while (touched > 0)
		c->memo[c->touched[--touched]] = SECCOMP_NO_CHOICE;
	return result;
}

/* ---- rows ---- */

/*
 * Shell sort of C's N keys. The low 16 bits of a key are its place in the chain, so equal values
 * keep their order. False: no steps are left.
 */
static bool sort_keys(struct seccomp_choices *c, uint32_t n)
{
	uint32_t gap = 1;

	while (gap < n / 3)
		gap = 3 * gap + 1;
	for (; gap > 0; gap /= 3) {
		for (uint32_t i = gap; i < n; i++) {
			const uint64_t key = c->key[i];
			uint32_t j = i;

			for (; j >= gap && c->key[j - gap] > key; j -= gap)
				c->key[j] = c->key[j - gap];
			c->key[j] = key;
			if (!seccomp_choices_take(c, 1))
				return false;
		}
	}
	return true;
}

/*
 * Adds ROW to C's rows. If it leads to the same place as the row before, and that place does not
 * ask for this value (BIT in `asks`), the two become one row.
 */
static void add_row(struct seccomp_choices *c, uint32_t bit, struct seccomp_choice_row row)
{
	if (c->rows > 0 && c->row[c->rows - 1].to == row.to && (count_asks(c, row.to) & bit) == 0)
		c->rows--;
	c->row[c->rows++] = row;
}

/*
 * Reads a chain of equality tests of one value, from node AT on: the constants go into C's key[],
 * where they lead into C's to[], and where the last one fails into *OTHERWISE. False: there are
 * more than SECCOMP_CHOICE_CASES, or no steps are left.
 */
static bool read_chain(struct seccomp_choices *c, uint32_t at, uint32_t *n, uint32_t *otherwise)
{
	const uint32_t value = c->node[at].value;

	*n = 0;
	while (!seccomp_choice_is_answer(at) && c->node[at].value == value && !c->node[at].at_least) {
		if (*n == SECCOMP_CHOICE_CASES || !seccomp_choices_take(c, 1))
			return false;
		c->key[*n] = (uint64_t)c->node[at].k << 16 | *n;
		c->to[(*n)++] = c->node[at].hold;
		at = c->node[at].fail;
	}
	*otherwise = at;
	return true;
}

bool seccomp_choice_rows(struct seccomp_choices *c, uint32_t at)
{
	const struct seccomp_choice q = c->node[at];
	const uint32_t bit = 1U << q.value % 32;
	uint64_t next = 0; /* the lowest value that has no row yet */
	uint32_t n, otherwise;

	c->rows = 0;
	if (q.at_least) {
		add_row(c, bit, (struct seccomp_choice_row){ q.k - 1, q.fail });
		add_row(c, bit, (struct seccomp_choice_row){ UINT32_MAX, q.hold });
		return true;
	}
	if (!read_chain(c, at, &n, &otherwise) || !sort_keys(c, n))
		return false;
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t k = (uint32_t)(c->key[i] >> 16);

		if (k < next)
			continue; /* a test earlier in the chain asked for the same value, and decides */
		if (k > next)
			add_row(c, bit, (struct seccomp_choice_row){ k - 1, (uint16_t)otherwise });
		add_row(c, bit, (struct seccomp_choice_row){ k, c->to[c->key[i] & 0xffff] });
		next = (uint64_t)k + 1;
	}
	if (next <= UINT32_MAX)
		add_row(c, bit, (struct seccomp_choice_row){ UINT32_MAX, (uint16_t)otherwise });
	return true;
}
