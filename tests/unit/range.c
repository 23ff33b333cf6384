/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * range.c - numbers that a program answers alike: each of a range must get what is on record of it,
 * whatever the arguments.
 */
#include "stacks.h"
#include "generate.h"

#define KILL SECCOMP_RET_KILL_PROCESS
#define LAST UINT32_MAX
#define IF(op, k) LD_ABS(0), JCC_K(op, k, 0, 1), RET_K(ERRNO(1)), RET_K(ALLOW)

static const struct range_row {
	const char *name;
	uint32_t nr, first, last;
	bool constant;
	uint32_t ret;
	const struct sock_filter *insns;
	uint32_t len;
} rows[] = {
	{ "all numbers alike", 600, 0, LAST, true, ALLOW, PROGRAM(RET_K(ALLOW)) },
	{ "not this one, below it", 600, 0, 699, true, ALLOW, PROGRAM(IF(BPF_JEQ, 700)) },
	{ "not this one, above it", 600, 501, LAST, true, ALLOW, PROGRAM(IF(BPF_JEQ, 500)) },
	{ "this one", 600, 600, 600, true, ERRNO(1), PROGRAM(IF(BPF_JEQ, 600)) },
	{ "the greatest", LAST, LAST, LAST, true, ERRNO(1), PROGRAM(IF(BPF_JEQ, LAST)) },
	{ "not the greatest", 600, 0, LAST - 1, true, ALLOW, PROGRAM(IF(BPF_JEQ, LAST)) },
	{ "not 0", 600, 1, LAST, true, ALLOW, PROGRAM(IF(BPF_JEQ, 0)) },
	{ "above another", 600, 600, LAST, true, ERRNO(1), PROGRAM(IF(BPF_JGT, 599)) },
	{ "not above itself", 600, 0, 600, true, ALLOW, PROGRAM(IF(BPF_JGT, 600)) },
	{ "at least itself", 600, 600, LAST, true, ERRNO(1), PROGRAM(IF(BPF_JGE, 600)) },
	{ "not at least another", 600, 0, 600, true, ALLOW, PROGRAM(IF(BPF_JGE, 601)) },
	{ "bits are this number's alone", 600, 600, 600, true, ERRNO(1), PROGRAM(IF(BPF_JSET, 8)) },
	{ "no bits, too", 600, 600, 600, true, ALLOW, PROGRAM(IF(BPF_JSET, 1)) },
	{ "between two", 600, 500, 700, true, ERRNO(2), PROGRAM(LD_ABS(0), JCC_K(BPF_JGE, 500, 1, 0), RET_K(ALLOW), JCC_K(BPF_JGT, 700, 0, 1), RET_K(ALLOW), RET_K(ERRNO(2))) },
	{ "a narrower one later", 600, 550, LAST, true, ALLOW, PROGRAM(LD_ABS(0), JCC_K(BPF_JGE, 550, 0, 2), JCC_K(BPF_JGE, 500, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "arithmetic is this number's alone", 600, 600, 600, true, ALLOW, PROGRAM(LD_ABS(0), ALU_K(BPF_ADD, 1), JEQ(601, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "as operand, too", 600, 600, 600, true, ALLOW, PROGRAM(LD_ABS(0), TAX, LD_IMM(601), JCC_X(BPF_JGT, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "compared with X, which is known", 600, 600, 600, true, ALLOW, PROGRAM(LDX_IMM(600), LD_ABS(0), JCC_X(BPF_JEQ, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "through a scratch word", 600, 0, 699, true, ALLOW, PROGRAM(LD_ABS(0), ST(2), LD_IMM(7), LD_MEM(2), JEQ(700, 0, 1), RET_K(KILL), RET_K(ALLOW)) },
	{ "as the answer", 600, 600, 600, true, 600, PROGRAM(LD_ABS(0), RET_A) },
	{ "the architecture is known", 600, 0, LAST, true, ALLOW, PROGRAM(LD_ABS(4), JEQ(AUDIT_ARCH_RISCV64, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "the length is known", 600, 0, LAST, true, ALLOW, PROGRAM(LD_LEN, JEQ(64, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "a jump that does not ask", 600, 0, LAST, true, ALLOW, PROGRAM(JA(1), RET_K(KILL), RET_K(ALLOW)) },
	{ "an argument is not known", 600, 0, 0, false, 0, PROGRAM(LD_ABS(16), JEQ(1, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "an argument as operand is not", 600, 0, 0, false, 0, PROGRAM(LD_ABS(16), TAX, LD_ABS(0), JCC_X(BPF_JEQ, 0, 1), RET_K(ALLOW), RET_K(KILL)) },
	{ "an argument as the answer is not", 600, 0, 0, false, 0, PROGRAM(LD_ABS(16), RET_A) },
	{ "a quotient by an argument is not", 600, 0, 0, false, 0, PROGRAM(LD_ABS(16), TAX, LD_IMM(1), ALU_X(BPF_DIV), RET_K(ALLOW)) },
	{ "what nobody looks at need not be", 600, 0, LAST, true, ALLOW, PROGRAM(LD_ABS(16), TAX, LD_IMM(1), ALU_X(BPF_ADD), RET_K(ALLOW)) },
};

static void range_row(void **state)
{
	const struct range_row *row = *state;
	struct seccomp_range r;

	assert_int_equal(program_check(row->insns, row->len).err, 0);
	seccomp_range_program(&r, row->insns, row->nr, AUDIT_ARCH_RISCV64);
	assert_int_equal(r.constant, row->constant);
	if (!row->constant)
		return;
	assert_int_equal(r.ret, row->ret);
	assert_int_equal(r.first, row->first);
	assert_int_equal(r.last, row->last);
}

/* Numbers of the range, its ends first. */
static uint32_t one_of(const struct seccomp_range *r, uint32_t i, uint64_t *seed)
{
	const uint32_t size = r->last - r->first;

	return i == 0 ? r->first : i == 1 ? r->last : size == 0 ? r->first : r->first + chance(seed, size);
}

static void generated(void **state)
{
	uint64_t seed = 0x4a2e;
	uint32_t known = 0, wide = 0;

	(void)state;
	for (uint32_t program = 0; program < 20000; program++) {
		struct sock_filter insns[GENERATED_MAX];
		const uint32_t len = generate_program(&seed, insns);
		const uint32_t nr = program % 3 == 0 ? LAST : program % 3 == 1 ? 512 : chance_word(&seed, insns, len);
		struct seccomp_range r;

		seccomp_range_program(&r, insns, nr, AUDIT_ARCH_RISCV64);
		if (!r.constant)
			continue;
		known++;
		wide += r.first != r.last;
		assert_true(r.first <= nr && nr <= r.last);
		for (uint32_t i = 0; i < 12; i++) {
			struct seccomp_data data = { .nr = (int)one_of(&r, i, &seed), .arch = AUDIT_ARCH_RISCV64 };

			chance_data(&seed, &data, insns, len);
			assert_int_equal(seccomp_run(insns, len, &data).ret, r.ret);
		}
	}
	assert_true(known > 5000 && wide > 2000);
}

/* ---- on a stack ---- */

static const struct add_row {
	const char *name;
	uint32_t below, own;
	bool log, constant;
	uint32_t becomes;
} adds[] = {
	{ "ALLOW on ALLOW", ALLOW, ALLOW, false, true, ALLOW },
	{ "ALLOW has no data", ALLOW, ALLOW | 7, false, true, ALLOW },
	{ "the stricter is the newer", ALLOW, ERRNO(1), false, true, ERRNO(1) },
	{ "the stricter is the older", KILL, ERRNO(1), false, true, KILL },
	{ "of equal ones the newer", ERRNO(1), ERRNO(2), false, true, ERRNO(2) },
	{ "what the filter logs is not known", ALLOW, ERRNO(1), true, false, 0 },
	{ "of equal ones, the newer would be logged", ERRNO(1), ERRNO(1), true, false, 0 },
	{ "ALLOW is not logged", ERRNO(1), ALLOW, true, true, ERRNO(1) },
	{ "what is stricter below is not logged", KILL, ERRNO(1), true, true, KILL },
};

static void add_row(void **state)
{
	const struct add_row *row = *state;
	struct seccomp_range stack = { 5, 900, row->below, true };
	const struct seccomp_range newer = { 10, 800, row->own, true }, wider = { 0, 1000, row->own, true },
				   unknown = { 10, 800, row->own, false };

	seccomp_range_add(&stack, &newer, row->log);
	assert_int_equal(stack.constant, row->constant);
	if (row->constant)
		assert_int_equal(stack.ret, row->becomes);
	assert_int_equal(stack.first, 10);
	assert_int_equal(stack.last, 800);
	stack = (struct seccomp_range){ 5, 900, row->below, true };
	seccomp_range_add(&stack, &wider, row->log);
	assert_int_equal(stack.first, 5);
	assert_int_equal(stack.last, 900);
	seccomp_range_add(&stack, &unknown, row->log);
	assert_false(stack.constant);
	seccomp_range_add(&stack, &wider, false);
	assert_false(stack.constant);
}

int main(void)
{
	ROWS_ADD(range_row, rows);
	ROWS_ADD(add_row, adds);
	row_add(generated, NULL, "generated programs answer every number of a range alike");
	return rows_run("range");
}
