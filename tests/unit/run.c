/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run.c - what one program answers, opcode by opcode, and that the interpreter is total.
 *
 * Every row of an accepted program is run under one call with known, distinct words; a row's answer
 * is what RET gives, and the instruction that ended the run.
 */
#include "rows.h"

/* The word at offset 4n is 0xN1c2d3e4 in kind: distinct, and its bytes are distinct too. */
static const struct seccomp_data call = {
	.nr = (int)0xf0112233,
	.arch = 0xc00000f3,
	.instruction_pointer = 0x3031323320212223,
	.args = { 0x5051525340414243, 0x7071727360616263, 0x9091929380818283,
		  0xb0b1b2b3a0a1a2a3, 0xd0d1d2d3c0c1c2c3, 0xf0f1f2f3e0e1e2e3 },
};

struct run_row {
	const char *name;
	uint32_t ret, pc;
	const struct sock_filter *insns;
	uint32_t len;
};

static struct seccomp_result run(const struct run_row *row)
{
	struct sock_filter *copy = program_copy(row->insns, row->len);
	const struct seccomp_result r = seccomp_run(copy, row->len, &call);

	free(copy);
	return r;
}

static void legal_row(void **state)
{
	const struct run_row *row = *state;
	struct seccomp_result r;

	assert_int_equal(program_check(row->insns, row->len).err, 0);
	r = run(row);
	assert_int_equal(r.ret, row->ret);
	assert_int_equal(r.pc, row->pc);
}

static void illegal_row(void **state)
{
	const struct run_row *row = *state;
	struct seccomp_result r;

	assert_int_equal(program_check(row->insns, row->len).err, EINVAL);
	r = run(row);
	assert_int_equal(r.ret, row->ret);
	assert_int_equal(r.pc, row->pc);
}

/* A after one instruction; with K and with X. */
#define LOADS(offset, value) { "LD ABS " #offset, value, 1, PROGRAM(LD_ABS(offset), RET_A) }
#define K_ROW(name, value, a, op, k) { name, value, 2, PROGRAM(LD_IMM(a), ALU_K(op, k), RET_A) }
#define X_ROW(name, value, a, op, x) { name, value, 3, PROGRAM(LD_IMM(a), LDX_IMM(x), ALU_X(op), RET_A) }
#define ALU_ROWS(text, value, a, op, b) \
	K_ROW(text " with K", value, a, op, b), X_ROW(text " with X", value, a, op, b)

/* RET 1 if the jump with A and B is taken, else RET 2. */
#define J_K(op, a, b, jumps) \
	{ #op " K " #a ", " #b, (jumps) ? 1 : 2, (jumps) ? 3 : 2, \
	  PROGRAM(LD_IMM(a), JCC_K(op, b, 1, 0), RET_K(2), RET_K(1)) }
#define J_K_FALSE(op, a, b, jumps) \
	{ #op " K " #a ", " #b ", with jf", (jumps) ? 1 : 2, (jumps) ? 2 : 3, \
	  PROGRAM(LD_IMM(a), JCC_K(op, b, 0, 1), RET_K(1), RET_K(2)) }
#define J_X(op, a, b, jumps) \
	{ #op " X " #a ", " #b, (jumps) ? 1 : 2, (jumps) ? 4 : 3, \
	  PROGRAM(LD_IMM(a), LDX_IMM(b), JCC_X(op, 1, 0), RET_K(2), RET_K(1)) }
#define J_X_FALSE(op, a, b, jumps) \
	{ #op " X " #a ", " #b ", with jf", (jumps) ? 1 : 2, (jumps) ? 3 : 4, \
	  PROGRAM(LD_IMM(a), LDX_IMM(b), JCC_X(op, 0, 1), RET_K(1), RET_K(2)) }
#define JUMPS(op, a, b, jumps) \
	J_K(op, a, b, jumps), J_K_FALSE(op, a, b, jumps), J_X(op, a, b, jumps), J_X_FALSE(op, a, b, jumps)

static const struct run_row legal[] = {
	{ "A is 0 at entry", 0, 0, PROGRAM(RET_A) },
	{ "X is 0 at entry", 0, 2, PROGRAM(LD_IMM(5), TXA, RET_A) },
	{ "RET K answers k, all 32 bits", 0xdeadbeef, 0, PROGRAM(RET_K(0xdeadbeef)) },
	{ "RET A answers A, all 32 bits", 0xdeadbeef, 1, PROGRAM(LD_IMM(0xdeadbeef), RET_A) },
	{ "the first RET ends the run", 1, 0, PROGRAM(RET_K(1), RET_K(2)) },

	LOADS(0, 0xf0112233),
	LOADS(4, 0xc00000f3),
	LOADS(8, 0x20212223),
	LOADS(12, 0x30313233),
	LOADS(16, 0x40414243),
	LOADS(20, 0x50515253),
	LOADS(24, 0x60616263),
	LOADS(28, 0x70717273),
	LOADS(32, 0x80818283),
	LOADS(36, 0x90919293),
	LOADS(40, 0xa0a1a2a3),
	LOADS(44, 0xb0b1b2b3),
	LOADS(48, 0xc0c1c2c3),
	LOADS(52, 0xd0d1d2d3),
	LOADS(56, 0xe0e1e2e3),
	LOADS(60, 0xf0f1f2f3),
	{ "LD IMM", 0x80000001, 1, PROGRAM(LD_IMM(0x80000001), RET_A) },
	{ "LD LEN is 64", 64, 1, PROGRAM(LD_LEN, RET_A) },
	{ "LD LEN leaves X alone", 7, 3, PROGRAM(LDX_IMM(7), LD_LEN, TXA, RET_A) },
	{ "LDX IMM", 0x80000001, 2, PROGRAM(LDX_IMM(0x80000001), TXA, RET_A) },
	{ "LDX IMM leaves A alone", 7, 2, PROGRAM(LD_IMM(7), LDX_IMM(9), RET_A) },
	{ "LDX LEN is 64", 64, 2, PROGRAM(LDX_LEN, TXA, RET_A) },
	{ "LDX LEN leaves A alone", 7, 2, PROGRAM(LD_IMM(7), LDX_LEN, RET_A) },
	{ "ST and LD MEM", 7, 4, PROGRAM(LD_IMM(7), ST(0), LD_IMM(9), LD_MEM(0), RET_A) },
	{ "ST and LDX MEM", 7, 5, PROGRAM(LD_IMM(7), ST(15), LD_IMM(9), LDX_MEM(15), TXA, RET_A) },
	{ "STX and LD MEM", 7, 3, PROGRAM(LDX_IMM(7), STX(15), LD_MEM(15), RET_A) },
	{ "STX and LDX MEM", 7, 5, PROGRAM(LDX_IMM(7), STX(1), LDX_IMM(9), LDX_MEM(1), TXA, RET_A) },
	{ "LDX MEM leaves A alone", 7, 3, PROGRAM(LD_IMM(7), STX(1), LDX_MEM(1), RET_A) },
	{ "words are apart", 7, 5, PROGRAM(LD_IMM(7), ST(4), LD_IMM(9), ST(5), LD_MEM(4), RET_A) },
	{ "TAX copies A to X", 7, 4, PROGRAM(LD_IMM(7), TAX, LD_IMM(9), TXA, RET_A) },
	{ "TAX leaves A alone", 7, 3, PROGRAM(LD_IMM(7), LDX_IMM(9), TAX, RET_A) },
	{ "TXA copies X to A", 9, 3, PROGRAM(LD_IMM(7), LDX_IMM(9), TXA, RET_A) },

	ALU_ROWS("ADD", 12, 7, BPF_ADD, 5),
	ALU_ROWS("ADD wraps", 1, 0xffffffff, BPF_ADD, 2),
	ALU_ROWS("SUB", 2, 7, BPF_SUB, 5),
	ALU_ROWS("SUB wraps", 0xfffffffe, 5, BPF_SUB, 7),
	ALU_ROWS("MUL", 35, 7, BPF_MUL, 5),
	ALU_ROWS("MUL wraps", 0xfffe0001, 0xffff, BPF_MUL, 0xffff),
	ALU_ROWS("MUL drops what is above", 0, 0x10000, BPF_MUL, 0x10000),
	ALU_ROWS("DIV", 3, 17, BPF_DIV, 5),
	ALU_ROWS("DIV is unsigned", 0x7fffffff, 0xfffffffe, BPF_DIV, 2),
	ALU_ROWS("DIV by a negative number is by a large one", 0, 7, BPF_DIV, 0xffffffff),
	ALU_ROWS("OR", 0xf5, 0xf0, BPF_OR, 0x55),
	ALU_ROWS("AND", 0x50, 0xf0, BPF_AND, 0x55),
	ALU_ROWS("XOR", 0xa5, 0xf0, BPF_XOR, 0x55),
	ALU_ROWS("LSH", 0xe0, 7, BPF_LSH, 5),
	ALU_ROWS("LSH drops what is above", 0x80000000, 3, BPF_LSH, 31),
	ALU_ROWS("RSH", 7, 0xff, BPF_RSH, 5),
	ALU_ROWS("RSH is logical", 1, 0x80000000, BPF_RSH, 31),
	X_ROW("LSH X by 32 is by 0", 3, 3, BPF_LSH, 32),
	X_ROW("LSH X by 33 is by 1", 6, 3, BPF_LSH, 33),
	X_ROW("LSH X by 2^32 - 1 is by 31", 0x80000000, 1, BPF_LSH, 0xffffffff),
	X_ROW("RSH X by 32 is by 0", 3, 3, BPF_RSH, 32),
	X_ROW("RSH X by 33 is by 1", 3, 6, BPF_RSH, 33),
	X_ROW("RSH X by 2^32 - 1 is by 31", 1, 0x80000000, BPF_RSH, 0xffffffff),
	{ "an ALU with X leaves X alone", 5, 4, PROGRAM(LD_IMM(7), LDX_IMM(5), ALU_X(BPF_ADD), TXA, RET_A) },
	{ "DIV by X = 0 answers 0 at once", SECCOMP_RET_KILL_THREAD, 1, PROGRAM(LD_IMM(9), ALU_X(BPF_DIV), RET_K(ALLOW)) },
	{ "0 DIV X = 0 answers 0 too", SECCOMP_RET_KILL_THREAD, 0, PROGRAM(ALU_X(BPF_DIV), RET_K(ALLOW)) },
	{ "NEG", 0xfffffff9, 2, PROGRAM(LD_IMM(7), NEG, RET_A) },
	{ "NEG of 0", 0, 1, PROGRAM(NEG, RET_A) },
	{ "NEG of -2^31 is -2^31", 0x80000000, 2, PROGRAM(LD_IMM(0x80000000), NEG, RET_A) },

	{ "JA 0 goes on", 1, 1, PROGRAM(JA(0), RET_K(1), RET_K(2)) },
	{ "JA 1 skips one", 2, 2, PROGRAM(JA(1), RET_K(1), RET_K(2)) },
	JUMPS(BPF_JEQ, 5, 5, true),
	JUMPS(BPF_JEQ, 5, 6, false),
	JUMPS(BPF_JEQ, 0x80000005, 5, false),
	JUMPS(BPF_JEQ, 0xffffffff, 0xffffffff, true),
	JUMPS(BPF_JGT, 6, 5, true),
	JUMPS(BPF_JGT, 5, 5, false),
	JUMPS(BPF_JGT, 4, 5, false),
	JUMPS(BPF_JGT, 0x80000000, 0x7fffffff, true),
	JUMPS(BPF_JGT, 1, 0xffffffff, false),
	JUMPS(BPF_JGT, 0xffffffff, 0xfffffffe, true),
	JUMPS(BPF_JGE, 6, 5, true),
	JUMPS(BPF_JGE, 5, 5, true),
	JUMPS(BPF_JGE, 4, 5, false),
	JUMPS(BPF_JGE, 0x80000000, 0x7fffffff, true),
	JUMPS(BPF_JGE, 0x7fffffff, 0x80000000, false),
	JUMPS(BPF_JGE, 0xffffffff, 0xffffffff, true),
	JUMPS(BPF_JSET, 6, 2, true),
	JUMPS(BPF_JSET, 6, 9, false),
	JUMPS(BPF_JSET, 6, 0, false),
	JUMPS(BPF_JSET, 0x80000000, 0x80000000, true),
	JUMPS(BPF_JSET, 0x7fffffff, 0x80000000, false),

	{ "an answer of no known action is passed on", 0x00010000, 0, PROGRAM(RET_K(0x00010000)) },
	{ "a 64-bit argument is two words", ERRNO(5), 4,
	  PROGRAM(LD_ABS(20), JEQ(0x50515253, 0, 3), LD_ABS(16), JEQ(0x40414243, 0, 1), RET_K(ERRNO(5)), RET_K(ALLOW)) },
	{ "k of LD LEN is ignored", 64, 1, PROGRAM({ 0x80, 0, 0, 4 }, RET_A) },
	{ "k of LDX LEN is ignored", 64, 2, PROGRAM({ 0x81, 0, 0, 4 }, TXA, RET_A) },
	{ "k of an ALU with X is ignored", 7, 2, PROGRAM(LD_IMM(7), { 0x0c, 0, 0, 4 }, RET_A) },
	{ "k of NEG is ignored", 0xfffffff9, 2, PROGRAM(LD_IMM(7), { 0x84, 0, 0, 4 }, RET_A) },
	{ "k of RET A is ignored", 7, 1, PROGRAM(LD_IMM(7), { 0x16, 0, 0, 4 }) },
	{ "k of a jump with X is ignored", 1, 2, PROGRAM(LD_IMM(0), { 0x1d, 0, 1, 4 }, RET_K(1), RET_K(2)) },
	{ "jt and jf of what is no jump are ignored", 7, 1, PROGRAM({ 0x00, 1, 1, 7 }, RET_A, RET_K(0)) },
	{ "jt and jf of JA are ignored", 1, 1, PROGRAM({ 0x05, 1, 1, 0 }, RET_K(1), RET_K(2)) },
};

/*
 * Nothing that seccomp_check refuses runs, but should it: the strictest
 * answer, and no access out of bounds.
 */
#define STOPS SECCOMP_RET_KILL_PROCESS

static const struct run_row illegal[] = {
	{ "no instruction at all", STOPS, 0, NULL, 0 },
	{ "running off the end", STOPS, 0, PROGRAM(LD_IMM(ALLOW)) },
	{ "running off the end later", STOPS, 1, PROGRAM(LD_IMM(ALLOW), TAX) },
	{ "JA past the end", STOPS, 0, PROGRAM(JA(1), RET_K(ALLOW)) },
	{ "JA backwards by wrapping", STOPS, 1, PROGRAM(LD_IMM(0), JA(0xffffffff), RET_K(ALLOW)) },
	{ "JA to itself by wrapping twice", STOPS, 1, PROGRAM(LD_IMM(0), JA(0xfffffffe), RET_K(ALLOW)) },
	{ "jt past the end", STOPS, 0, PROGRAM(JEQ(0, 1, 0), RET_K(ALLOW)) },
	{ "jf past the end", STOPS, 0, PROGRAM(JEQ(1, 0, 1), RET_K(ALLOW)) },
	{ "a load past the end", STOPS, 0, PROGRAM(LD_ABS(64), RET_K(ALLOW)) },
	{ "a load far past the end", STOPS, 0, PROGRAM(LD_ABS(0xfffffffc), RET_K(ALLOW)) },
	{ "a load that is not aligned", STOPS, 0, PROGRAM(LD_ABS(2), RET_K(ALLOW)) },
	{ "a load that is not aligned, of an argument", STOPS, 0, PROGRAM(LD_ABS(18), RET_K(ALLOW)) },
	{ "LD MEM past the words", STOPS, 0, PROGRAM(LD_MEM(16), RET_K(ALLOW)) },
	{ "LDX MEM past the words", STOPS, 0, PROGRAM(LDX_MEM(16), RET_K(ALLOW)) },
	{ "ST past the words", STOPS, 0, PROGRAM(ST(16), RET_K(ALLOW)) },
	{ "STX past the words", STOPS, 0, PROGRAM(STX(16), RET_K(ALLOW)) },
	{ "DIV K by 0", STOPS, 0, PROGRAM(ALU_K(BPF_DIV, 0), RET_K(ALLOW)) },
	{ "MOD K", STOPS, 0, PROGRAM(BPF_STMT(0x94, 3), RET_K(ALLOW)) },
	{ "LD H ABS", STOPS, 0, PROGRAM(BPF_STMT(0x28, 0), RET_K(ALLOW)) },
	{ "an opcode that does not exist", STOPS, 0, PROGRAM(BPF_STMT(0xffff, 0), RET_K(ALLOW)) },
	{ "LSH K by 33 is by 1, as with X", 6, 2, PROGRAM(LD_IMM(3), ALU_K(BPF_LSH, 33), RET_A) },
	{ "RSH K by 33 is by 1, as with X", 3, 2, PROGRAM(LD_IMM(6), ALU_K(BPF_RSH, 33), RET_A) },
	{ "scratch words that nobody wrote are 0", 0, 1, PROGRAM(LD_MEM(15), RET_A) },
};

/* Every one of 16 words holds its own value. */
static void sixteen_words(void **state)
{
	struct sock_filter p[2 * BPF_MEMWORDS + 2];

	(void)state;
	for (uint32_t i = 0; i < BPF_MEMWORDS; i++) {
		p[2 * i] = (struct sock_filter)LD_IMM(100 + i);
		p[2 * i + 1] = (struct sock_filter)ST(i);
	}
	p[COUNT(p) - 1] = (struct sock_filter)RET_A;
	for (uint32_t i = 0; i < BPF_MEMWORDS; i++) {
		p[COUNT(p) - 2] = (struct sock_filter)LD_MEM(i);
		assert_int_equal(seccomp_run(p, COUNT(p), &call).ret, 100 + i);
	}
}

/* Each RET answers its own index, so the answer is where the jump went. */
static void long_jumps(void **state)
{
	static struct sock_filter p[BPF_MAXINSNS];

	(void)state;
	for (uint32_t pc = 0; pc < COUNT(p); pc++)
		p[pc] = (struct sock_filter)RET_K(pc);
	for (uint32_t skip = 0; skip < 256; skip++) {
		p[0] = (struct sock_filter)JEQ(0, (uint8_t)skip, 0);
		assert_int_equal(seccomp_run(p, COUNT(p), &call).ret, 1 + skip);
		p[0] = (struct sock_filter)JEQ(1, 0, (uint8_t)skip);
		assert_int_equal(seccomp_run(p, COUNT(p), &call).ret, 1 + skip);
	}
	for (uint32_t skip = 0; skip < BPF_MAXINSNS - 1; skip++) {
		p[0] = (struct sock_filter)JA(skip);
		assert_int_equal(seccomp_run(p, COUNT(p), &call).ret, 1 + skip);
		assert_int_equal(seccomp_run(p, COUNT(p), &call).pc, 1 + skip);
	}
}

/* No code that is not one of the 41 does anything but end the run. */
static void every_other_code(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= UINT16_MAX; code++) {
		const struct sock_filter p[] = { { (uint16_t)code, 0, 0, 4 }, RET_K(ALLOW) };
		const struct seccomp_result r = seccomp_run(p, COUNT(p), &call);

		if (!code_is_legal(code)) {
			assert_int_equal(r.ret, STOPS);
			assert_int_equal(r.pc, 0);
		}
	}
}

int main(void)
{
	ROWS_ADD(legal_row, legal);
	for (size_t i = 0; i < COUNT(illegal); i++)
		row_add(illegal_row, &illegal[i], "though refused at load: %s", illegal[i].name);
	row_add(sixteen_words, NULL, "sixteen scratch words, each its own");
	row_add(long_jumps, NULL, "jt and jf up to 255, JA up to 4094");
	row_add(every_other_code, NULL, "codes other than the 41 end the run");
	return rows_run("run");
}
