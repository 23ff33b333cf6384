/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check.c - which programs may be installed, and which instruction is to blame when not.
 *
 * The instruction tells in which pass a fault was found, so rows with two faults fix Linux's order.
 */
#include "rows.h"

struct check_row {
	const char *name;
	int err;
	uint32_t pc;
	const struct sock_filter *insns;
	uint32_t len;
};

#define OK 0, 0
#define BAD(pc) EINVAL, (pc)

static void check_row(void **state)
{
	const struct check_row *row = *state;
	const struct seccomp_refusal r = program_check(row->insns, row->len);

	assert_int_equal(r.err, row->err);
	assert_int_equal(r.pc, row->pc);
	assert_non_null(r.why);
	assert_true((r.why[0] != '\0') == (row->err != 0));
}

#define RAW(code, k) BPF_STMT(code, k)
#define WILD JA(0xffffff) /* refused in pass 1 wherever it stands */

/* What holds of every conditional jump, with K and with X. */
#define JCC_ROWS(name, j)                                                                                  \
	{ name ": to the last instruction", OK, PROGRAM(j(1, 1), RET_K(0), RET_K(0)) },                    \
	{ name ": jt past the end", BAD(0), PROGRAM(j(2, 0), RET_K(0), RET_K(0)) },                        \
	{ name ": jf past the end", BAD(0), PROGRAM(j(0, 2), RET_K(0), RET_K(0)) },                        \
	{ name ": jt far past the end", BAD(0), PROGRAM(j(255, 0), RET_K(0), RET_K(0)) },                  \
	{ name ": jf far past the end", BAD(0), PROGRAM(j(0, 255), RET_K(0), RET_K(0)) },                  \
	{ name ": jt leaves a word unwritten", BAD(2), PROGRAM(j(1, 0), ST(3), LD_MEM(3), RET_A) },        \
	{ name ": jf leaves a word unwritten", BAD(2), PROGRAM(j(0, 1), ST(3), LD_MEM(3), RET_A) },        \
	{ name ": both ways write the word", OK, PROGRAM(ST(3), j(1, 0), ST(3), LD_MEM(3), RET_A) },       \
	{ name ": dead code behind it may read anything", OK, PROGRAM(j(2, 2), LD_MEM(0), LDX_MEM(15), RET_A) }

#define JEQ_K(jt, jf) JCC_K(BPF_JEQ, 9, jt, jf)
#define JGT_K(jt, jf) JCC_K(BPF_JGT, 9, jt, jf)
#define JGE_K(jt, jf) JCC_K(BPF_JGE, 9, jt, jf)
#define JSET_K(jt, jf) JCC_K(BPF_JSET, 9, jt, jf)
#define JEQ_X(jt, jf) JCC_X(BPF_JEQ, jt, jf)
#define JGT_X(jt, jf) JCC_X(BPF_JGT, jt, jf)
#define JGE_X(jt, jf) JCC_X(BPF_JGE, jt, jf)
#define JSET_X(jt, jf) JCC_X(BPF_JSET, jt, jf)

/*
 * Classic BPF that seccomp refuses: passes 1 to 3 let it through, so a
 * later fault of theirs comes first.
 */
#define CLASSIC_ROWS(name, code, k)                                                             \
	{ name " is not seccomp's", BAD(0), PROGRAM(RAW(code, k), RET_K(0)) },                  \
	{ name " is refused only in pass 4", BAD(1), PROGRAM(RAW(code, k), WILD, RET_K(0)) }

/* Network ancillary data: legal in pass 1 at 16 offsets, and at no other from 0xfffff000 on. */
#define ANCILLARY_ROWS(name, code)                                                                              \
	{ name ": the first ancillary word passes pass 1", BAD(1), PROGRAM(RAW(code, 0xfffff000), WILD, RET_K(0)) }, \
	{ name ": the second ancillary word passes pass 1", BAD(1), PROGRAM(RAW(code, 0xfffff004), WILD, RET_K(0)) }, \
	{ name ": the last ancillary word passes pass 1", BAD(1), PROGRAM(RAW(code, 0xfffff03c), WILD, RET_K(0)) },  \
	{ name ": below the ancillary words passes pass 1", BAD(1), PROGRAM(RAW(code, 0xffffefff), WILD, RET_K(0)) }, \
	{ name ": no ancillary word at an odd offset", BAD(0), PROGRAM(RAW(code, 0xfffff002), WILD, RET_K(0)) },     \
	{ name ": no ancillary word behind the last", BAD(0), PROGRAM(RAW(code, 0xfffff040), WILD, RET_K(0)) },      \
	{ name ": no ancillary word at the very end", BAD(0), PROGRAM(RAW(code, 0xffffffff), WILD, RET_K(0)) },      \
	{ name ": ancillary words are not seccomp's", BAD(0), PROGRAM(RAW(code, 0xfffff000), RET_K(0)) }

static const struct check_row rows[] = {
	{ "RET K alone", OK, PROGRAM(RET_K(0)) },
	{ "RET A alone", OK, PROGRAM(RET_A) },
	{ "an all-zero instruction is LD IMM 0", OK, PROGRAM({ 0, 0, 0, 0 }, RET_A) },
	{ "an empty program", BAD(0), NULL, 0 },

	{ "load of the first word", OK, PROGRAM(LD_ABS(0), RET_A) },
	{ "load of the last word", OK, PROGRAM(LD_ABS(60), RET_A) },
	{ "load past the end", BAD(0), PROGRAM(LD_ABS(64), RET_A) },
	{ "load far past the end", BAD(0), PROGRAM(LD_ABS(0x80000000), RET_A) },
	{ "load at 1", BAD(0), PROGRAM(LD_ABS(1), RET_A) },
	{ "load at 2", BAD(0), PROGRAM(LD_ABS(2), RET_A) },
	{ "load at 3", BAD(0), PROGRAM(LD_ABS(3), RET_A) },
	{ "load at 61", BAD(0), PROGRAM(LD_ABS(61), RET_A) },
	{ "load at 63", BAD(0), PROGRAM(LD_ABS(63), RET_A) },
	{ "a bad load is found in pass 4", BAD(1), PROGRAM(LD_ABS(64), WILD, RET_A) },
	ANCILLARY_ROWS("LD W ABS", 0x20),
	ANCILLARY_ROWS("LD H ABS", 0x28),
	ANCILLARY_ROWS("LD B ABS", 0x30),

	CLASSIC_ROWS("LD H ABS", 0x28, 4),
	CLASSIC_ROWS("LD B ABS", 0x30, 4),
	CLASSIC_ROWS("LD W IND", 0x40, 4),
	CLASSIC_ROWS("LD H IND", 0x48, 4),
	CLASSIC_ROWS("LD B IND", 0x50, 4),
	CLASSIC_ROWS("LDX MSH", 0xb1, 4),
	CLASSIC_ROWS("MOD K", 0x94, 4),
	CLASSIC_ROWS("MOD X", 0x9c, 4),
	{ "RET X is no classic instruction", BAD(0), PROGRAM(RAW(0x0e, 0), WILD, RET_A) },
	{ "the kernel's internal load is no classic instruction", BAD(0), PROGRAM(RAW(0x21, 0), WILD, RET_A) },
	{ "0xb2 is no classic instruction", BAD(0), PROGRAM(RAW(0xb2, 0), WILD, RET_A) },
	{ "0xffff is no classic instruction", BAD(0), PROGRAM(RAW(0xffff, 0), WILD, RET_A) },
	{ "an opcode's upper byte counts", BAD(0), PROGRAM(RAW(0x120, 0), WILD, RET_A) },

	{ "DIV K by 0", BAD(0), PROGRAM(ALU_K(BPF_DIV, 0), RET_A) },
	{ "DIV K by 1", OK, PROGRAM(ALU_K(BPF_DIV, 1), RET_A) },
	{ "DIV K by 0 is found in pass 1", BAD(0), PROGRAM(ALU_K(BPF_DIV, 0), WILD, RET_A) },
	{ "MOD K by 0 is found in pass 1", BAD(0), PROGRAM(RAW(0x94, 0), WILD, RET_A) },
	{ "DIV X says nothing about k", OK, PROGRAM(ALU_X(BPF_DIV), RET_A) },
	{ "unreachable DIV K by 0", BAD(1), PROGRAM(JA(1), ALU_K(BPF_DIV, 0), RET_A) },
	{ "LSH K by 31", OK, PROGRAM(ALU_K(BPF_LSH, 31), RET_A) },
	{ "LSH K by 32", BAD(0), PROGRAM(ALU_K(BPF_LSH, 32), RET_A) },
	{ "RSH K by 31", OK, PROGRAM(ALU_K(BPF_RSH, 31), RET_A) },
	{ "RSH K by 32", BAD(0), PROGRAM(ALU_K(BPF_RSH, 32), RET_A) },
	{ "shift by a negative constant", BAD(0), PROGRAM(ALU_K(BPF_LSH, 0xffffffff), RET_A) },

	{ "ST to the last word", OK, PROGRAM(ST(15), RET_A) },
	{ "ST past the words", BAD(0), PROGRAM(ST(16), RET_A) },
	{ "STX to the last word", OK, PROGRAM(STX(15), RET_A) },
	{ "STX past the words", BAD(0), PROGRAM(STX(16), RET_A) },
	{ "LD MEM past the words is found in pass 1", BAD(1), PROGRAM(LD_MEM(0), LD_MEM(16), RET_A) },
	{ "LDX MEM past the words is found in pass 1", BAD(1), PROGRAM(LDX_MEM(0), LDX_MEM(16), RET_A) },
	{ "a scratch index of 2^31", BAD(0), PROGRAM(ST(0x80000000), RET_A) },

	{ "JA to the next instruction", OK, PROGRAM(JA(0), RET_A) },
	{ "JA to the last instruction", OK, PROGRAM(JA(1), RET_A, RET_A) },
	{ "JA past the end", BAD(0), PROGRAM(JA(2), RET_A, RET_A) },
	{ "JA past the end from the middle", BAD(1), PROGRAM(LD_IMM(0), JA(1), RET_A) },
	{ "JA backwards by wrapping", BAD(0), PROGRAM(JA(0xffffffff), RET_A) },
	{ "JA to itself by wrapping", BAD(1), PROGRAM(LD_IMM(1), JA(0xffffffff), RET_A) },
	JCC_ROWS("JEQ K", JEQ_K),
	JCC_ROWS("JEQ X", JEQ_X),
	JCC_ROWS("JGT K", JGT_K),
	JCC_ROWS("JGT X", JGT_X),
	JCC_ROWS("JGE K", JGE_K),
	JCC_ROWS("JGE X", JGE_X),
	JCC_ROWS("JSET K", JSET_K),
	JCC_ROWS("JSET X", JSET_X),

	{ "the last instruction must return", BAD(1), PROGRAM(RET_A, LD_IMM(0)) },
	{ "a jump in the last place has nowhere to go", BAD(1), PROGRAM(RET_A, JA(0)) },
	{ "a conditional jump in the last place has nowhere to go", BAD(1), PROGRAM(RET_A, JEQ(0, 0, 0)) },
	{ "a RET anywhere but last is no end", BAD(2), PROGRAM(RET_A, RET_K(0), TAX) },

	{ "LD of a word that nobody wrote", BAD(0), PROGRAM(LD_MEM(0), RET_A) },
	{ "LDX of a word that nobody wrote", BAD(0), PROGRAM(LDX_MEM(0), RET_A) },
	{ "ST makes a word readable", OK, PROGRAM(ST(7), LD_MEM(7), RET_A) },
	{ "STX makes a word readable", OK, PROGRAM(STX(7), LDX_MEM(7), RET_A) },
	{ "ST makes no other word readable", BAD(1), PROGRAM(ST(7), LD_MEM(8), RET_A) },
	{ "two words may be readable", OK, PROGRAM(ST(0), STX(15), LD_MEM(0), LDX_MEM(15), RET_A) },
	{ "the second store does not take the first away", OK, PROGRAM(ST(0), ST(1), LD_MEM(0), RET_A) },
	{ "a word written on the way that JA skips", BAD(2), PROGRAM(JA(1), ST(0), LD_MEM(0), RET_A) },
	{ "a word written before JA", OK, PROGRAM(ST(0), JA(0), LD_MEM(0), RET_A) },
	{ "dead code behind JA may read anything", OK, PROGRAM(JA(1), LD_MEM(5), RET_A) },
	{ "dead code behind RET may not", BAD(1), PROGRAM(RET_A, LD_MEM(5), RET_A) },
	{ "a RET counts as falling through in the scratch rule", BAD(4),
	  PROGRAM(JEQ(0, 0, 2), ST(0), JA(1), RET_A, LD_MEM(0), RET_A) },
	{ "what is written behind a RET counts too", OK, PROGRAM(RET_A, ST(0), LD_MEM(0), RET_A) },
	{ "a join keeps what both ways wrote", OK,
	  PROGRAM(JEQ(0, 0, 2), ST(0), JA(1), ST(0), LD_MEM(0), RET_A) },
	{ "a join drops what one way wrote", BAD(4),
	  PROGRAM(JEQ(0, 0, 2), ST(0), JA(1), ST(1), LD_MEM(0), RET_A) },
	{ "a join of three ways", BAD(6),
	  PROGRAM(JEQ(0, 0, 2), ST(0), JA(3), JEQ(1, 0, 2), ST(0), JA(0), LD_MEM(0), RET_A) },

	{ "pass 1 goes before pass 2", BAD(0), PROGRAM(JA(7), LD_IMM(0)) },
	{ "pass 1 goes before pass 3", BAD(1), PROGRAM(LD_MEM(0), WILD, RET_A) },
	{ "pass 2 goes before pass 3", BAD(1), PROGRAM(LD_MEM(0), TAX) },
	{ "pass 2 goes before pass 4", BAD(1), PROGRAM(RAW(0x94, 1), TAX) },
	{ "pass 3 goes before pass 4", BAD(1), PROGRAM(RAW(0x94, 1), LD_MEM(0), RET_A) },
	{ "of two faults in one pass the first", BAD(0), PROGRAM(ST(16), ST(17), RET_A) },
	{ "of two faults in pass 4 the first", BAD(0), PROGRAM(RAW(0x94, 1), RAW(0x28, 0), RET_A) },
	{ "of two unwritten words the first", BAD(0), PROGRAM(LD_MEM(1), LD_MEM(0), RET_A) },

	{ "jt and jf of a load are ignored", OK, PROGRAM({ 0x20, 255, 255, 0 }, RET_A) },
	{ "jt and jf of an ALU are ignored", OK, PROGRAM({ 0x04, 255, 255, 0 }, RET_A) },
	{ "jt and jf of JA are ignored", OK, PROGRAM({ 0x05, 255, 255, 0 }, RET_A) },
	{ "jt and jf of RET are ignored", OK, PROGRAM({ 0x06, 255, 255, 0 }) },
	{ "k of RET A is ignored", OK, PROGRAM({ 0x16, 0, 0, 0xffffffff }) },
	{ "k of an ALU with X is ignored", OK, PROGRAM({ 0x6c, 0, 0, 0xffffffff }, RET_A) },
	{ "k of a jump with X is ignored", OK, PROGRAM({ 0x1d, 0, 0, 0xffffffff }, RET_A) },
	{ "k of TAX is ignored", OK, PROGRAM({ 0x07, 0, 0, 0xffffffff }, RET_A) },
	{ "k of TXA is ignored", OK, PROGRAM({ 0x87, 0, 0, 0xffffffff }, RET_A) },
	{ "k of NEG is ignored", OK, PROGRAM({ 0x84, 0, 0, 0xffffffff }, RET_A) },
	{ "k of LD LEN is ignored", OK, PROGRAM({ 0x80, 0, 0, 0xffffffff }, RET_A) },
	{ "k of LDX LEN is ignored", OK, PROGRAM({ 0x81, 0, 0, 0xffffffff }, RET_A) },
};

/* Whatever the code, k = 4 and jumps of 0 are legal, and word 4 has been written. */
static void every_code(void **state)
{
	struct sock_filter p[] = { ST(4), { 0, 0, 0, 4 }, RET_A, RET_A, RET_A, RET_A, RET_A, RET_A };
	uint32_t accepted = 0;

	(void)state;
	for (uint32_t code = 0; code <= UINT16_MAX; code++) {
		uint16_t written[COUNT(p)];
		struct seccomp_refusal r;

		p[1].code = (uint16_t)code;
		r = seccomp_check(p, COUNT(p), written);
		assert_int_equal(r.err, code_is_legal(code) ? 0 : EINVAL);
		assert_int_equal(r.pc, code_is_legal(code) ? 0 : 1);
		accepted += r.err == 0;
	}
	assert_int_equal(accepted, 41);
}

static void every_word(void **state)
{
	(void)state;
	for (uint32_t st = 0; st < BPF_MEMWORDS; st++) {
		for (uint32_t ld = 0; ld < BPF_MEMWORDS; ld++) {
			const struct sock_filter p[] = { ST(st), LD_MEM(ld), RET_A };
			const struct sock_filter px[] = { STX(st), LDX_MEM(ld), RET_A };

			assert_int_equal(program_check(p, 3).err, st == ld ? 0 : EINVAL);
			assert_int_equal(program_check(px, 3).err, st == ld ? 0 : EINVAL);
		}
	}
}

static void every_offset(void **state)
{
	(void)state;
	for (uint32_t k = 0; k < 256; k++) {
		const struct sock_filter p[] = { LD_ABS(k), RET_A };

		assert_int_equal(program_check(p, 2).err, k < 64 && k % 4 == 0 ? 0 : EINVAL);
	}
}

static void longest(void **state)
{
	static struct sock_filter p[BPF_MAXINSNS + 1];

	(void)state;
	for (uint32_t pc = 0; pc < COUNT(p); pc++)
		p[pc] = (struct sock_filter)RET_K(0);
	assert_int_equal(program_check(p, BPF_MAXINSNS).err, 0);
	assert_int_equal(program_check(p, BPF_MAXINSNS + 1).err, EINVAL);
	assert_int_equal(program_check(p, BPF_MAXINSNS + 1).pc, 0);

	p[0] = (struct sock_filter)JA(BPF_MAXINSNS - 2);
	assert_int_equal(program_check(p, BPF_MAXINSNS).err, 0);
	p[0].k++;
	assert_int_equal(program_check(p, BPF_MAXINSNS).err, EINVAL);
	p[0] = (struct sock_filter)JEQ(0, 255, 255);
	assert_int_equal(program_check(p, BPF_MAXINSNS).err, 0);
}

int main(void)
{
	ROWS_ADD(check_row, rows);
	row_add(every_code, NULL, "of all 65536 codes exactly the 41 are accepted");
	row_add(every_word, NULL, "a store makes its own word readable, of 16, and no other");
	row_add(every_offset, NULL, "loads at 0, 4, ... 60 are accepted, at no other offset");
	row_add(longest, NULL, "4096 instructions are accepted, 4097 not; jumps may span them");
	return rows_run("check");
}
