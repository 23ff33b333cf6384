/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build.c - the builders: every constructor's instruction, pseudo-operations by what they compute,
 * and lists by what they answer to every number.
 */
#include "rows.h"
#include "build.h"

#define RISCV64 AUDIT_ARCH_RISCV64

static struct sock_filter insns[BPF_MAXINSNS + 1];
static uint16_t written[BPF_MAXINSNS];

static struct seccomp_build begin(uint32_t room)
{
	struct seccomp_build b;

	memset(insns, 0xa5, sizeof(insns));
	memset(&b, 0xa5, sizeof(b));
	seccomp_build_init(&b, insns, written, room);
	return b;
}

/* ---- one instruction each ---- */

#define ONE(name, ...) static void one_##name(struct seccomp_build *b) { __VA_ARGS__; }

#define EACH(X)                                                              \
	X(load_word, 0x20, 0, 0, 60, seccomp_build_load_word(b, SECCOMP_ARG5_HI)) \
	X(load_imm, 0x00, 0, 0, 7, seccomp_build_load_imm(b, 7))             \
	X(load_mem, 0x60, 0, 0, 7, seccomp_build_load_mem(b, 7))             \
	X(load_len, 0x80, 0, 0, 0, seccomp_build_load_len(b))                \
	X(loadx_imm, 0x01, 0, 0, 7, seccomp_build_loadx_imm(b, 7))           \
	X(loadx_mem, 0x61, 0, 0, 7, seccomp_build_loadx_mem(b, 7))           \
	X(loadx_len, 0x81, 0, 0, 0, seccomp_build_loadx_len(b))              \
	X(store, 0x02, 0, 0, 7, seccomp_build_store(b, 7))                   \
	X(storex, 0x03, 0, 0, 7, seccomp_build_storex(b, 7))                 \
	X(alu_add, 0x04, 0, 0, 7, seccomp_build_alu_add(b, 7))               \
	X(alu_add_x, 0x0c, 0, 0, 0, seccomp_build_alu_add_x(b))              \
	X(alu_sub, 0x14, 0, 0, 7, seccomp_build_alu_sub(b, 7))               \
	X(alu_sub_x, 0x1c, 0, 0, 0, seccomp_build_alu_sub_x(b))              \
	X(alu_mul, 0x24, 0, 0, 7, seccomp_build_alu_mul(b, 7))               \
	X(alu_mul_x, 0x2c, 0, 0, 0, seccomp_build_alu_mul_x(b))              \
	X(alu_div, 0x34, 0, 0, 7, seccomp_build_alu_div(b, 7))               \
	X(alu_div_x, 0x3c, 0, 0, 0, seccomp_build_alu_div_x(b))              \
	X(alu_or, 0x44, 0, 0, 7, seccomp_build_alu_or(b, 7))                 \
	X(alu_or_x, 0x4c, 0, 0, 0, seccomp_build_alu_or_x(b))                \
	X(alu_and, 0x54, 0, 0, 7, seccomp_build_alu_and(b, 7))               \
	X(alu_and_x, 0x5c, 0, 0, 0, seccomp_build_alu_and_x(b))              \
	X(alu_lsh, 0x64, 0, 0, 7, seccomp_build_alu_lsh(b, 7))               \
	X(alu_lsh_x, 0x6c, 0, 0, 0, seccomp_build_alu_lsh_x(b))              \
	X(alu_rsh, 0x74, 0, 0, 7, seccomp_build_alu_rsh(b, 7))               \
	X(alu_rsh_x, 0x7c, 0, 0, 0, seccomp_build_alu_rsh_x(b))              \
	X(alu_xor, 0xa4, 0, 0, 7, seccomp_build_alu_xor(b, 7))               \
	X(alu_xor_x, 0xac, 0, 0, 0, seccomp_build_alu_xor_x(b))              \
	X(alu_neg, 0x84, 0, 0, 0, seccomp_build_alu_neg(b))                  \
	X(jump, 0x05, 0, 0, 7, seccomp_build_jump(b, 7))                     \
	X(jeq, 0x15, 1, 2, 7, seccomp_build_jeq(b, 7, 1, 2))                 \
	X(jeq_x, 0x1d, 1, 2, 0, seccomp_build_jeq_x(b, 1, 2))                \
	X(jgt, 0x25, 1, 2, 7, seccomp_build_jgt(b, 7, 1, 2))                 \
	X(jgt_x, 0x2d, 1, 2, 0, seccomp_build_jgt_x(b, 1, 2))                \
	X(jge, 0x35, 1, 2, 7, seccomp_build_jge(b, 7, 1, 2))                 \
	X(jge_x, 0x3d, 1, 2, 0, seccomp_build_jge_x(b, 1, 2))                \
	X(jset, 0x45, 1, 2, 7, seccomp_build_jset(b, 7, 1, 2))               \
	X(jset_x, 0x4d, 1, 2, 0, seccomp_build_jset_x(b, 1, 2))              \
	X(ret, 0x06, 0, 0, 7, seccomp_build_ret(b, 7))                       \
	X(ret_a, 0x16, 0, 0, 0, seccomp_build_ret_a(b))                      \
	X(tax, 0x07, 0, 0, 0, seccomp_build_tax(b))                          \
	X(txa, 0x87, 0, 0, 0, seccomp_build_txa(b))

#define DEFINE(name, code, jt, jf, k, call) ONE(name, call)
EACH(DEFINE)

static const struct one_row {
	const char *name;
	struct sock_filter insn;
	void (*build)(struct seccomp_build *b);
} ones[] = {
#define ROW(name, code, jt, jf, k, call) { #name, { code, jt, jf, k }, one_##name },
	EACH(ROW)
};

_Static_assert(COUNT(ones) == 41, "a constructor for every opcode");

static void one_row(void **state)
{
	const struct one_row *row = *state;
	struct seccomp_build b = begin(2);

	row->build(&b);
	assert_int_equal(b.len, 1);
	assert_int_equal(b.fault.err, 0);
	assert_memory_equal(insns, &row->insn, sizeof(row->insn));
}

static void all_opcodes(void **state)
{
	(void)state;
	for (size_t c = 0; c < COUNT(legal_codes); c++) {
		size_t found = 0;

		for (size_t i = 0; i < COUNT(ones); i++)
			found += ones[i].insn.code == legal_codes[c];
		assert_int_equal(found, 1);
	}
}

/* ---- loads of 4, 2 and 1 bytes ---- */

static const struct seccomp_data call = {
	.nr = 0x03020100,
	.arch = 0x07060504,
	.instruction_pointer = 0x0f0e0d0c0b0a0908,
	.args = { 0x1716151413121110, 0x1f1e1d1c1b1a1918, 0x2726252423222120,
		  0x2f2e2d2c2b2a2928, 0x3736353433323130, 0xfffefdfcfbfaf9f8 },
};

struct load {
	const char *name;
	void (*build)(struct seccomp_build *b, uint32_t off);
	uint32_t size;
};

static const struct load loads[] = {
	{ "word", seccomp_build_load_word, 4 },
	{ "half-word", seccomp_build_load_half, 2 },
	{ "byte", seccomp_build_load_byte, 1 },
};

static void load_row(void **state)
{
	const struct load *l = *state;

	for (uint32_t off = 0; off < 70; off++) {
		struct seccomp_build b = begin(8);
		uint32_t want = 0;

		l->build(&b, off);
		seccomp_build_ret_a(&b);
		if (off >= 64 || off % l->size != 0) {
			assert_int_equal(b.fault.err, EINVAL);
			assert_int_equal(b.len, 0);
			assert_int_equal(seccomp_build_end(&b).err, EINVAL);
			continue;
		}
		memcpy(&want, (const uint8_t *)&call + off, l->size);
		assert_int_equal(seccomp_build_end(&b).err, 0);
		assert_in_range(b.len, 2, 4);
		assert_int_equal(seccomp_run(insns, b.len, &call).ret, want);
	}
}

static void load_wraps(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(loads); i++) {
		struct seccomp_build b = begin(8);

		loads[i].build(&b, 0xfffffffc);
		assert_int_equal(b.fault.err, EINVAL);
	}
}

/* ---- a program as a whole ---- */

static void faults(void **state)
{
	struct seccomp_build b;

	(void)state;
	b = begin(0);
	assert_int_equal(seccomp_build_end(&b).err, EINVAL); /* an empty program */
	b = begin(1);
	seccomp_build_tax(&b);
	assert_int_equal(seccomp_build_end(&b).err, EINVAL);
	b = begin(1);
	seccomp_build_ret_a(&b);
	assert_int_equal(seccomp_build_end(&b).err, 0);

	b = begin(1);
	seccomp_build_tax(&b);
	seccomp_build_ret_a(&b);
	assert_int_equal(b.fault.err, E2BIG);
	assert_int_equal(b.fault.pc, 1);
	seccomp_build_load_word(&b, 3); /* the first fault sticks */
	assert_int_equal(seccomp_build_end(&b).err, E2BIG);

	b = begin(3);
	seccomp_build_tax(&b);
	seccomp_build_load_word(&b, 64);
	seccomp_build_ret_a(&b);
	assert_int_equal(b.len, 1);
	assert_int_equal(b.fault.pc, 1);
	assert_int_equal(seccomp_build_end(&b).err, EINVAL);

	b = begin(3);
	seccomp_build_jump(&b, 5);
	seccomp_build_ret_a(&b);
	assert_int_equal(seccomp_build_end(&b).err, EINVAL);
	assert_string_equal(b.warning, "");

	seccomp_build_init(&b, NULL, written, 1);
	seccomp_build_ret_a(&b);
	assert_int_equal(seccomp_build_end(&b).err, EINVAL);
	seccomp_build_init(&b, insns, NULL, 1);
	assert_int_equal(seccomp_build_end(&b).err, EINVAL);
}

static void at_most_4096(void **state)
{
	struct seccomp_build b = begin(BPF_MAXINSNS + 1);

	(void)state;
	for (uint32_t i = 0; i < BPF_MAXINSNS; i++)
		seccomp_build_ret_a(&b);
	assert_int_equal(seccomp_build_end(&b).err, 0);
	seccomp_build_ret_a(&b);
	assert_int_equal(b.len, BPF_MAXINSNS);
	assert_int_equal(seccomp_build_end(&b).err, E2BIG);
}

static void answers(void **state)
{
	(void)state;
	assert_int_equal(seccomp_errno(13), 0x0005000d);
	assert_int_equal(seccomp_trap(0xffff), 0x0003ffff);
	assert_int_equal(seccomp_trace(7), 0x7ff00007);
	assert_string_not_equal(seccomp_errno_warning(0), "");
	assert_string_equal(seccomp_errno_warning(1), "");
	assert_string_equal(seccomp_errno_warning(4095), "");
	assert_string_not_equal(seccomp_errno_warning(4096), "");
	assert_string_not_equal(seccomp_errno_warning(4096), seccomp_errno_warning(0));
}

static void arch_names(void **state)
{
	(void)state;
	assert_string_equal(seccomp_arch_name(AUDIT_ARCH_RISCV64), "riscv64");
	assert_string_equal(seccomp_arch_name(AUDIT_ARCH_RISCV32), "riscv32");
	assert_string_equal(seccomp_arch_name(AUDIT_ARCH_X86_64), "x86_64");
	assert_string_equal(seccomp_arch_name(AUDIT_ARCH_I386), "i386");
	assert_string_equal(seccomp_arch_name(AUDIT_ARCH_AARCH64), "aarch64");
	assert_string_equal(seccomp_arch_name(AUDIT_ARCH_ARM), "arm");
	assert_null(seccomp_arch_name(0));
}

/* ---- lists ---- */

/* FROM, FROM + STEP, ... N numbers; then, if TWICE, all of them again; in the order of a stride. */
struct list_row {
	const char *name;
	int err;
	uint32_t from, step, n;
	bool twice;
	uint32_t room;
};

static const struct list_row lists[] = {
	{ "no number at all", 0, 0, 0, 0, false, 4096 },
	{ "one number", 0, 172, 1, 1, false, 4096 },
	{ "number 0", 0, 0, 1, 1, false, 4096 },
	{ "number 2^32 - 1", 0, 0xffffffff, 1, 1, false, 4096 },
	{ "the numbers around 2^32", 0, 0xfffffffe, 3, 2, false, 4096 },
	{ "two numbers side by side", 0, 63, 1, 2, false, 4096 },
	{ "three side by side", 0, 0, 1, 3, false, 4096 },
	{ "the same number twice", 0, 64, 1, 1, true, 4096 },
	{ "four apart", 0, 10, 10, 4, false, 4096 },
	{ "ten apart, given twice", 0, 10, 10, 10, true, 4096 },
	{ "all 512", 0, 0, 1, 512, false, 4096 },
	{ "every second of 512", 0, 0, 2, 256, false, 4096 },
	{ "every third of 512", 0, 1, 3, 170, false, 4096 },
	{ "255 apart", 0, 0, 2, 255, false, 4096 },
	{ "256 apart: one more than a jump of 8 bits skips", 0, 0, 2, 256, false, 4096 },
	{ "257 apart", 0, 0, 2, 257, false, 4096 },
	{ "300 apart", 0, 0, 2, 300, false, 4096 },
	{ "512 apart", 0, 0, 2, 512, false, 4096 },
	{ "1000 apart", 0, 5, 3, 1000, false, 4096 },
	{ "1500 apart", 0, 5, 3, 1500, false, 4096 },
	{ "2000 apart", 0, 5, 3, 2000, false, 4096 },
	{ "3000 apart", 0, 5, 3, 3000, false, 4096 },
	{ "4000 apart", 0, 5, 1000003, 4000, false, 4096 },
	{ "4096 apart do not fit", E2BIG, 5, 3, 4096, false, 4096 },
	{ "65536 side by side", 0, 0x40000000, 1, 65536, false, 4096 },
	{ "60000 apart do not fit", E2BIG, 5, 3, 60000, false, 4096 },
	{ "300 apart in 360 instructions", 0, 5, 3, 300, false, 360 },
	{ "300 apart do not fit in 303", E2BIG, 5, 3, 300, false, 303 },
	{ "one number fits in 7", 0, 172, 1, 1, false, 7 },
	{ "one number does not fit in 6", E2BIG, 172, 1, 1, false, 6 },
	{ "nothing fits in 0", E2BIG, 172, 1, 0, false, 0 },
};

static uint32_t *numbers(const struct list_row *row, uint32_t *n)
{
	uint32_t *nrs = malloc((2 * row->n + 1) * sizeof(*nrs));
	const uint32_t stride = row->n % 7 != 0 ? 7 : 1;

	*n = row->n;
	for (uint32_t i = 0; i < row->n; i++)
		nrs[i] = row->from + i * stride % row->n * row->step;
	if (row->twice) {
		memcpy(nrs + row->n, nrs, row->n * sizeof(*nrs));
		*n *= 2;
	}
	return nrs;
}

/* Said without the list, from how it was made. */
static bool is_listed(const struct list_row *row, uint32_t nr)
{
	const uint64_t past = (uint32_t)(nr - row->from);

	return row->n != 0 && past % row->step == 0 && past / row->step < row->n;
}

static void verify(const struct seccomp_build *b, const struct list_row *row, uint32_t match, uint32_t otherwise)
{
	struct seccomp_data data = { .arch = RISCV64 };

	assert_int_equal(program_check(insns, b->len).err, 0);
	for (uint32_t i = 0; i < 20000; i++) {
		/* The first and the last 5000, and those around the list's start and end. */
		const uint32_t base = i < 5000 ? 0 : i < 10000 ? row->from - 7500 : i < 15000 ? -15000U :
				      row->from + row->n * row->step - 17500;
		const uint32_t nr = base + i;

		data.nr = (int)nr;
		data.arch = RISCV64;
		assert_int_equal(seccomp_run(insns, b->len, &data).ret, is_listed(row, nr) ? match : otherwise);
	}
	data.arch = AUDIT_ARCH_RISCV32;
	assert_int_equal(seccomp_run(insns, b->len, &data).ret, SECCOMP_RET_KILL_PROCESS);
}

static void deny_row(void **state)
{
	const struct list_row *row = *state;
	uint32_t n, *nrs = numbers(row, &n);
	struct seccomp_build b = begin(row->room);

	assert_int_equal(seccomp_build_deny(&b, RISCV64, nrs, n, 13).err, row->err);
	assert_string_equal(b.warning, "");
	if (row->err == 0)
		verify(&b, row, ERRNO(13), ALLOW);
	free(nrs);
}

static void allow_row(void **state)
{
	const struct list_row *row = *state;
	uint32_t n, *nrs = numbers(row, &n);
	struct seccomp_build b = begin(row->room);

	assert_int_equal(seccomp_build_allow(&b, RISCV64, nrs, n).err, row->err);
	if (row->err == 0)
		verify(&b, row, ALLOW, SECCOMP_RET_KILL_PROCESS);
	free(nrs);
}

/* How many comparisons the worst number costs: a list of 300 is a tree, not a line. */
static void short_paths(void **state)
{
	uint32_t nrs[300], n = COUNT(nrs);
	struct seccomp_build b = begin(BPF_MAXINSNS);

	(void)state;
	for (uint32_t i = 0; i < n; i++)
		nrs[i] = 3 * i;
	assert_int_equal(seccomp_build_deny(&b, RISCV64, nrs, n, 1).err, 0);
	for (uint32_t nr = 0; nr < 1000; nr++) {
		uint32_t pc = 3, steps = 0;

		for (; BPF_CLASS(insns[pc].code) != BPF_RET; steps++) {
			const struct sock_filter i = insns[pc++];

			if (i.code == (BPF_JMP | BPF_JA))
				pc += i.k;
			else if (i.code == (BPF_JMP | BPF_JEQ | BPF_K))
				pc += nr == i.k ? i.jt : i.jf;
			else if (i.code == (BPF_JMP | BPF_JGE | BPF_K))
				pc += nr >= i.k ? i.jt : i.jf;
		}
		assert_in_range(steps, 1, 20);
	}
}

static void list_arguments(void **state)
{
	uint32_t nrs[] = { 1, 2 };
	struct seccomp_build b = begin(BPF_MAXINSNS);

	(void)state;
	assert_int_equal(seccomp_build_deny(&b, RISCV64, NULL, 1, 1).err, EINVAL);
	b = begin(BPF_MAXINSNS);
	assert_int_equal(seccomp_build_deny(&b, RISCV64, NULL, 0, 1).err, 0);
	assert_int_equal(seccomp_build_deny(&b, RISCV64, nrs, 2, 1).err, EINVAL); /* not empty any more */
	b = begin(BPF_MAXINSNS);
	assert_int_equal(seccomp_build_deny(&b, RISCV64, nrs, 2, 0).err, 0);
	assert_string_not_equal(b.warning, "");
	b = begin(BPF_MAXINSNS);
	assert_int_equal(seccomp_build_deny(&b, RISCV64, nrs, 2, 4096).err, 0);
	assert_string_not_equal(b.warning, "");
	b = begin(BPF_MAXINSNS);
	assert_int_equal(seccomp_build_list(&b, RISCV64, nrs, 2, 7, 7).err, 0);
}

static void strict(void **state)
{
	static const struct {
		uint32_t arch, nrs[4];
	} modes[] = {
		{ RISCV64, { 63, 64, 93, 139 } },
		{ AUDIT_ARCH_AARCH64, { 63, 64, 93, 139 } },
		{ AUDIT_ARCH_X86_64, { 0, 1, 60, 15 } },
	};
	struct seccomp_build b;

	(void)state;
	for (size_t i = 0; i < COUNT(modes); i++) {
		b = begin(BPF_MAXINSNS);
		assert_int_equal(seccomp_build_strict(&b, modes[i].arch).err, 0);
		for (uint32_t nr = 0; nr < 1024; nr++) {
			const struct seccomp_data data = { .nr = (int)nr, .arch = modes[i].arch };
			bool runs = false;

			for (size_t j = 0; j < 4; j++)
				runs |= modes[i].nrs[j] == nr;
			assert_int_equal(seccomp_run(insns, b.len, &data).ret,
					 runs ? ALLOW : SECCOMP_RET_KILL_THREAD);
		}
	}
	b = begin(BPF_MAXINSNS);
	assert_int_equal(seccomp_build_strict(&b, 0).err, EINVAL);
}

/* The self-check notices what a wrong builder could do. */
static void verify_notices(void **state)
{
	static const uint32_t nrs[] = { 5, 10, 20, 30 };
	const struct sock_filter good[] = {
		LD_ABS(4), JEQ(RISCV64, 1, 0), RET_K(SECCOMP_RET_KILL_PROCESS), LD_ABS(0),
		JEQ(5, 4, 0), JEQ(10, 3, 0), JEQ(20, 2, 0), JEQ(30, 1, 0), RET_K(ALLOW), RET_K(ERRNO(1)),
	};
	struct sock_filter bad[COUNT(good)];

	(void)state;
	assert_int_equal(seccomp_build_verify(good, COUNT(good), RISCV64, nrs, 4, ERRNO(1), ALLOW).err, 0);
	for (size_t pc = 4; pc < COUNT(good); pc++) {
		memcpy(bad, good, sizeof(bad));
		bad[pc].k++;
		assert_int_equal(seccomp_build_verify(bad, COUNT(bad), RISCV64, nrs, 4, ERRNO(1), ALLOW).err, EINVAL);
		bad[pc].k--;
		bad[pc].jt--;
		bad[pc].jf++;
		if (pc < 8)
			assert_int_equal(seccomp_build_verify(bad, COUNT(bad), RISCV64, nrs, 4, ERRNO(1), ALLOW).err, EINVAL);
	}
	memcpy(bad, good, sizeof(bad));
	bad[2].k = ALLOW;
	assert_int_equal(seccomp_build_verify(bad, COUNT(bad), RISCV64, nrs, 4, ERRNO(1), ALLOW).err, EINVAL);
	assert_int_equal(seccomp_build_verify(good, COUNT(good), RISCV64, nrs, 3, ERRNO(1), ALLOW).err, EINVAL);
}

int main(void)
{
	for (size_t i = 0; i < COUNT(ones); i++)
		row_add(one_row, &ones[i], "%s is 0x%02x", ones[i].name, (unsigned int)ones[i].insn.code);
	row_add(all_opcodes, NULL, "every opcode has one constructor");
	for (size_t i = 0; i < COUNT(loads); i++)
		row_add(load_row, &loads[i], "load of a %s at every offset it may have", loads[i].name);
	row_add(load_wraps, NULL, "no load at 2^32 - 4");
	row_add(faults, NULL, "the first fault sticks and is told at the end");
	row_add(at_most_4096, NULL, "no program is longer than 4096");
	row_add(answers, NULL, "answers and their warnings");
	row_add(arch_names, NULL, "architectures have names");
	for (size_t i = 0; i < COUNT(lists); i++) {
		row_add(deny_row, &lists[i], "deny: %s", lists[i].name);
		row_add(allow_row, &lists[i], "allow: %s", lists[i].name);
	}
	row_add(short_paths, NULL, "300 numbers are found within 20 comparisons");
	row_add(list_arguments, NULL, "bad arguments, and odd ones");
	row_add(strict, NULL, "strict mode as a filter, with each architecture's numbers");
	row_add(verify_notices, NULL, "the self-check notices every wrong constant and jump");
	return rows_run("build");
}
