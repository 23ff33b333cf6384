/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rv64.c - machine code of stacks of filters, run by chain.h's machine and judged by the
 * interpreter, over all 512 numbers, the values that the programs name with their neighbours, and
 * random ones. COMPARISONS=N in the environment makes that N comparisons.
 */
#include "stacks.h"
#include "chain.h"
#include "generate.h"

static struct chain *chain;

/*
 * Where the call DATA must go on STACK: what the kernel would do, by the reference. EXACT: the
 * judge is asked for nothing that code can do.
 */
static void compare(const struct seccomp_filter *stack, const struct seccomp_data *data, uint32_t nr, bool exact)
{
	const struct seccomp_verdict v = seccomp_evaluate(stack, 0, data);
	const struct seccomp_decision d = seccomp_decide(v.ret, v.match != NULL && v.match->log);
	const struct seccomp_way *way = &chain->way[nr];
	struct outcome o = { 0, data->args[0], 0 };

	switch (way->kind) {
	case SECCOMP_WAY_JUDGE:
		return;
	case SECCOMP_WAY_RUN:
		o.exit = EXIT_RUN;
		break;
	case SECCOMP_WAY_ERRNO:
		o.exit = EXIT_REFUSE;
		o.a0 = 0 - (uint64_t)(way->ret & SECCOMP_RET_DATA);
		break;
	case SECCOMP_WAY_CODE:
		o = machine_run(chain, chain_at(way), data);
		break;
	}
	switch (o.exit) {
	case EXIT_RUN:
		assert_int_equal(d.todo, SECCOMP_DO_RUN);
		assert_false(d.log);
		assert_int_equal(o.a0, data->args[0]);
		break;
	case EXIT_REFUSE:
		assert_int_equal(d.todo, SECCOMP_DO_RETURN);
		assert_false(d.log);
		assert_int_equal(o.a0, 0 - (uint64_t)d.err);
		break;
	case EXIT_JUDGE:
		assert_int_equal(o.a0, data->args[0]);
		/* One filter alone needs the judge only for what code cannot do. */
		if (exact && !d.log && (d.todo != SECCOMP_DO_RETURN || (v.ret & SECCOMP_RET_DATA) <= MAX_ERRNO)) {
			assert_int_not_equal(d.todo, SECCOMP_DO_RUN);
			assert_int_not_equal(d.todo, SECCOMP_DO_RETURN);
		}
		break;
	default:
		fail_msg("code left for %#lx", (unsigned long)o.exit);
	}
}

static void push(struct seccomp_filter **stack, const struct sock_filter *insns, uint32_t len, bool log)
{
	assert_int_equal(stack_push_as(stack, insns, len, 1, 0, log), 0);
	chain_add(chain, (*stack)->program, log);
}

/* One comparison: number NR with its arguments chosen for filter F of STACK. Returns 1. */
static uint32_t try(const struct seccomp_filter *stack, const struct seccomp_data *data, uint32_t nr)
{
	bool exact = stack->prev == NULL;

	/* Of an answer that is computed, code can only say that it is ALLOW. */
	for (uint32_t pc = 0; exact && pc < stack->program->len; pc++)
		exact = stack->program->insns[pc].code != (BPF_RET | BPF_A);
	compare(stack, data, nr, exact);
	return 1;
}

/*
 * NR with every constant of every filter, and its neighbours, in all words, and then in
 * each argument's low half alone.
 */
static uint32_t try_named(const struct seccomp_filter *stack, uint32_t nr)
{
	uint32_t done = 0;

	for (const struct seccomp_filter *f = stack; f != NULL; f = f->prev)
		for (uint32_t pc = 0; pc < f->program->len; pc++)
			for (uint32_t k = f->program->insns[pc].k - 1, i = 0; i < 3; i++, k++) {
				struct seccomp_data data = { .nr = (int)nr, .arch = AUDIT_ARCH_RISCV64 };

				data.instruction_pointer = (uint64_t)k << 32 | k;
				for (uint32_t arg = 0; arg < 6; arg++)
					data.args[arg] = (uint64_t)k << 32 | k;
				done += try(stack, &data, nr);
				memset(data.args, 0, sizeof(data.args));
				data.args[pc % 6] = k;
				done += try(stack, &data, nr);
			}
	return done;
}

/*
 * Every number; those with code with the values that the programs name, their neighbours, and TRIES
 * times by chance, with such values and any. Numbers that the judge gets are not compared: he runs
 * the programs. Returns how many comparisons that were, and how many numbers have code.
 */
static uint32_t sweep(const struct seccomp_filter *stack, uint32_t tries, uint64_t *seed, uint32_t *code)
{
	uint32_t done = 0;

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const enum seccomp_way_kind kind = chain->way[nr].kind;

		if (kind == SECCOMP_WAY_JUDGE)
			continue;
		if (kind == SECCOMP_WAY_CODE) {
			done += try_named(stack, nr);
			(*code)++;
		}
		for (uint32_t i = 0; i < (kind == SECCOMP_WAY_CODE ? tries : 2); i++) {
			const struct seccomp_filter *f = stack;
			struct seccomp_data data = { .nr = (int)nr, .arch = AUDIT_ARCH_RISCV64 };

			for (uint32_t n = chance(seed, stack->depth); n > 0; n--)
				f = f->prev;
			chance_data(seed, &data, f->program->insns, f->program->len);
			done += try(stack, &data, nr);
		}
	}
	return done;
}

/* ---- rows ---- */

#define ARG(n) (16 + 8 * (n))
#define KILL SECCOMP_RET_KILL_PROCESS
#define TESTS(op, k) { #op " with " #k, 512, PROGRAM(LD_ABS(ARG(0)), JCC_K(op, k, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1))) }
#define TESTS_OPS(k) TESTS(BPF_JEQ, k), TESTS(BPF_JGT, k), TESTS(BPF_JGE, k), TESTS(BPF_JSET, k)
#define COMPUTES(op, k) { #op " " #k, 512, PROGRAM(LD_ABS(ARG(0)), ALU_K(op, k), JCC_K(BPF_JGT, 0x1234, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1))) }
#define COMPUTES_OPS(k) COMPUTES(BPF_ADD, k), COMPUTES(BPF_SUB, k), COMPUTES(BPF_MUL, k), COMPUTES(BPF_OR, k), COMPUTES(BPF_AND, k), COMPUTES(BPF_XOR, k)
#define LOADS(k) { "the word at " #k, 512, PROGRAM(LD_ABS(k), JEQ(5, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1))) }
#define REFUSES(e) { "ERRNO " #e, 512, PROGRAM(LD_ABS(ARG(3)), JEQ(5, 0, 1), RET_K(ALLOW), RET_K(ERRNO(e))) }

static const struct code_row {
	const char *name;
	uint32_t code; /* numbers that have some */
	const struct sock_filter *insns;
	uint32_t len;
} rows[] = {
	TESTS_OPS(0), TESTS_OPS(1), TESTS_OPS(0x7ff), TESTS_OPS(0x800), TESTS_OPS(0xfff), TESTS_OPS(0x1000), TESTS_OPS(0x7fffffff),
	TESTS_OPS(0x80000000), TESTS_OPS(0x7ffff800), TESTS_OPS(0xfffff7ff), TESTS_OPS(0xfffff800), TESTS_OPS(0xffffffff), TESTS_OPS(0xdeadbeef),
	COMPUTES_OPS(0), COMPUTES_OPS(1), COMPUTES_OPS(0x7ff), COMPUTES_OPS(0x800), COMPUTES_OPS(0x12345678), COMPUTES_OPS(0x80000000),
	COMPUTES_OPS(0xfffff800), COMPUTES_OPS(0xffffffff),
	COMPUTES(BPF_DIV, 1), COMPUTES(BPF_DIV, 7), COMPUTES(BPF_DIV, 0x80000000), COMPUTES(BPF_DIV, 0xffffffff),
	COMPUTES(BPF_LSH, 0), COMPUTES(BPF_LSH, 1), COMPUTES(BPF_LSH, 31), COMPUTES(BPF_RSH, 0), COMPUTES(BPF_RSH, 1), COMPUTES(BPF_RSH, 31),
	{ "NEG", 512, PROGRAM(LD_ABS(ARG(0)), NEG, JCC_K(BPF_JGT, 0x80000000, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1))) },
	LOADS(8), LOADS(12), LOADS(16), LOADS(20), LOADS(24), LOADS(28), LOADS(32), LOADS(36), LOADS(40), LOADS(44), LOADS(48), LOADS(52),
	LOADS(56), LOADS(60),
	REFUSES(0), REFUSES(1), REFUSES(2047), REFUSES(2048), REFUSES(2049), REFUSES(4095), REFUSES(4096),
	{ "a number that has none", 1, PROGRAM(LD_ABS(0), JEQ(5, 0, 3), LD_ABS(ARG(0)), JEQ(5, 0, 1), RET_K(KILL), RET_K(ALLOW)) },
};

static void code_row(void **state)
{
	const struct code_row *row = *state;
	struct seccomp_filter *stack = NULL;
	uint64_t seed = 7;
	uint32_t code = 0;

	chain_reset(chain);
	push(&stack, row->insns, row->len, false);
	sweep(stack, 4, &seed, &code);
	assert_int_equal(code, row->code);
	stack_free(stack);
}

/* A check of all 64 bits of an argument takes few instructions, whatever the depth. */
static void is_short(void **state)
{
	struct seccomp_filter *stack = NULL;
	struct seccomp_data data = { .nr = 5, .arch = AUDIT_ARCH_RISCV64, .args = { 0x100000002 } };

	(void)state;
	chain_reset(chain);
	for (uint32_t depth = 1; depth <= 16; depth++) {
		const struct sock_filter insns[] = { LD_ABS(0), JEQ(5, 0, 5), LD_ABS(ARG(0)), JEQ(2, 0, 2), LD_ABS(ARG(0) + 4),
						     JEQ(1, 1, 0), RET_K(ERRNO(depth)), RET_K(ALLOW) };

		push(&stack, insns, COUNT(insns), false);
		assert_true(machine_run(chain, chain_at(&chain->way[5]), &data).steps <= 8 * depth);
	}
	stack_free(stack);
}

static void generated(void **state)
{
	const char *wanted = getenv("COMPARISONS");
	const uint64_t comparisons = wanted == NULL ? 4000000 : strtoull(wanted, NULL, 10);
	uint64_t done = 0, seed = 0x9e3779b97f4a7c15;
	uint32_t code = 0, stacks = 0;

	(void)state;
	while (done < comparisons) {
		const uint32_t depth = 1 + chance(&seed, 4);
		struct seccomp_filter *stack = NULL;

		chain_reset(chain);
		for (uint32_t i = 0; i < depth; i++) {
			struct sock_filter insns[GENERATED_MAX];
			const uint32_t len = generate_program(&seed, insns);

			push(&stack, insns, len, chance(&seed, 8) == 0);
		}
		done += sweep(stack, 8, &seed, &code);
		stacks++;
		stack_free(stack);
	}
	print_message("# %lu comparisons of %u stacks, %u numbers with code, no difference\n", (unsigned long)done, stacks, code);
}

static void no_residual(void **state)
{
	static const struct sock_filter open_end[] = { LD_ABS(16) }, wild[] = { LD_ABS(16), JEQ(1, 0, 1), RET_K(ALLOW) },
					wild_else[] = { LD_ABS(16), JEQ(1, 1, 0), RET_K(ALLOW) },
					nr[] = { LD_ABS(0), RET_K(ALLOW) }, odd[] = { LD_ABS(17), RET_K(ALLOW) }, far[] = { LD_ABS(64), RET_K(ALLOW) },
					jump_x[] = { LD_ABS(16), JCC_X(BPF_JEQ, 1, 0), RET_K(KILL), RET_K(ALLOW) }, by_x[] = { ALU_X(BPF_ADD), RET_K(ALLOW) },
					zero[] = { ALU_K(BPF_DIV, 0), RET_K(ALLOW) }, big[] = { RET_K(ERRNO(4096)) }, ok[] = { RET_K(ALLOW) };
	const struct seccomp_rv64_exits exits = { EXIT_RUN, EXIT_REFUSE, EXIT_JUDGE }, low = { 0x80001000, EXIT_REFUSE, EXIT_JUDGE };
	static struct sock_filter longest[SECCOMP_RESIDUAL_MAX + 1];
	uint32_t out[SECCOMP_RV64_MAX];

	(void)state;
	for (uint32_t pc = 0; pc < COUNT(longest); pc++)
		longest[pc] = (struct sock_filter)RET_K(ALLOW);
	assert_int_equal(seccomp_rv64_emit(longest, SECCOMP_RESIDUAL_MAX, &exits, out), 2 * SECCOMP_RESIDUAL_MAX);
	assert_int_equal(seccomp_rv64_emit(longest, SECCOMP_RESIDUAL_MAX + 1, &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(wild_else, COUNT(wild_else), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(odd, COUNT(odd), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(far, COUNT(far), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(jump_x, COUNT(jump_x), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(open_end, COUNT(open_end), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(wild, COUNT(wild), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(nr, COUNT(nr), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(by_x, COUNT(by_x), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(zero, COUNT(zero), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(big, COUNT(big), &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(ok, 0, &exits, out), 0);
	assert_int_equal(seccomp_rv64_emit(ok, COUNT(ok), &low, out), 0);
	assert_int_equal(seccomp_rv64_emit(ok, COUNT(ok), &exits, out), 2);
}

/* Without room there is no code, but what younger filters must know is said all the same. */
static void no_room(void **state)
{
	static const struct sock_filter insns[] = { LD_ABS(16), JEQ(5, 0, 1), RET_K(KILL), RET_K(ALLOW) };
	struct seccomp_program *p = program_new(insns, COUNT(insns));
	struct seccomp_point points[COUNT(insns)];
	static struct seccomp_work w = { .steps = UINT32_MAX };
	const struct seccomp_way below = { .kind = SECCOMP_WAY_RUN, .to = EXIT_RUN };
	struct seccomp_way way;
	const struct seccomp_rv64_exits exits = { EXIT_RUN, EXIT_REFUSE, EXIT_JUDGE };
	struct seccomp_answers own;
	const struct seccomp_newer newer = { .program = p, .own = &own, .stack = &own, .log = false };

	(void)state;
	seccomp_answers_program(&own, p->insns, p->len, AUDIT_ARCH_RISCV64, points);
	assert_int_equal(seccomp_way_on(&w, &newer, 5, &below, &exits, &way, NULL, 0), 0);
	assert_int_equal(way.kind, SECCOMP_WAY_JUDGE);
	assert_true(way.stricter);
	free(p);
}

int main(void)
{
	int failed;

	chain = chain_new();
	for (size_t i = 0; i < COUNT(rows); i++)
		row_add(code_row, &rows[i], "%s: code for %u numbers", rows[i].name, rows[i].code);
	row_add(no_residual, NULL, "what is no residual gets no code");
	row_add(is_short, NULL, "a 64-bit check takes at most eight instructions, each of 16 different ones likewise");
	row_add(no_room, NULL, "without room a number has no code");
	row_add(generated, NULL, "generated stacks and their code agree");
	failed = rows_run("rv64");
	free(chain);
	return failed;
}
