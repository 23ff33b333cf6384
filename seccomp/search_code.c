/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * search_code.c - writes the instructions of search.c's blocks, and fills in the distances of their
 * jumps when all blocks have a place: see search_code.h.
 */
#include "search_code.h"

#define FAR 800U /* a branch reaches 1023 instructions: over so many, a jump goes with it */

enum { BEQ = 0, BNE = 1, BLTU = 6, BGEU = 7 };

uint16_t *search_place(struct search *x, uint32_t to)
{
	struct seccomp_search *s = x->s;

	if (seccomp_choice_is_answer(to))
		return &s->answer_place[to - SECCOMP_ANSWER];
	for (; s->known < x->c->n; s->known++)
		s->place[s->known] = SEARCH_UNKNOWN;
	return &s->place[to];
}

/* Notes that the next instruction is a jump or BRANCH to TO, and that TO's code is needed. */
static void remember_jump(struct search *x, uint32_t to, bool branch)
{
	struct seccomp_search *s = x->s;
	uint16_t *place = search_place(x, to);

	if (s->jumps == SECCOMP_SEARCH_JUMPS) {
		x->code.bad = true;
		return;
	}
	if (*place == SEARCH_UNKNOWN) {
		*place = SEARCH_WANTED;
		if (!seccomp_choice_is_answer(to))
			s->queue[s->pending++] = (uint16_t)to;
	}
	s->jump[s->jumps++] = (struct seccomp_search_jump){
		.at = (uint16_t)x->code.n,
		.to = (uint16_t)to,
		.loaded = !seccomp_choice_is_answer(to) && x->c->node[to].value == x->value,
		.branch = branch,
	};
}

static void put_goto(struct search *x, uint32_t to)
{
	remember_jump(x, to, false);
	rv64_put_jump(&x->code, 0);
}

static void put_branch(struct search *x, uint32_t f3, uint32_t rs1, uint32_t rs2, uint32_t to)
{
	if (x->far) {
		rv64_put_branch(&x->code, f3 ^ 1, rs1, rs2, 8);
		put_goto(x, to);
		return;
	}
	remember_jump(x, to, true);
	rv64_put_branch(&x->code, f3, rs1, rs2, 0);
}

/*
 * Goes to YES if the branch condition F3 holds for t0 and K, else to NO. The branch goes to an
 * answer, if one of them is one: then the block of the other may follow without a jump.
 */
static void put_either(struct search *x, uint32_t f3, uint32_t k, uint32_t yes, uint32_t no)
{
	const bool turned = !seccomp_choice_is_answer(yes) && seccomp_choice_is_answer(no);
	const uint32_t rs2 = k == 0 ? ZERO : T1;

	if (k != 0)
		rv64_put_constant(&x->code, T1, k);
	put_branch(x, turned ? f3 ^ 1 : f3, T0, rs2, turned ? no : yes);
	put_goto(x, turned ? yes : no);
}

bool search_set_distances(struct search *x)
{
	for (uint32_t i = 0; i < x->s->jumps; i++) {
		const struct seccomp_search_jump *j = &x->s->jump[i];
		const uint32_t place = j->loaded ? x->s->loaded[j->to] : *search_place(x, j->to);
		struct rv64_code one = { .out = &x->code.out[j->at] };

		if (place <= j->at || place >= SEARCH_WANTED)
			return false;
		if (j->branch)
			rv64_put_branch(&one, *one.out >> 12 & 7, *one.out >> 15 & 31, *one.out >> 20 & 31,
					4 * (place - j->at));
		else
			rv64_put_jump(&one, 4 * (place - j->at));
		if (one.bad)
			return false;
	}
	return true;
}

/* t0 = t0 OP t1, where OP is an operation of BPF_ALU or SECCOMP_OP_*. */
static void put_register_op(struct search *x, uint32_t op)
{
	static const struct {
		uint8_t op, f3, f7;
	} forms[16] = {
		[BPF_ADD >> 4] = { 0x3b, 0, 0 },	  [BPF_SUB >> 4] = { 0x3b, 0, 0x20 },
		[BPF_MUL >> 4] = { 0x3b, 0, 1 },	  [BPF_OR >> 4] = { 0x33, 6, 0 },
		[BPF_AND >> 4] = { 0x33, 7, 0 },	  [BPF_LSH >> 4] = { 0x3b, 1, 0 },
		[BPF_RSH >> 4] = { 0x3b, 5, 0 },	  [BPF_XOR >> 4] = { 0x33, 4, 0 },
		[SECCOMP_OP_BELOW >> 4] = { 0x33, 3, 0 }, [SECCOMP_OP_ABOVE >> 4] = { 0x33, 3, 0 },
	};
	const uint32_t rs1 = op == SECCOMP_OP_ABOVE ? T1 : T0;
	const uint32_t rs2 = op == SECCOMP_OP_ABOVE ? T0 : T1;

	x->code.bad |= forms[op >> 4].op == 0;
	rv64_put(&x->code, (uint32_t)forms[op >> 4].f7 << 25 | rs2 << 20 | rs1 << 15 |
				   (uint32_t)forms[op >> 4].f3 << 12 | T0 << 7 | forms[op >> 4].op);
}

void search_put_value(struct search *x, const struct seccomp_value *v)
{
	rv64_put_load(&x->code, T0, v->k);
	for (uint32_t i = 0; i < v->ops; i++) {
		const uint32_t op = BPF_OP(v->op[i].code);

		if (op != BPF_NEG && BPF_SRC(v->op[i].code) == BPF_X) {
			rv64_put_load(&x->code, T1, v->op[i].k);
			put_register_op(x, op);
		} else if (op == SECCOMP_OP_BELOW || op == SECCOMP_OP_ABOVE) {
			rv64_put_constant(&x->code, T1, v->op[i].k);
			put_register_op(x, op);
		} else {
			rv64_put_alu(&x->code, v->op[i]);
		}
	}
}

/* The first value of row I. */
static uint32_t first_of(const struct search *x, uint32_t i)
{
	return i == 0 ? 0 : x->c->row[i - 1].last + 1;
}

/*
 * The row among FROM up to TO that has a single value, if all the others lead to one place: then
 * one test for equality is enough. TO: there is none.
 */
static uint32_t only_value(const struct search *x, uint32_t from, uint32_t to)
{
	const struct seccomp_choice_row *row = x->c->row;

	for (uint32_t i = from; i < to; i++)
		if (first_of(x, i) == row[i].last &&
		    (to - from == 2 || (to - from == 3 && i == from + 1 && row[from].to == row[to - 1].to)))
			return i;
	return to;
}

void search_put_rows(struct search *x, uint32_t from, uint32_t to)
{
	const struct seccomp_choice_row *row = x->c->row;
	const uint32_t middle = (from + to) / 2, only = only_value(x, from, to);
	const bool far = to - from > FAR / 4;
	struct rv64_code *c = &x->code;
	uint32_t branch;

	if (c->n + SEARCH_MARGIN > x->room || !seccomp_choices_take(x->c, 16))
		c->bad = true;
	if (c->bad)
		return;
	if (to - from == 1) {
		put_goto(x, row[from].to);
	} else if (only != to) {
		put_either(x, BEQ, row[only].last, row[only].to, row[only == from ? to - 1 : from].to);
	} else if (to - from == 2) {
		put_either(x, BGEU, first_of(x, to - 1), row[to - 1].to, row[from].to);
	} else {
		rv64_put_constant(c, T1, first_of(x, middle));
		branch = c->n;
		if (far)
			rv64_put_branch(c, BLTU, T0, T1, 8);
		rv64_put(c, 0);
		search_put_rows(x, from, middle);
		if (c->bad)
			return;

		struct rv64_code one = { .out = c->out + branch + far };
		if (far)
			rv64_put_jump(&one, 4 * (c->n - branch - 1));
		else
			rv64_put_branch(&one, BGEU, T0, T1, 4 * (c->n - branch));
		c->bad |= one.bad;
		search_put_rows(x, middle, to);
	}
}
