/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * search.c - machine code with binary searches. Called by number.c where rv64.c has no code, or
 * slow code.
 *
 * Each node of the decision graph that can be reached gets a block of code. The block loads the
 * node's value, looks it up by binary search among the node's rows, and goes where its row leads.
 * Blocks are written in descending order of their nodes' heights, so every jump leads forward. The
 * code is used only if validate_search.c finds it right.
 */
#include "search_code.h"

/* ---- from tests to choices ---- */

/* The choice that asks what TEST asks, and leads to HOLD and FAIL. */
static uint32_t make_choice(struct seccomp_choices *c, struct seccomp_specialise *t, const struct seccomp_test *test,
			    uint32_t hold, uint32_t fail)
{
	uint32_t value;

	switch (test->op) {
	case BPF_JEQ:
		return seccomp_choice(c, test->value, false, test->k, hold, fail);
	case BPF_JGE:
		return seccomp_choice(c, test->value, true, test->k, hold, fail);
	case BPF_JGT:
		return test->k == UINT32_MAX ? fail : seccomp_choice(c, test->value, true, test->k + 1, hold, fail);
	case SECCOMP_TEST_NOT_ZERO:
		return seccomp_choice(c, test->value, false, 0, fail, hold);
	default: /* no bit of K */
		value = seccomp_specialise_masked(t, test->value, test->k);
		return value == SECCOMP_NO_CHOICE ? value : seccomp_choice(c, value, false, 0, fail, hold);
	}
}

/*
 * The choice for TARGET, where a test leads: that of another test, or an answer's. Equal answers
 * are one.
 */
static uint32_t target_of(const struct seccomp_search *s, const struct seccomp_specialise *t, uint32_t target)
{
	uint32_t i = 0;

	if (target < SECCOMP_SPECIALISE_TESTS)
		return s->choice[target];
	while (t->answer[i] != t->answer[target - SECCOMP_SPECIALISE_TESTS])
		i++;
	return SECCOMP_ANSWER + i;
}

/*
 * Makes choices of all tests, the last one first, so that what a test leads to exists already.
 * Returns the choice with which the program begins, or SECCOMP_NO_CHOICE.
 */
static uint32_t read_tests(struct seccomp_search *s, struct seccomp_choices *c, struct seccomp_specialise *t)
{
	for (uint32_t i = t->tests; i-- > 0;) {
		const struct seccomp_test *test = &t->test[t->order[i]];
		const uint32_t choice =
			make_choice(c, t, test, target_of(s, t, test->hold), target_of(s, t, test->fail));

		if (choice == SECCOMP_NO_CHOICE)
			return choice;
		s->choice[t->order[i]] = (uint16_t)choice;
	}
	return target_of(s, t, t->first);
}

/*
 * Makes C's rows for node AT. Each leads to the graph that is left when the value is known to lie
 * in the row. False: there is no room, or no steps are left.
 */
static bool make_rows(struct search *x, uint32_t at)
{
	struct seccomp_choices *c = x->c;
	uint32_t n = 0, first = 0;

	if (!seccomp_choice_rows(c, at))
		return false;
	for (uint32_t i = 0; i < c->rows; i++) {
		const uint32_t last = c->row[i].last;
		const uint32_t to = seccomp_choice_within(c, c->row[i].to, x->value, first, last);

		if (to == SECCOMP_NO_CHOICE)
			return false;
		if (n > 0 && c->row[n - 1].to == to)
			n--;
		c->row[n++] = (struct seccomp_choice_row){ last, (uint16_t)to };
		first = last + 1;
	}
	c->rows = n;
	return true;
}

/* TO's code comes next: removes the last instruction if it is just a jump to TO. */
static void fall_through(struct search *x, uint32_t to)
{
	const struct seccomp_search_jump *last = &x->s->jump[x->s->jumps];

	if (x->s->jumps == 0)
		return;
	last--;
	if (last->at == x->code.n - 1 && last->to == to && !last->loaded && !last->branch) {
		x->code.n--;
		x->s->jumps--;
	}
}

/* Writes the block of node AT. False: there is no room, or no steps are left. */
static bool put_block(struct search *x, uint32_t at)
{
	if (x->code.n + SEARCH_MARGIN > x->room)
		return false;
	fall_through(x, at);
	*search_place(x, at) = (uint16_t)x->code.n;
	x->value = x->c->node[at].value;
	search_put_value(x, &x->t->value[x->value]);
	x->s->loaded[at] = (uint16_t)x->code.n;
	if (!make_rows(x, at))
		return false;
	search_put_rows(x, 0, x->c->rows);
	return !x->code.bad;
}

/* ---- the whole ---- */

/*
 * Takes the highest node out of the queue; of several, the one to which the last instruction jumps,
 * so that fall_through() can remove the jump.
 */
static uint32_t next_block(struct search *x)
{
	struct seccomp_search *s = x->s;
	const uint32_t last = s->jumps == 0 ? SECCOMP_NO_CHOICE : s->jump[s->jumps - 1].to;
	uint32_t best = 0, at;

	for (uint32_t i = 1; i < s->pending; i++) {
		const uint32_t height = x->c->node[s->queue[i]].height, highest = x->c->node[s->queue[best]].height;

		if (height > highest || (height == highest && s->queue[i] == last))
			best = i;
	}
	at = s->queue[best];
	s->queue[best] = s->queue[--s->pending];
	return at;
}

/*
 * Writes the code of each answer that is needed, the one to which the last instruction jumps first.
 */
static bool put_exits(struct search *x, const struct seccomp_rv64_exits *exits)
{
	struct seccomp_search *s = x->s;
	const uint32_t last = s->jumps == 0 ? SECCOMP_ANSWER : s->jump[s->jumps - 1].to; /* a block ends in a jump */

	for (uint32_t i = 0; i <= x->t->answers; i++) {
		const uint32_t answer = i == 0 ? last - SECCOMP_ANSWER : i - 1;

		if (answer >= x->t->answers || s->answer_place[answer] != SEARCH_WANTED)
			continue;
		if (x->code.n + SEARCH_MARGIN > x->room)
			return false;
		fall_through(x, SECCOMP_ANSWER + answer);
		s->answer_place[answer] = (uint16_t)x->code.n;
		rv64_put_return(&x->code, x->t->answer[answer], exits);
	}
	return !x->code.bad;
}

static bool put_all(struct search *x, uint32_t first, const struct seccomp_rv64_exits *exits)
{
	struct seccomp_search *s = x->s;

	s->jumps = 0;
	s->known = 0;
	s->pending = 0;
	for (uint32_t i = 0; i < x->t->answers; i++)
		s->answer_place[i] = SEARCH_UNKNOWN;
	*search_place(x, first) = SEARCH_WANTED;
	if (!seccomp_choice_is_answer(first))
		s->queue[s->pending++] = (uint16_t)first;
	while (s->pending > 0)
		if (!put_block(x, next_block(x)))
			return false;
	return put_exits(x, exits) && search_set_distances(x);
}

uint32_t seccomp_search_emit(struct seccomp_search *s, struct seccomp_choices *c, struct seccomp_specialise *t,
			     const struct seccomp_rv64_exits *exits, uint32_t *out, uint32_t room)
{
	struct search x = { .s = s, .c = c, .t = t, .room = room < SEARCH_WANTED ? room : SEARCH_WANTED };
	uint32_t first;

	seccomp_choices_init(c, t->steps);
	first = read_tests(s, c, t);
	if (first == SECCOMP_NO_CHOICE)
		return 0;
	/* First with short branches; if they do not reach, again with long ones. */
	for (int attempt = 0; attempt < 2; attempt++) {
		x.far = attempt == 1;
		x.code = (struct rv64_code){ .out = out };
		if (put_all(&x, first, exits)) {
			t->steps = c->steps;
			return x.code.n;
		}
	}
	t->steps = c->steps;
	return 0;
}
