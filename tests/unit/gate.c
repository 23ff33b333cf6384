/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate.c - which numbers have a constant answer, judged by the interpreter.
 *
 * For every program and all 512 numbers the interpreter is run with many arguments and instruction
 * pointers. A number that is said to be constant must get that answer every time; the count of
 * those says what is recognised.
 */
#include "stacks.h"

/*
 * Values that a word of the arguments or of the instruction pointer may take: edges,
 * and what the rows compare with.
 */
static const uint32_t words[] = { 0, 1, 2, 5, 31, 32, 99, 172, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff };

#define TRIES 64

static uint32_t word(uint32_t *seed)
{
	*seed = *seed * 1664525 + 1013904223;
	return words[(*seed >> 16) % COUNT(words)];
}

static uint64_t two_words(uint32_t *seed)
{
	const uint32_t low = word(seed);

	return (uint64_t)word(seed) << 32 | low;
}

static void some_data(struct seccomp_data *data, uint32_t try)
{
	uint32_t seed = try * 2654435761U;

	data->instruction_pointer = try < COUNT(words) ? words[try] * 0x100000001ULL : two_words(&seed);
	for (size_t i = 0; i < COUNT(data->args); i++)
		data->args[i] = try < COUNT(words) ? words[try] * 0x100000001ULL : two_words(&seed);
}

static void answers(struct seccomp_answers *a, const struct sock_filter *insns, uint32_t len, uint32_t arch)
{
	void *points = malloc(seccomp_answers_scratch(len));

	assert_int_equal(program_check(insns, len).err, 0);
	memset(points, 0xa5, seccomp_answers_scratch(len));
	memset(a, 0xa5, sizeof(*a));
	seccomp_answers_program(a, insns, len, arch, points);
	free(points);
}

/* How many numbers are constant, after all of them were tried. EVALUATE is a stack or a program. */
static uint32_t verify(const struct seccomp_answers *a, const struct seccomp_filter *stack, uint32_t arch)
{
	uint32_t constant = 0;

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		constant += seccomp_answer_is_constant(a, nr);
		if (!seccomp_answer_is_constant(a, nr)) {
			assert_int_equal(a->ret[nr], 0);
			continue;
		}
		for (uint32_t try = 0; try < TRIES; try++) {
			struct seccomp_data data = { .nr = (int)nr, .arch = arch };

			some_data(&data, try);
			assert_int_equal(a->ret[nr], seccomp_evaluate(stack, 0, &data).ret);
		}
	}
	assert_false(seccomp_answer_is_constant(a, SECCOMP_GATE_NRS));
	return constant;
}

/* ---- one program ---- */

#define ARG0 16

struct gate_row {
	const char *name;
	uint32_t constant; /* numbers whose answer is constant */
	const struct sock_filter *insns;
	uint32_t len;
};

#define ALU_LOSES(name, ...) { name " is not followed", 0, PROGRAM(LD_IMM(ALLOW), __VA_ARGS__, RET_A) }

/* Splits the numbers at OP with K; all of them are constant. */
#define SPLITS(op, k) { #op " K " #k " on the number", 512, PROGRAM(LD_ABS(0), JCC_K(op, k, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)) }

/* An unknown A goes both ways. */
#define FORKS(op) \
	{ #op " K on an argument", 0, PROGRAM(LD_ABS(ARG0), JCC_K(op, 5, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)) }, \
	{ #op " X on the number", 0, PROGRAM(LD_ABS(ARG0), TAX, LD_ABS(0), JCC_X(op, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)) }

/* A known A goes one way: the answer does not even have the other. */
#define KNOWS(op, k, kept) { #op " K on A = 5, " #k, 512, PROGRAM(LD_IMM(5), JCC_K(op, k, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)) }

static const struct gate_row programs[] = {
	{ "allow all", 512, PROGRAM(RET_K(ALLOW)) },
	{ "refuse all", 512, PROGRAM(RET_K(ERRNO(1))) },
	{ "A is 0 at entry", 512, PROGRAM(RET_A) },
	{ "RET A of a constant", 512, PROGRAM(LD_IMM(ALLOW), RET_A) },
	{ "RET A of the number", 0, PROGRAM(LD_ABS(0), RET_A) },
	{ "RET A of the architecture", 512, PROGRAM(LD_ABS(4), RET_A) },
	{ "RET A of an argument", 0, PROGRAM(LD_ABS(ARG0), RET_A) },
	{ "RET A of the instruction pointer", 0, PROGRAM(LD_ABS(8), RET_A) },
	{ "RET A of its upper half", 0, PROGRAM(LD_ABS(12), RET_A) },
	{ "RET A of the last argument's upper half", 0, PROGRAM(LD_ABS(60), RET_A) },
	{ "the architecture decides", 512, PROGRAM(LD_ABS(4), JEQ(AUDIT_ARCH_RISCV64, 1, 0), RET_K(0x80000000), RET_K(ALLOW)) },
	SPLITS(BPF_JEQ, 0), SPLITS(BPF_JEQ, 63), SPLITS(BPF_JEQ, 64), SPLITS(BPF_JEQ, 172), SPLITS(BPF_JEQ, 511),
	SPLITS(BPF_JEQ, 512), SPLITS(BPF_JEQ, 0xffffffff),
	SPLITS(BPF_JGT, 0), SPLITS(BPF_JGT, 63), SPLITS(BPF_JGT, 64), SPLITS(BPF_JGT, 172), SPLITS(BPF_JGT, 510),
	SPLITS(BPF_JGT, 511), SPLITS(BPF_JGT, 512), SPLITS(BPF_JGT, 0xffffffff), SPLITS(BPF_JGT, 0xfffffffe),
	SPLITS(BPF_JGE, 0), SPLITS(BPF_JGE, 1), SPLITS(BPF_JGE, 63), SPLITS(BPF_JGE, 64), SPLITS(BPF_JGE, 172),
	SPLITS(BPF_JGE, 511), SPLITS(BPF_JGE, 512), SPLITS(BPF_JGE, 0x40000000), SPLITS(BPF_JGE, 0xffffffff),
	SPLITS(BPF_JSET, 0), SPLITS(BPF_JSET, 1), SPLITS(BPF_JSET, 32), SPLITS(BPF_JSET, 64), SPLITS(BPF_JSET, 256),
	SPLITS(BPF_JSET, 511), SPLITS(BPF_JSET, 512), SPLITS(BPF_JSET, 0x80000000), SPLITS(BPF_JSET, 0xffffffff),
	SPLITS(BPF_JSET, 0xc0),
	FORKS(BPF_JEQ), FORKS(BPF_JGT), FORKS(BPF_JGE), FORKS(BPF_JSET),
	KNOWS(BPF_JEQ, 5, 1), KNOWS(BPF_JEQ, 6, 0), KNOWS(BPF_JGT, 4, 1), KNOWS(BPF_JGT, 5, 0), KNOWS(BPF_JGE, 5, 1),
	KNOWS(BPF_JGE, 6, 0), KNOWS(BPF_JSET, 4, 1), KNOWS(BPF_JSET, 2, 0),
	{ "one number looks at an argument", 511,
	  PROGRAM(LD_ABS(0), JEQ(172, 0, 2), LD_ABS(ARG0), JEQ(5, 1, 0), RET_K(ALLOW), RET_K(ERRNO(1))) },
	{ "an argument that makes no difference", 512,
	  PROGRAM(LD_ABS(ARG0), JEQ(5, 0, 1), RET_K(ALLOW), RET_K(ALLOW)) },
	{ "a difference in data alone is a difference", 0,
	  PROGRAM(LD_ABS(ARG0), JEQ(5, 0, 1), RET_K(ERRNO(1)), RET_K(ERRNO(2))) },
	{ "the number is still known behind a split", 512,
	  PROGRAM(LD_ABS(0), JEQ(1, 3, 0), JEQ(2, 2, 0), JEQ(3, 1, 0), RET_K(ALLOW), RET_K(ERRNO(1))) },
	{ "the number is loaded again", 512,
	  PROGRAM(LD_ABS(0), JEQ(1, 2, 0), LD_ABS(0), JEQ(2, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)) },
	{ "JA is followed", 512, PROGRAM(LD_ABS(0), JA(1), RET_K(ERRNO(1)), JEQ(3, 0, 1), RET_K(ERRNO(2)), RET_K(ALLOW)) },
	{ "dead code has no say", 512, PROGRAM(JA(1), RET_K(ERRNO(1)), RET_K(ALLOW)) },
	{ "two constants joined are one of them at a RET A", 0,
	  PROGRAM(LD_ABS(ARG0), JEQ(5, 0, 2), LD_IMM(ALLOW), JA(1), LD_IMM(ERRNO(1)), RET_A) },
	{ "equal constants joined", 512,
	  PROGRAM(LD_ABS(ARG0), JEQ(5, 0, 2), LD_IMM(ERRNO(1)), JA(1), LD_IMM(ERRNO(1)), RET_A) },
	{ "the number joined with a constant", 0,
	  PROGRAM(LD_ABS(ARG0), JEQ(5, 0, 2), LD_IMM(ERRNO(1)), JA(1), LD_ABS(0), JEQ(ERRNO(1), 0, 1), RET_K(ALLOW), RET_K(0)) },
	{ "a DIV by X may end the program", 0, PROGRAM(LD_IMM(5), ALU_X(BPF_DIV), RET_K(ALLOW)) },
	{ "a DIV by X before a RET of 0", 512, PROGRAM(LD_IMM(5), ALU_X(BPF_DIV), RET_K(0)) },
	{ "a DIV by X is seen even when A is known behind it", 0,
	  PROGRAM(LDX_IMM(1), LD_IMM(5), ALU_X(BPF_DIV), LD_IMM(ALLOW), RET_A) },
	{ "ST, STX, LDX and TAX leave what is known of A", 512,
	  PROGRAM(LD_ABS(0), ST(0), STX(1), LDX_IMM(5), LDX_LEN, LDX_MEM(0), TAX, JEQ(172, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)) },
	ALU_LOSES("LD LEN", LD_LEN),
	ALU_LOSES("LD MEM", ST(0), LD_MEM(0)),
	ALU_LOSES("ADD K", ALU_K(BPF_ADD, 0)), ALU_LOSES("ADD X", ALU_X(BPF_ADD)),
	ALU_LOSES("SUB K", ALU_K(BPF_SUB, 0)), ALU_LOSES("SUB X", ALU_X(BPF_SUB)),
	ALU_LOSES("MUL K", ALU_K(BPF_MUL, 1)), ALU_LOSES("MUL X", ALU_X(BPF_MUL)),
	ALU_LOSES("DIV K", ALU_K(BPF_DIV, 1)),
	ALU_LOSES("OR K", ALU_K(BPF_OR, 0)), ALU_LOSES("OR X", ALU_X(BPF_OR)),
	ALU_LOSES("AND X", ALU_X(BPF_AND)),
	ALU_LOSES("XOR K", ALU_K(BPF_XOR, 0)), ALU_LOSES("XOR X", ALU_X(BPF_XOR)),
	ALU_LOSES("LSH K", ALU_K(BPF_LSH, 0)), ALU_LOSES("LSH X", ALU_X(BPF_LSH)),
	ALU_LOSES("RSH K", ALU_K(BPF_RSH, 0)), ALU_LOSES("RSH X", ALU_X(BPF_RSH)),
	ALU_LOSES("NEG", NEG), ALU_LOSES("TXA", TXA),
};

static void program_row(void **state)
{
	static const uint32_t archs[] = { AUDIT_ARCH_RISCV64, AUDIT_ARCH_X86_64 };
	const struct gate_row *row = *state;
	struct seccomp_filter *stack = NULL;

	stack_push(&stack, row->insns, row->len);
	for (size_t i = 0; i < COUNT(archs); i++) {
		struct seccomp_answers a, all;
		uint32_t constant = 0;

		answers(&a, row->insns, row->len, archs[i]);
		for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
			constant += seccomp_answer_is_constant(&a, nr);
		assert_int_equal(constant, row->constant);

		/* A stack of one answers like its filter, but that ALLOW loses its data. */
		seccomp_answers_init(&all);
		seccomp_answers_add(&all, &a, false);
		assert_int_equal(verify(&all, stack, archs[i]), row->constant);
	}
	stack_free(stack);
}

static void init_allows(void **state)
{
	struct seccomp_answers a;

	(void)state;
	memset(&a, 0xa5, sizeof(a));
	seccomp_answers_init(&a);
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		assert_true(seccomp_answer_is_constant(&a, nr));
		assert_int_equal(a.ret[nr], ALLOW);
	}
	assert_false(seccomp_answer_is_constant(&a, SECCOMP_GATE_NRS));
	assert_false(seccomp_answer_is_constant(&a, UINT32_MAX));
}

/* ---- stacks ---- */

struct layer {
	const struct sock_filter *insns;
	uint32_t len;
	bool log;
};

#define L(...) { PROGRAM(__VA_ARGS__), false }
#define LOGS(...) { PROGRAM(__VA_ARGS__), true }
#define ARG_DECIDES(yes, no) LD_ABS(ARG0), JEQ(5, 0, 1), RET_K(yes), RET_K(no)

static const struct stack_row {
	const char *name;
	uint32_t constant;
	struct layer layers[3]; /* oldest first */
} stacks[] = {
	{ "two that allow", 512, { L(RET_K(ALLOW)), L(RET_K(ALLOW)) } },
	{ "ALLOW with data", 512, { L(RET_K(0x7fff0001)), L(RET_K(0x7fff0002)) } },
	{ "the stricter one, above", 512, { L(RET_K(ALLOW)), L(RET_K(ERRNO(1))) } },
	{ "the stricter one, below", 512, { L(RET_K(ERRNO(1))), L(RET_K(ALLOW)) } },
	{ "ties go to the newest", 512, { L(RET_K(ERRNO(1))), L(RET_K(ERRNO(2))) } },
	{ "unknown actions are ordered, too", 512, { L(RET_K(0)), L(RET_K(0xaaaaaaaa)), L(RET_K(0x00010000)) } },
	{ "one that is not constant, below", 0, { L(ARG_DECIDES(ALLOW, ERRNO(1))), L(RET_K(ALLOW)) } },
	{ "one that is not constant, above", 0, { L(RET_K(ALLOW)), L(ARG_DECIDES(ALLOW, ERRNO(1))) } },
	{ "one that is not constant between two", 0, { L(RET_K(ALLOW)), L(ARG_DECIDES(ALLOW, ERRNO(1))), L(RET_K(ALLOW)) } },
	{ "each decides its own numbers", 512,
	  { L(LD_ABS(0), JEQ(1, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)), L(LD_ABS(0), JEQ(2, 0, 1), RET_K(ERRNO(2)), RET_K(ALLOW)) } },
	{ "each loses its own numbers", 510,
	  { L(LD_ABS(0), JEQ(1, 0, 2), LD_ABS(ARG0), JEQ(5, 1, 0), RET_K(ALLOW), RET_K(ERRNO(1))),
	    L(LD_ABS(0), JEQ(2, 0, 2), LD_ABS(ARG0), JEQ(5, 1, 0), RET_K(ALLOW), RET_K(ERRNO(1))) } },
	{ "KILL_PROCESS over one that is not constant", 512, { L(ARG_DECIDES(ALLOW, ERRNO(1))), L(RET_K(0x80000000)) } },
	{ "KILL_PROCESS with data over its like", 512, { L(RET_K(0x80000001)), L(RET_K(0x80000002)) } },
	{ "a logged ERRNO goes to the judge", 0, { LOGS(RET_K(ERRNO(1))) } },
	{ "ALLOW is never logged", 512, { LOGS(RET_K(ALLOW)) } },
	{ "ALLOW with data is never logged", 512, { LOGS(RET_K(0x7fff1234)) } },
	{ "a flag below the filter that decides says nothing", 512, { LOGS(RET_K(ALLOW)), L(RET_K(ERRNO(1))) } },
	{ "a flag above the filter that decides says nothing", 512, { L(RET_K(ERRNO(1))), LOGS(RET_K(ALLOW)) } },
	{ "a flag on the newer of two that tie counts", 0, { L(RET_K(ERRNO(1))), LOGS(RET_K(ERRNO(2))) } },
	{ "only the numbers that are logged go to the judge", 511,
	  { LOGS(LD_ABS(0), JEQ(1, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)) } },
};

static void stack_row(void **state)
{
	const struct stack_row *row = *state;
	struct seccomp_filter *newest = NULL;
	struct seccomp_answers sum;

	seccomp_answers_init(&sum);
	for (size_t i = 0; i < COUNT(row->layers) && row->layers[i].len != 0; i++) {
		const struct layer *l = &row->layers[i];
		struct seccomp_answers a;

		answers(&a, l->insns, l->len, AUDIT_ARCH_RISCV64);
		assert_int_equal(stack_push_as(&newest, l->insns, l->len, i + 1, 0, l->log), 0);
		seccomp_answers_add(&sum, &a, l->log);
	}
	assert_int_equal(verify(&sum, newest, AUDIT_ARCH_RISCV64), row->constant);
	stack_free(newest);
}

int main(void)
{
	row_add(init_allows, NULL, "the empty stack's answers allow");
	for (size_t i = 0; i < COUNT(programs); i++)
		row_add(program_row, &programs[i], "%s: %u of 512 are constant", programs[i].name, programs[i].constant);
	for (size_t i = 0; i < COUNT(stacks); i++)
		row_add(stack_row, &stacks[i], "%s: %u of 512 are constant", stacks[i].name, stacks[i].constant);
	return rows_run("gate");
}
