/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * specialise.c - residuals, judged by the interpreter: each must answer as its
 * program does, and be accepted itself.
 */
#include "stacks.h"
#include "generate.h"
#include "way.h"

#define ARG0 16
#define KILL SECCOMP_RET_KILL_PROCESS

/* Tries NR with many arguments. Returns the residual's length. */
static uint32_t verify(const struct sock_filter *insns, uint32_t len, uint32_t nr, uint64_t *seed)
{
	struct sock_filter residual[SECCOMP_RESIDUAL_MAX];
	static struct seccomp_specialise s;
	uint32_t n;

	memset(&s, 0xa5, sizeof(s));
	memset(residual, 0xa5, sizeof(residual));
	s.steps = 100000;
	n = seccomp_specialise(&s, insns, len, nr, AUDIT_ARCH_RISCV64, residual);
	if (n == 0)
		return 0;
	assert_true(n <= SECCOMP_RESIDUAL_MAX);
	assert_int_equal(program_check(residual, n).err, 0);
	for (int try = 0; try < 40; try++) {
		struct seccomp_data data = { .nr = (int)nr, .arch = AUDIT_ARCH_RISCV64 };

		chance_data(seed, &data, insns, len);
		assert_int_equal(seccomp_run(residual, n, &data).ret, seccomp_run(insns, len, &data).ret);
	}
	return n;
}

/* ---- rows: how long is the residual for number 5? ---- */

static const struct residual_row {
	const char *name;
	uint32_t len;
	const struct sock_filter *insns;
	uint32_t count;
} rows[] = {
	{ "a constant", 1, PROGRAM(RET_K(ALLOW)) },
	{ "the number decides", 1, PROGRAM(LD_ABS(0), JEQ(5, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)) },
	{ "the architecture decides", 1, PROGRAM(LD_ABS(4), JEQ(AUDIT_ARCH_RISCV64, 1, 0), RET_K(KILL), RET_K(ALLOW)) },
	{ "arithmetic on constants", 1, PROGRAM(LD_ABS(0), ALU_K(BPF_ADD, 3), TAX, LD_IMM(2), ALU_X(BPF_MUL), JEQ(16, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "scratch words of constants", 1, PROGRAM(LD_ABS(0), ST(3), LDX_MEM(3), LD_IMM(5), JCC_X(BPF_JEQ, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "RET A of a constant", 1, PROGRAM(LD_IMM(ALLOW), RET_A) },
	{ "DIV by X = 0 is an answer", 1, PROGRAM(ALU_X(BPF_DIV), RET_K(ALLOW)) },
	{ "the length of seccomp_data", 1, PROGRAM(LD_LEN, LDX_LEN, JCC_X(BPF_JEQ, 0, 2), JEQ(64, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "one argument", 4, PROGRAM(LD_ABS(0), JEQ(5, 0, 2), LD_ABS(ARG0), JEQ(7, 1, 0), RET_K(ALLOW), RET_K(ERRNO(1))) },
	{ "both halves of one", 6, PROGRAM(LD_ABS(ARG0), JEQ(7, 0, 3), LD_ABS(ARG0 + 4), JEQ(1, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1))) },
	{ "a masked argument", 5, PROGRAM(LD_ABS(ARG0), ALU_K(BPF_AND, 0xff), JEQ(7, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1))) },
	{ "a comparison with X, which is the number", 4, PROGRAM(LDX_IMM(9), LD_ABS(ARG0), JCC_X(BPF_JGT, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1))) },
	{ "the instruction pointer", 4, PROGRAM(LD_ABS(8), JEQ(7, 0, 1), RET_K(ALLOW), RET_K(ERRNO(1))) },
	{ "equal answers are one", 6, PROGRAM(LD_ABS(ARG0), JEQ(7, 0, 1), RET_K(ALLOW), LD_ABS(24), JEQ(8, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "a value that passed through a scratch word", 4, PROGRAM(LD_ABS(ARG0), ST(0), LD_IMM(1), LD_MEM(0), JEQ(7, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "paths that differ in X alone stay two", 8,
	  PROGRAM(LD_ABS(ARG0), JEQ(7, 0, 2), LDX_IMM(1), JA(1), LDX_IMM(2), LD_ABS(24), JCC_X(BPF_JEQ, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "paths that differ in a scratch word alone stay two", 9,
	  PROGRAM(LD_ABS(ARG0), JEQ(7, 0, 3), LD_IMM(1), ST(0), JA(2), LD_IMM(2), ST(0), LD_ABS(24), JEQ(9, 1, 0), RET_K(ERRNO(1)),
		  LD_MEM(0), JEQ(1, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "paths that meet alike are one", 6,
	  PROGRAM(LD_ABS(ARG0), JEQ(7, 0, 1), LD_IMM(1), LD_ABS(24), JEQ(9, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "RET A of an argument is none", 0, PROGRAM(LD_ABS(ARG0), RET_A) },
	{ "an argument as operand is none", 0, PROGRAM(LD_ABS(ARG0), TAX, LD_IMM(7), JCC_X(BPF_JEQ, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "DIV by an argument is none", 0, PROGRAM(LD_ABS(ARG0), TAX, LD_IMM(7), ALU_X(BPF_DIV), JEQ(7, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
};

static void residual_row(void **state)
{
	const struct residual_row *row = *state;
	uint64_t seed = 1;

	assert_int_equal(verify(row->insns, row->count, 5, &seed), row->len);
}

static void generated(void **state)
{
	struct sock_filter insns[GENERATED_MAX];
	uint64_t seed = 0x5eed;
	uint32_t made = 0;
	uint32_t tried = 0;

	(void)state;
	for (uint32_t program = 0; program < 2000; program++) {
		const uint32_t len = generate_program(&seed, insns);

		for (uint32_t try = 0; try < 8; try++, tried++)
			made += verify(insns, len, try < 4 ? insns[chance(&seed, len)].k % 512 : chance(&seed, 512), &seed) != 0;
	}
	assert_true(made > tried / 2);
}

static void bounded(void **state)
{
	static const struct sock_filter insns[] = { LD_ABS(0), JEQ(9, 0, 1), RET_K(KILL), RET_K(ALLOW) };
	struct sock_filter residual[SECCOMP_RESIDUAL_MAX];
	static struct seccomp_specialise s;

	(void)state;
	s.steps = 2;
	assert_int_equal(seccomp_specialise(&s, insns, COUNT(insns), 5, AUDIT_ARCH_RISCV64, residual), 0);
	s.steps = 3;
	assert_int_equal(seccomp_specialise(&s, insns, COUNT(insns), 5, AUDIT_ARCH_RISCV64, residual), 1);
	assert_int_equal(seccomp_specialise(&s, insns, COUNT(insns), 5, AUDIT_ARCH_RISCV64, residual), 0);
}

/* A chain of N tests of one argument, each with an answer of its own. Its length. */
static uint32_t chain(struct sock_filter *insns, uint32_t n, uint32_t answers)
{
	insns[0] = (struct sock_filter)LD_ABS(ARG0);
	for (uint32_t i = 0; i < n; i++) {
		insns[1 + 2 * i] = (struct sock_filter)JEQ(i, 0, 1);
		insns[2 + 2 * i] = (struct sock_filter)RET_K(ERRNO(i % answers));
	}
	insns[1 + 2 * n] = (struct sock_filter)RET_K(ALLOW);
	return 2 * n + 2;
}

static void too_long(void **state)
{
	struct sock_filter insns[2 * 100 + 2];
	uint64_t seed = 1;

	(void)state;
	for (uint32_t n = 1; n <= 100; n++) {
		const uint32_t answers = (n < 4 ? n : 4) + 1;
		const uint32_t len = chain(insns, n, 4);

		assert_int_equal(verify(insns, len, 5, &seed), 2 * n + answers <= SECCOMP_RESIDUAL_MAX ? 2 * n + answers : 0);
	}
}

/* N tests of an argument that was computed: four instructions for each. */
static void no_room(void **state)
{
	struct sock_filter insns[3 + 48 + 2] = { LD_ABS(ARG0), ALU_K(BPF_AND, 0xff), ALU_K(BPF_ADD, 1) };
	uint64_t seed = 1;

	(void)state;
	for (uint32_t n = 1; n <= 48; n++) {
		for (uint32_t i = 0; i < n; i++)
			insns[3 + i] = (struct sock_filter)JEQ(i, (uint8_t)(n - i), 0);
		insns[3 + n] = (struct sock_filter)RET_K(KILL);
		insns[4 + n] = (struct sock_filter)RET_K(ALLOW);
		assert_int_equal(verify(insns, n + 5, 5, &seed), 4 * n + 2 <= SECCOMP_RESIDUAL_MAX ? 4 * n + 2 : 0);
	}
}

/* N answers; N tests; N values in A; N in X; N operations. */
static void many(void **state)
{
	static struct seccomp_specialise s;
	static struct sock_filter insns[BPF_MAXINSNS];
	static const uint32_t near[] = { 1, 2, 3 };

	(void)state;
	s.steps = UINT32_MAX;
	s.words = true;
	for (uint32_t i = 0; i < COUNT(near); i++) {
		uint32_t n = SECCOMP_SPECIALISE_ANSWERS - 2 + near[i];

		assert_int_equal(program_check(insns, chain(insns, n - 1, n)).err, 0);
		assert_int_equal(seccomp_specialise_tests(&s, insns, 5, AUDIT_ARCH_RISCV64), n <= SECCOMP_SPECIALISE_ANSWERS);
		n = SECCOMP_SPECIALISE_TESTS - 2 + near[i];
		(void)chain(insns, n, 4);
		assert_int_equal(seccomp_specialise_tests(&s, insns, 5, AUDIT_ARCH_RISCV64), n <= SECCOMP_SPECIALISE_TESTS);
		n = SECCOMP_SPECIALISE_VALUES - 2 + near[i];
		for (uint32_t x = 0; x < 2; x++) {
			for (uint32_t k = 0; k < n; k++)
				insns[k] = x ? (struct sock_filter)LDX_IMM(k) : (struct sock_filter)LD_IMM(k);
			insns[n] = (struct sock_filter)RET_K(ALLOW);
			assert_int_equal(seccomp_specialise_tests(&s, insns, 5, AUDIT_ARCH_RISCV64), n <= SECCOMP_SPECIALISE_VALUES);
		}
		n = SECCOMP_SPECIALISE_OPS - 2 + near[i];
		insns[0] = (struct sock_filter)LD_ABS(ARG0);
		for (uint32_t k = 1; k <= n; k++)
			insns[k] = (struct sock_filter)ALU_K(BPF_XOR, k);
		insns[n + 1] = (struct sock_filter)RET_A;
		assert_int_equal(seccomp_specialise_tests(&s, insns, 5, AUDIT_ARCH_RISCV64), n <= SECCOMP_SPECIALISE_OPS);
	}
}

/* ---- a residual on a stack ---- */

static const struct on_row {
	const char *name;
	uint32_t own, below;
	bool log, stricter;
	uint32_t becomes;
	bool then_stricter;
} on[] = {
	{ "ALLOW goes on", ALLOW, ALLOW, false, false, ALLOW, false },
	{ "ALLOW with data goes on", ALLOW | 9, ALLOW, false, false, ALLOW, false },
	{ "ALLOW goes on though the filter logs", ALLOW, ALLOW, true, false, ALLOW, false },
	{ "ALLOW over an ERRNO is that", ALLOW, ERRNO(3), false, false, ERRNO(3), false },
	{ "ALLOW over what may be stricter goes on", ALLOW, ALLOW, false, true, ALLOW, true },
	{ "ERRNO over nothing stricter is final", ERRNO(1), ALLOW, false, false, ERRNO(1), false },
	{ "ERRNO over ERRNO is the newer", ERRNO(1), ERRNO(3), false, false, ERRNO(1), false },
	{ "ERRNO over what may be stricter is the judge's", ERRNO(1), ALLOW, false, true, KILL, true },
	{ "ERRNO of a filter that logs is the judge's", ERRNO(1), ALLOW, true, false, KILL, false },
	{ "ERRNO of 4095 is final", ERRNO(4095), ALLOW, false, false, ERRNO(4095), false },
	{ "ERRNO beyond 4095 is the judge's", ERRNO(4096), ALLOW, false, false, KILL, false },
	{ "LOG is the judge's", SECCOMP_RET_LOG, ALLOW, false, false, KILL, false },
	{ "TRACE is the judge's", SECCOMP_RET_TRACE, ALLOW, false, false, KILL, false },
	{ "USER_NOTIF is the judge's", SECCOMP_RET_USER_NOTIF, ALLOW, false, false, KILL, false },
	{ "TRAP is the judge's, and stricter", SECCOMP_RET_TRAP, ALLOW, false, false, KILL, true },
	{ "KILL_THREAD is the judge's, and stricter", SECCOMP_RET_KILL_THREAD, ALLOW, false, false, KILL, true },
	{ "KILL_PROCESS is the judge's, and stricter", KILL, ALLOW, false, false, KILL, true },
	{ "an unknown action is the judge's, and stricter", 0xaaaa0000, ALLOW, false, false, KILL, true },
};

static void on_row(void **state)
{
	const struct on_row *row = *state;
	struct sock_filter residual[] = { RET_K(row->own) };

	assert_int_equal(seccomp_residual_on(residual, 1, row->log, row->below, row->stricter), row->then_stricter);
	assert_int_equal(residual[0].k, row->becomes);
}

int main(void)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		row_add(residual_row, &rows[i], "%s: %u instructions", rows[i].name, rows[i].len);
	ROWS_ADD(on_row, on);
	row_add(bounded, NULL, "steps bound the work");
	row_add(too_long, NULL, "what has more tests than fit has none");
	row_add(no_room, NULL, "what is too long for a residual has none");
	row_add(many, NULL, "what has more answers or values than fit has none");
	row_add(generated, NULL, "generated programs and their residuals answer alike");
	return rows_run("specialise");
}
