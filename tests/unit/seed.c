/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seed.c - what the seed, VeridianOS's seccomp.rs, got wrong in a way that let a call escape or
 * gave a wrong verdict: one row for each, as far as the verdict library decides it. What the kernel
 * decides (modes, privilege, fork) is tests/guest's.
 */
#include "stacks.h"
#include "build.h"

#define RISCV64 AUDIT_ARCH_RISCV64

/* ---- programs that the seed installed ---- */

static const struct refused_row {
	const char *name;
	uint32_t pc;
	const struct sock_filter *insns;
	uint32_t len;
} refused[] = {
	{ "a load past the end kept the old A, so the architecture check passed", 1,
	  PROGRAM(LD_ABS(4), LD_ABS(64), JEQ(RISCV64, 1, 0), RET_K(0x80000000), RET_K(ALLOW)) },
	{ "a load that is not aligned was accepted", 0, PROGRAM(LD_ABS(2), RET_K(ALLOW)) },
	{ "LD H was accepted", 0, PROGRAM(BPF_STMT(0x28, 0), RET_K(ALLOW)) },
	{ "LD B was accepted", 0, PROGRAM(BPF_STMT(0x30, 0), RET_K(ALLOW)) },
	{ "opcode 0xffff was accepted", 0, PROGRAM(BPF_STMT(0xffff, 0), RET_K(ALLOW)) },
	{ "RET X was accepted", 0, PROGRAM(BPF_STMT(0x0e, 0), RET_K(ALLOW)) },
	{ "MOD was accepted", 0, PROGRAM(BPF_STMT(0x94, 3), RET_K(ALLOW)) },
	{ "JGT K with a wild jump was accepted", 0, PROGRAM(JCC_K(BPF_JGT, 0, 200, 0), RET_K(ALLOW)) },
	{ "JEQ X with a wild jump was accepted", 0, PROGRAM(JCC_X(BPF_JEQ, 0, 200), RET_K(ALLOW)) },
	{ "JGE X with a wild jump was accepted", 0, PROGRAM(JCC_X(BPF_JGE, 200, 0), RET_K(ALLOW)) },
	{ "JSET X with a wild jump was accepted", 0, PROGRAM(JCC_X(BPF_JSET, 200, 0), RET_K(ALLOW)) },
	{ "DIV by the constant 0 was accepted", 0, PROGRAM(ALU_K(BPF_DIV, 0), RET_K(ALLOW)) },
	{ "a shift by 32 was accepted", 0, PROGRAM(ALU_K(BPF_LSH, 32), RET_K(ALLOW)) },
	{ "a scratch word beyond the 16 was accepted", 0, PROGRAM(ST(16), RET_K(ALLOW)) },
	{ "a scratch word that nobody wrote was accepted", 0, PROGRAM(LD_MEM(0), RET_A) },
	{ "JA that wraps was accepted on 32-bit machines", 0, PROGRAM(JA(0xffffffff), RET_K(ALLOW)) },
};

static void refused_row(void **state)
{
	const struct refused_row *row = *state;
	const struct seccomp_refusal r = program_check(row->insns, row->len);

	assert_int_equal(r.err, EINVAL);
	assert_int_equal(r.pc, row->pc);
}

static void ret_a(void **state)
{
	const struct sock_filter p[] = { LD_IMM(ALLOW), RET_A };

	(void)state;
	assert_int_equal(program_check(p, 2).err, 0);
}

/* ---- verdicts that the seed got wrong ---- */

/*
 * The seed's own programs: an allow list of read, write, exit and getpid, and a
 * deny list of socket and execve.
 */
static struct seccomp_program *listed(bool allow)
{
	static struct sock_filter insns[64];
	static uint16_t written[64];
	uint32_t allowed[] = { 63, 64, 93, 172 }, denied[] = { 198, 221 };
	struct seccomp_build b;

	seccomp_build_init(&b, insns, written, 64);
	if (allow)
		assert_int_equal(seccomp_build_allow(&b, RISCV64, allowed, 4).err, 0);
	else
		assert_int_equal(seccomp_build_deny(&b, RISCV64, denied, 2, 1).err, 0);
	return program_new(insns, b.len);
}

static const struct verdict_row {
	const char *name;
	int nr;
	uint32_t arch;
	enum { ALLOW_LIST, DENY_LIST, THESE } kind;
	uint32_t rets[3]; /* THESE: what each filter answers, oldest first; 0xdead ends */
	uint32_t ret;
	enum seccomp_do todo;
} verdicts[] = {
	{ "an allow list let execve through", 221, RISCV64, ALLOW_LIST, { 0 }, 0x80000000, SECCOMP_DO_KILL_PROCESS },
	{ "an allow list let another architecture through", 64, AUDIT_ARCH_X86_64, ALLOW_LIST, { 0 }, 0x80000000,
	  SECCOMP_DO_KILL_PROCESS },
	{ "an allow list allows what it lists", 64, RISCV64, ALLOW_LIST, { 0 }, ALLOW, SECCOMP_DO_RUN },
	{ "an allow list allows its last entry", 172, RISCV64, ALLOW_LIST, { 0 }, ALLOW, SECCOMP_DO_RUN },
	{ "a deny list refuses what it lists", 221, RISCV64, DENY_LIST, { 0 }, ERRNO(1), SECCOMP_DO_RETURN },
	{ "a deny list refuses its first entry", 198, RISCV64, DENY_LIST, { 0 }, ERRNO(1), SECCOMP_DO_RETURN },
	{ "a deny list lets others through", 64, RISCV64, DENY_LIST, { 0 }, ALLOW, SECCOMP_DO_RUN },
	{ "a deny list kills another architecture", 64, AUDIT_ARCH_AARCH64, DENY_LIST, { 0 }, 0x80000000,
	  SECCOMP_DO_KILL_PROCESS },
	{ "KILL_PROCESS lost to ALLOW, compared unsigned", 1, RISCV64, THESE, { 0x80000000, ALLOW, 0xdead }, 0x80000000,
	  SECCOMP_DO_KILL_PROCESS },
	{ "0xaaaa0000 was allowed", 1, RISCV64, THESE, { 0xaaaa0000, 0xdead }, 0xaaaa0000, SECCOMP_DO_KILL_PROCESS },
	{ "errno 1 then 2 gave 1", 1, RISCV64, THESE, { ERRNO(1), ERRNO(2), 0xdead }, ERRNO(2), SECCOMP_DO_RETURN },
	{ "errno 2 then 1 gives 1", 1, RISCV64, THESE, { ERRNO(2), ERRNO(1), 0xdead }, ERRNO(1), SECCOMP_DO_RETURN },
	{ "trap 1 then 9 gave 1", 1, RISCV64, THESE, { 0x00030001, 0x00030009, 0xdead }, 0x00030009, SECCOMP_DO_SIGNAL },
	{ "an answer that is no action was returned raw", 1, RISCV64, THESE, { 0x00040000, 0xdead }, 0x00040000,
	  SECCOMP_DO_KILL_PROCESS },
	{ "filter mode without a filter allowed", 1, RISCV64, THESE, { 0xdead }, 0x80000000, SECCOMP_DO_KILL_PROCESS },
};

static struct seccomp_filter *stack_of(const struct verdict_row *row)
{
	struct seccomp_filter *newest = NULL;

	for (size_t i = 0; row->kind == THESE && row->rets[i] != 0xdead; i++)
		stack_push(&newest, (struct sock_filter[]){ RET_K(row->rets[i]) }, 1);
	if (row->kind != THESE) {
		struct seccomp_program *p = listed(row->kind == ALLOW_LIST);

		stack_push(&newest, p->insns, p->len);
		free(p);
	}
	return newest;
}

static void verdict_row(void **state)
{
	const struct verdict_row *row = *state;
	const struct seccomp_data data = { .nr = row->nr, .arch = row->arch };
	struct seccomp_filter *parent = stack_of(row);
	struct seccomp_filter *child = seccomp_filter_get(parent);
	const struct seccomp_verdict v = seccomp_evaluate(parent, 1, &data);

	assert_int_equal(v.ret, row->ret);
	assert_int_equal(seccomp_decide(v.ret, false).todo, row->todo);
	/* The seed's fork() shed the filters: the child has the parent's, whoever it is. */
	assert_int_equal(seccomp_evaluate(child, 2, &data).ret, row->ret);
	assert_int_equal(stack_free(child), 0);
	stack_free(parent);
}

static void errno_cap(void **state)
{
	(void)state;
	assert_int_equal(seccomp_decide(seccomp_errno(65535), false).err, 4095);
	assert_string_not_equal(seccomp_errno_warning(0), "");
	assert_string_not_equal(seccomp_errno_warning(5000), "");
}

static void strict_numbers(void **state)
{
	static const uint32_t x86[] = { 0, 1, 15, 60 }, ours[] = { 63, 64, 93, 139 };
	static struct sock_filter insns[64];
	static uint16_t written[64];
	struct seccomp_build b;

	(void)state;
	seccomp_build_init(&b, insns, written, 64);
	assert_int_equal(seccomp_build_strict(&b, RISCV64).err, 0);
	for (size_t i = 0; i < 4; i++) {
		struct seccomp_data data = { .nr = (int)x86[i], .arch = RISCV64 };

		assert_int_equal(seccomp_run(insns, b.len, &data).ret, SECCOMP_RET_KILL_THREAD);
		data.nr = (int)ours[i];
		assert_int_equal(seccomp_run(insns, b.len, &data).ret, ALLOW);
	}
}

static void path_budget(void **state)
{
	struct seccomp_filter *newest = NULL;
	uint32_t n = 0;

	(void)state;
	while (n < 100000 && stack_push_as(&newest, (struct sock_filter[]){ RET_K(ALLOW) }, 1, n + 1, 0, false) == 0)
		n++;
	assert_int_equal(n, 3641);
	stack_free(newest);
}

/*
 * With 256 and more entries the seed's 8-bit jumps overflowed: 1 of 256 was let
 * through, 45 of 300, 257 of 512.
 */
static void long_list(void **state)
{
	const uint32_t n = *(const uint32_t *)*state;
	static struct sock_filter insns[BPF_MAXINSNS];
	static uint16_t written[BPF_MAXINSNS];
	static uint32_t nrs[1024];
	struct seccomp_build b;
	uint32_t denied = 0, allowed = 0;

	for (uint32_t i = 0; i < n; i++)
		nrs[i] = 2 * i;
	seccomp_build_init(&b, insns, written, BPF_MAXINSNS);
	assert_int_equal(seccomp_build_deny(&b, RISCV64, nrs, n, 1).err, 0);
	for (uint32_t i = 0; i < n; i++) {
		const struct seccomp_data data = { .nr = (int)(2 * i), .arch = RISCV64 };

		denied += seccomp_run(insns, b.len, &data).ret == ERRNO(1);
	}
	assert_int_equal(denied, n);
	seccomp_build_init(&b, insns, written, BPF_MAXINSNS);
	assert_int_equal(seccomp_build_allow(&b, RISCV64, nrs, n).err, 0);
	for (uint32_t i = 0; i < n; i++) {
		const struct seccomp_data data = { .nr = (int)(2 * i), .arch = RISCV64 };

		allowed += seccomp_run(insns, b.len, &data).ret == ALLOW;
	}
	assert_int_equal(allowed, n);
}

int main(void)
{
	static const uint32_t lengths[] = { 255, 256, 257, 300, 512, 1000 };

	ROWS_ADD(refused_row, refused);
	row_add(ret_a, NULL, "RET A as the last instruction was refused");
	ROWS_ADD(verdict_row, verdicts);
	row_add(errno_cap, NULL, "an errno above 4095 was delivered as it is");
	row_add(strict_numbers, NULL, "strict mode allowed x86-64's numbers");
	row_add(path_budget, NULL, "100000 filters were accepted");
	for (size_t i = 0; i < COUNT(lengths); i++)
		row_add(long_list, &lengths[i], "a list of %u calls lets none through, and stops none", lengths[i]);
	return rows_run("seed");
}
