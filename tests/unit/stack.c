/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack.c - what a stack of filters answers, what it costs, who holds it.
 */
#include "stacks.h"

#define NONE 0 /* no filter decided */
#define ANYONE 0

/* ---- what it answers ---- */

struct layer {
	const struct sock_filter *insns;
	uint32_t len;
	uint64_t owner;
};

#define L(...) { PROGRAM(__VA_ARGS__), ANYONE }
#define RET_L(k) L(RET_K(k))
#define SELF(who, k) { PROGRAM(RET_K(k)), who }

/* Ids are 1 for the oldest, which stands first. */
static const struct stack_row {
	const char *name;
	uint32_t ret;
	uint64_t match;
	uint32_t pc;
	struct layer layers[4];
	uint64_t who;
} answers[] = {
	{ "an empty stack kills the process", 0x80000000, NONE, 0, {}, 7 },
	{ "one filter that allows", ALLOW, NONE, 0, { RET_L(ALLOW) }, 7 },
	{ "one filter that refuses", ERRNO(1), 1, 0, { RET_L(ERRNO(1)) }, 7 },
	{ "ALLOW with data is plain ALLOW", ALLOW, NONE, 0, { RET_L(0x7fff1234) }, 7 },
	{ "several that allow, with data", ALLOW, NONE, 0, { RET_L(0x7fff0001), RET_L(ALLOW), RET_L(0x7fff0002) }, 7 },
	{ "the newest is stricter", ERRNO(1), 2, 0, { RET_L(ALLOW), RET_L(ERRNO(1)) }, 7 },
	{ "the oldest is stricter", ERRNO(1), 1, 0, { RET_L(ERRNO(1)), RET_L(ALLOW) }, 7 },
	{ "the middle one is the strictest", 0x00030007, 2, 0, { RET_L(ERRNO(1)), RET_L(0x00030007), RET_L(ERRNO(2)) }, 7 },
	{ "ties go to the newest: 1 then 2", ERRNO(2), 2, 0, { RET_L(ERRNO(1)), RET_L(ERRNO(2)) }, 7 },
	{ "ties go to the newest: 2 then 1", ERRNO(1), 2, 0, { RET_L(ERRNO(2)), RET_L(ERRNO(1)) }, 7 },
	{ "ties below a laxer newest go to the newer", ERRNO(2), 2, 0,
	  { RET_L(ERRNO(1)), RET_L(ERRNO(2)), RET_L(ALLOW) }, 7 },
	{ "KILL_PROCESS beats KILL_THREAD above it", 0x80000000, 1, 0, { RET_L(0x80000000), RET_L(0) }, 7 },
	{ "KILL_PROCESS beats KILL_THREAD below it", 0x80000000, 2, 0, { RET_L(0), RET_L(0x80000000) }, 7 },
	{ "KILL_PROCESS beats ALLOW", 0x80000000, 1, 0, { RET_L(0x80000000), RET_L(ALLOW) }, 7 },
	{ "KILL_THREAD beats TRAP", 0, 1, 0, { RET_L(0), RET_L(0x00030000) }, 7 },
	{ "TRAP beats ERRNO", 0x00030000, 1, 0, { RET_L(0x00030000), RET_L(ERRNO(0)) }, 7 },
	{ "ERRNO beats USER_NOTIF", ERRNO(0), 1, 0, { RET_L(ERRNO(0)), RET_L(0x7fc00000) }, 7 },
	{ "USER_NOTIF beats TRACE", 0x7fc00000, 1, 0, { RET_L(0x7fc00000), RET_L(0x7ff00000) }, 7 },
	{ "TRACE beats LOG", 0x7ff00000, 1, 0, { RET_L(0x7ff00000), RET_L(0x7ffc0000) }, 7 },
	{ "LOG beats ALLOW", 0x7ffc0000, 1, 0, { RET_L(0x7ffc0000), RET_L(ALLOW) }, 7 },
	{ "unknown 0xaaaa0000 beats KILL_THREAD", 0xaaaaaaaa, 1, 0, { RET_L(0xaaaaaaaa), RET_L(0) }, 7 },
	{ "unknown 0xffff0000 beats KILL_THREAD", 0xffff0000, 1, 0, { RET_L(0xffff0000), RET_L(0) }, 7 },
	{ "KILL_PROCESS beats unknown 0xffff0000", 0x80000000, 1, 0, { RET_L(0x80000000), RET_L(0xffff0000) }, 7 },
	{ "unknown 0x00040000 beats ERRNO", 0x00040000, 1, 0, { RET_L(0x00040000), RET_L(ERRNO(1)) }, 7 },
	{ "TRAP beats unknown 0x00040000", 0x00030000, 1, 0, { RET_L(0x00030000), RET_L(0x00040000) }, 7 },
	{ "data does not make an answer stricter", ERRNO(0xffff), 2, 0, { RET_L(ERRNO(0)), RET_L(ERRNO(0xffff)) }, 7 },
	{ "the RET that was reached is told", ERRNO(5), 1, 2, { L(LD_ABS(0), JEQ(172, 0, 1), RET_K(ERRNO(5)), RET_K(ALLOW)) }, 7 },
	{ "of the filter that decided", ERRNO(5), 1, 3,
	  { L(LD_ABS(0), JEQ(172, 1, 0), RET_K(ALLOW), RET_K(ERRNO(5))), L(LD_IMM(ALLOW), RET_A) }, 7 },
	{ "of an ALLOW no instruction is told", ALLOW, NONE, 0, { L(LD_IMM(ALLOW), RET_A) }, 7 },
	{ "a DIV by X = 0 kills the thread", 0, 2, 0, { RET_L(ALLOW), L(ALU_X(BPF_DIV), RET_K(ALLOW)) }, 7 },
	{ "a filter of the task's own binds it", ERRNO(1), 1, 0, { SELF(7, ERRNO(1)) }, 7 },
	{ "a filter of another's does not", ALLOW, NONE, 0, { SELF(8, ERRNO(1)) }, 7 },
	{ "what lies above another's filter binds", ERRNO(1), 2, 0, { SELF(8, 0x80000000), RET_L(ERRNO(1)) }, 7 },
	{ "what lies below another's filter binds", ERRNO(1), 1, 0, { RET_L(ERRNO(1)), SELF(8, 0x80000000) }, 7 },
};

static struct seccomp_filter *build(const struct stack_row *row)
{
	struct seccomp_filter *newest = NULL;

	for (size_t i = 0; i < COUNT(row->layers) && row->layers[i].len != 0; i++) {
		const struct layer *l = &row->layers[i];

		assert_int_equal(stack_push_as(&newest, l->insns, l->len, i + 1, l->owner, false), 0);
	}
	return newest;
}

static void answer_row(void **state)
{
	const struct stack_row *row = *state;
	const struct seccomp_data data = { .nr = 172, .arch = AUDIT_ARCH_RISCV64 };
	struct seccomp_filter *newest = build(row);
	const struct seccomp_verdict v = seccomp_evaluate(newest, row->who, &data);

	assert_int_equal(v.ret, row->ret);
	assert_int_equal(v.match != NULL ? v.match->id : NONE, row->match);
	assert_int_equal(v.pc, row->pc);
	stack_free(newest);
}

/* ---- what it costs ---- */

#define PROLOGUE 3
#define RET_COST 2

struct cost_row {
	const char *name;
	uint32_t cost;
	struct sock_filter insn;
};

#define COSTS_1(text, ...) { text, 1, __VA_ARGS__ }
#define JCC_COSTS(text, op, inverted)                                                       \
	{ text " K, jf = 0", 1, JCC_K(op, 0x7fffffff, 1, 0) },                              \
	{ text " K, both 0", 1, JCC_K(op, 1, 0, 0) },                                       \
	{ text " K, jt = 0", inverted, JCC_K(op, 1, 0, 1) },                                \
	{ text " K, neither 0", 2, JCC_K(op, 1, 1, 2) },                                    \
	{ text " K of 2^31, jf = 0", 2, JCC_K(op, 0x80000000, 1, 0) },                      \
	{ text " K of 2^31, jt = 0", inverted + 1, JCC_K(op, 0x80000000, 0, 1) },           \
	{ text " K of 2^32 - 1, neither 0", 3, JCC_K(op, 0xffffffff, 1, 2) },               \
	{ text " X, jf = 0", 1, JCC_X(op, 1, 0) },                                          \
	{ text " X, jt = 0", inverted, JCC_X(op, 0, 1) },                                   \
	{ text " X, neither 0", 2, JCC_X(op, 1, 2) },                                       \
	{ text " X whose k is ignored", 1, { BPF_JMP | (op) | BPF_X, 1, 0, 0xffffffff } }

static const struct cost_row costs[] = {
	COSTS_1("LD ABS", LD_ABS(0)), COSTS_1("LD IMM", LD_IMM(0xffffffff)), COSTS_1("LD LEN", LD_LEN),
	COSTS_1("LDX IMM", LDX_IMM(1)), COSTS_1("LDX LEN", LDX_LEN),
	COSTS_1("ST", ST(1)), COSTS_1("STX", STX(1)),
	COSTS_1("ADD K", ALU_K(BPF_ADD, 0xffffffff)), COSTS_1("ADD X", ALU_X(BPF_ADD)),
	COSTS_1("SUB K", ALU_K(BPF_SUB, 1)), COSTS_1("SUB X", ALU_X(BPF_SUB)),
	COSTS_1("MUL K", ALU_K(BPF_MUL, 1)), COSTS_1("MUL X", ALU_X(BPF_MUL)),
	COSTS_1("DIV K", ALU_K(BPF_DIV, 0xffffffff)), { "DIV X", 5, ALU_X(BPF_DIV) },
	COSTS_1("OR K", ALU_K(BPF_OR, 1)), COSTS_1("OR X", ALU_X(BPF_OR)),
	COSTS_1("AND K", ALU_K(BPF_AND, 1)), COSTS_1("AND X", ALU_X(BPF_AND)),
	COSTS_1("XOR K", ALU_K(BPF_XOR, 1)), COSTS_1("XOR X", ALU_X(BPF_XOR)),
	COSTS_1("LSH K", ALU_K(BPF_LSH, 1)), COSTS_1("LSH X", ALU_X(BPF_LSH)),
	COSTS_1("RSH K", ALU_K(BPF_RSH, 1)), COSTS_1("RSH X", ALU_X(BPF_RSH)),
	COSTS_1("NEG", NEG), COSTS_1("TAX", TAX), COSTS_1("TXA", TXA),
	COSTS_1("JA", JA(0)), COSTS_1("RET A", RET_A), { "RET K", 2, RET_K(0xffffffff) },
	JCC_COSTS("JEQ", BPF_JEQ, 1), JCC_COSTS("JGT", BPF_JGT, 1), JCC_COSTS("JGE", BPF_JGE, 1),
	JCC_COSTS("JSET", BPF_JSET, 2),
};

static void cost_row(void **state)
{
	const struct cost_row *row = *state;
	const struct sock_filter p[] = { row->insn, RET_K(0), RET_K(0), RET_K(0) };

	assert_int_equal(seccomp_cost(p, 1), PROLOGUE + row->cost);
	assert_int_equal(seccomp_cost(p, COUNT(p)), PROLOGUE + row->cost + 3 * RET_COST);
}

static void words_cost(void **state)
{
	const struct sock_filter p[] = { ST(0), LD_MEM(0), LDX_MEM(0), RET_A };

	(void)state;
	assert_int_equal(seccomp_cost(p, COUNT(p)), PROLOGUE + 4);
}

/* ---- the path budget ---- */

/* N times one instruction, then RETs: how many such filters fit on one path. */
static const struct budget_row {
	const char *name;
	uint32_t fit;
	uint32_t n;
	struct sock_filter insn;
	uint32_t returns;
	struct sock_filter last;
} budgets[] = {
	{ "1 RET K", 3641, 0, {}, 1, RET_K(ALLOW) },
	{ "4096 RET K", 3, 4095, RET_K(ALLOW), 1, RET_K(ALLOW) },
	{ "2048 RET K", 7, 2047, RET_K(ALLOW), 1, RET_K(ALLOW) },
	{ "4095 LD IMM, 1 RET K", 7, 4095, LD_IMM(0), 1, RET_K(ALLOW) },
	{ "4094 DIV X, 1 RET K", 1, 4094, ALU_X(BPF_DIV), 1, RET_K(ALLOW) },
	{ "4093 JEQ 1, 0", 7, 4093, JEQ(1, 1, 0), 3, RET_K(ALLOW) },
	{ "4093 JEQ 0, 1", 7, 4093, JEQ(1, 0, 1), 3, RET_K(ALLOW) },
	{ "4093 JSET 0, 1", 3, 4093, JCC_K(BPF_JSET, 1, 0, 1), 3, RET_K(ALLOW) },
	{ "4093 JEQ 1, 2", 3, 4093, JEQ(1, 1, 2), 3, RET_K(ALLOW) },
	{ "4093 JEQ 1, 2 with k of 2^31", 2, 4093, JEQ(0x80000000, 1, 2), 3, RET_K(ALLOW) },
	{ "LD IMM, RET A", 3641, 1, LD_IMM(ALLOW), 1, RET_A },
};

static uint32_t repeat(struct sock_filter *p, const struct budget_row *row)
{
	uint32_t len = 0;

	while (len < row->n)
		p[len++] = row->insn;
	while (len < row->n + row->returns)
		p[len++] = row->last;
	return len;
}

/* Pushes as many as fit. */
static uint32_t fill(struct seccomp_filter **newest, const struct budget_row *row)
{
	static struct sock_filter p[BPF_MAXINSNS];
	const uint32_t len = repeat(p, row);
	uint32_t n = 0;
	int err;

	while ((err = stack_push_as(newest, p, len, n + 1, 0, false)) == 0)
		n++;
	assert_int_equal(err, -ENOMEM);
	return n;
}

static void budget_row(void **state)
{
	const struct budget_row *row = *state;
	struct seccomp_filter *newest = NULL;

	assert_int_equal(fill(&newest, row), row->fit);
	assert_int_equal(newest->depth, row->fit);
	assert_int_equal(newest->refs, 1);
	assert_int_equal(stack_free(newest), row->fit);
}

static void budget_rest(void **state)
{
	struct seccomp_filter *newest = NULL;

	(void)state;
	assert_int_equal(fill(&newest, &budgets[1]), 3);
	assert_int_equal(fill(&newest, &budgets[0]), 908);
	assert_int_equal(newest->depth, 911);
	stack_free(newest);
}

/* To the instruction: two filters whose sum with the extra 4 is the budget, and one more. */
static void budget_edge(void **state)
{
	struct seccomp_filter *newest = NULL;
	struct seccomp_program big = { .len = 1, .cost = SECCOMP_PATH_MAX };
	struct seccomp_filter f = { .program = &big, .id = 9 };

	(void)state;
	assert_int_equal(seccomp_filter_attach(&newest, &f), 0);
	assert_int_equal(f.path, SECCOMP_PATH_MAX);
	assert_ptr_equal(newest, &f);
	newest = NULL;
	big.cost++;
	assert_int_equal(seccomp_filter_attach(&newest, &f), -ENOMEM);
	assert_null(newest);

	stack_push(&newest, (struct sock_filter[]){ RET_K(ALLOW) }, 1);
	big.cost = SECCOMP_PATH_MAX - (PROLOGUE + RET_COST) - 4 + 1;
	f.refs = 77;
	assert_int_equal(seccomp_filter_attach(&newest, &f), -ENOMEM);
	assert_ptr_not_equal(newest, &f);
	assert_int_equal(newest->refs, 1);
	assert_int_equal(f.refs, 77);
	big.cost--;
	assert_int_equal(seccomp_filter_attach(&newest, &f), 0);
	assert_int_equal(f.path, SECCOMP_PATH_MAX);
	assert_int_equal(f.depth, 2);
	assert_int_equal(f.refs, 1);
	assert_int_equal(f.prev->refs, 1);
	stack_free(f.prev);
}

/* ---- who holds it ---- */

/*
 *      a - b - c      the parent
 *       \   \- d      a child that added d
 *        \- e         one that was forked earlier, and added e
 */
static void family(void **state)
{
	static const struct sock_filter p[] = { RET_K(ALLOW) };
	struct seccomp_filter *a = NULL, *b, *c, *d, *e;

	(void)state;
	stack_push(&a, p, 1);
	e = seccomp_filter_get(a);
	assert_ptr_equal(e, a);
	assert_int_equal(a->refs, 2);
	b = a;
	stack_push(&b, p, 1);
	stack_push(&e, p, 1);
	assert_int_equal(a->refs, 2); /* b and e took over the two references */
	d = seccomp_filter_get(b);
	c = b;
	stack_push(&c, p, 1);
	stack_push(&d, p, 1);
	assert_int_equal(c->depth, 3);
	assert_int_equal(d->depth, 3);
	assert_int_equal(e->depth, 2);
	assert_ptr_equal(c->prev, d->prev);

	assert_true(seccomp_filter_is_ancestor(a, c));
	assert_true(seccomp_filter_is_ancestor(b, d));
	assert_true(seccomp_filter_is_ancestor(c, c));
	assert_true(seccomp_filter_is_ancestor(a, e));
	assert_true(seccomp_filter_is_ancestor(NULL, c));
	assert_true(seccomp_filter_is_ancestor(NULL, NULL));
	assert_false(seccomp_filter_is_ancestor(c, b));
	assert_false(seccomp_filter_is_ancestor(c, d));
	assert_false(seccomp_filter_is_ancestor(b, e));
	assert_false(seccomp_filter_is_ancestor(a, NULL));

	assert_int_equal(stack_free(c), 1);
	assert_int_equal(b->refs, 1);
	assert_int_equal(stack_free(d), 2);
	assert_int_equal(a->refs, 1);
	assert_int_equal(stack_free(e), 2);
}

static void nothing(void **state)
{
	(void)state;
	assert_null(seccomp_filter_get(NULL));
	assert_null(seccomp_filter_put(NULL));
}

/* A child's own filter leaves its parent alone. */
static void apart(void **state)
{
	const struct seccomp_data data = { .nr = 1 };
	struct seccomp_filter *parent = NULL, *child;

	(void)state;
	stack_push(&parent, (struct sock_filter[]){ RET_K(ALLOW) }, 1);
	child = seccomp_filter_get(parent);
	stack_push(&child, (struct sock_filter[]){ RET_K(ERRNO(1)) }, 1);
	assert_int_equal(seccomp_evaluate(parent, 1, &data).ret, ALLOW);
	assert_int_equal(seccomp_evaluate(child, 2, &data).ret, ERRNO(1));
	stack_free(child);
	stack_free(parent);
}

int main(void)
{
	ROWS_ADD(answer_row, answers);
	for (size_t i = 0; i < COUNT(costs); i++)
		row_add(cost_row, &costs[i], "the path budget counts %u for %s", costs[i].cost, costs[i].name);
	row_add(words_cost, NULL, "the path budget counts 1 for LD MEM and LDX MEM");
	for (size_t i = 0; i < COUNT(budgets); i++)
		row_add(budget_row, &budgets[i], "%u filters of %s fit", budgets[i].fit, budgets[i].name);
	row_add(budget_rest, NULL, "after 3 filters of 4096 RET K, 908 of one fit");
	row_add(budget_edge, NULL, "the budget is 32768 with 4 for every filter below, to the instruction");
	row_add(family, NULL, "a family shares its filters; the last one frees them");
	row_add(nothing, NULL, "the empty stack has no holders");
	row_add(apart, NULL, "a child's filter leaves its parent alone");
	return rows_run("stack");
}
