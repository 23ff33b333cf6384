/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disasm.c - every form of the assembly language, there and back.
 */
#include "rows.h"
#include "disasm.h"

/* The text of an instruction, which assembles to it again. */
static const struct text_row {
	const char *name; /* the text */
	struct sock_filter insn;
} texts[] = {
	{ "ld [0]", LD_ABS(0) },
	{ "ld [60]", LD_ABS(60) },
	{ "ld [4294967295]", LD_ABS(0xffffffff) },
	{ "ld #0x0", LD_IMM(0) },
	{ "ld #0xdeadbeef", LD_IMM(0xdeadbeef) },
	{ "ld M[15]", LD_MEM(15) },
	{ "ld len", LD_LEN },
	{ "ldx #0x10", LDX_IMM(16) },
	{ "ldx M[0]", LDX_MEM(0) },
	{ "ldx len", LDX_LEN },
	{ "st M[1]", ST(1) },
	{ "stx M[2]", STX(2) },
	{ "add #0x1", ALU_K(BPF_ADD, 1) },
	{ "add x", ALU_X(BPF_ADD) },
	{ "sub #0xffffffff", ALU_K(BPF_SUB, 0xffffffff) },
	{ "sub x", ALU_X(BPF_SUB) },
	{ "mul #0x2", ALU_K(BPF_MUL, 2) },
	{ "mul x", ALU_X(BPF_MUL) },
	{ "div #0x2", ALU_K(BPF_DIV, 2) },
	{ "div x", ALU_X(BPF_DIV) },
	{ "or #0x2", ALU_K(BPF_OR, 2) },
	{ "or x", ALU_X(BPF_OR) },
	{ "and #0x2", ALU_K(BPF_AND, 2) },
	{ "and x", ALU_X(BPF_AND) },
	{ "xor #0x2", ALU_K(BPF_XOR, 2) },
	{ "xor x", ALU_X(BPF_XOR) },
	{ "lsh #0x1f", ALU_K(BPF_LSH, 31) },
	{ "lsh x", ALU_X(BPF_LSH) },
	{ "rsh #0x1f", ALU_K(BPF_RSH, 31) },
	{ "rsh x", ALU_X(BPF_RSH) },
	{ "neg", NEG },
	{ "ja 4094", JA(4094) },
	{ "jeq #0x3b, 4, 5", JEQ(0x3b, 4, 5) },
	{ "jeq x, 0, 255", JCC_X(BPF_JEQ, 0, 255) },
	{ "jgt #0x3b, 4, 5", JCC_K(BPF_JGT, 0x3b, 4, 5) },
	{ "jgt x, 4, 5", JCC_X(BPF_JGT, 4, 5) },
	{ "jge #0x3b, 4, 5", JCC_K(BPF_JGE, 0x3b, 4, 5) },
	{ "jge x, 4, 5", JCC_X(BPF_JGE, 4, 5) },
	{ "jset #0x3b, 4, 5", JCC_K(BPF_JSET, 0x3b, 4, 5) },
	{ "jset x, 4, 5", JCC_X(BPF_JSET, 4, 5) },
	{ "ret a", RET_A },
	{ "tax", TAX },
	{ "txa", TXA },
	{ "ret KILL_PROCESS", RET_K(0x80000000) },
	{ "ret KILL_PROCESS(1)", RET_K(0x80000001) },
	{ "ret KILL_THREAD", RET_K(0) },
	{ "ret TRAP", RET_K(0x00030000) },
	{ "ret TRAP(7)", RET_K(0x00030007) },
	{ "ret ERRNO(0)", RET_K(0x00050000) },
	{ "ret ERRNO(13)", RET_K(0x0005000d) },
	{ "ret ERRNO(65535)", RET_K(0x0005ffff) },
	{ "ret USER_NOTIF", RET_K(0x7fc00000) },
	{ "ret TRACE(1)", RET_K(0x7ff00001) },
	{ "ret LOG", RET_K(0x7ffc0000) },
	{ "ret ALLOW", RET_K(0x7fff0000) },
	{ "ret ALLOW(4660)", RET_K(0x7fff1234) },
	{ "ret #0xaaaaaaaa", RET_K(0xaaaaaaaa) },
	{ "ret #0x10000", RET_K(0x00010000) },
	{ ".insn 0x28, 0, 0, 0x0", { 0x28, 0, 0, 0 } },
	{ ".insn 0xffff, 255, 254, 0xffffffff", { 0xffff, 255, 254, 0xffffffff } },
	{ ".insn 0x94, 0, 1, 0x3", { 0x94, 0, 1, 3 } },
	{ ".insn 0x20, 1, 0, 0x4 ; ld [4]", { 0x20, 1, 0, 4 } },
	{ ".insn 0x6, 255, 255, 0x7fc0ffff ; ret USER_NOTIF(65535)", { 0x06, 255, 255, 0x7fc0ffff } },
	{ ".insn 0x1d, 255, 255, 0xffffffff ; jeq x, 255, 255", { 0x1d, 255, 255, 0xffffffff } },
	{ ".insn 0x87, 0, 0, 0x1 ; txa", { 0x87, 0, 0, 1 } },
	{ ".insn 0x80, 0, 0, 0x1 ; ld len", { 0x80, 0, 0, 1 } },
	{ ".insn 0x5, 0, 1, 0x1 ; ja 1", { 0x05, 0, 1, 1 } },
};

static bool same(const struct sock_filter *a, const struct sock_filter *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

static void text_row(void **state)
{
	const struct text_row *row = *state;
	struct sock_filter back;
	char text[SECCOMP_TEXT_MAX];

	memset(text, 'x', sizeof(text));
	assert_int_equal(seccomp_disasm(text, &row->insn), strlen(row->name));
	assert_string_equal(text, row->name);
	assert_int_equal(seccomp_assemble(&back, text), 0);
	assert_true(same(&back, &row->insn));
}

/* Other ways to write an instruction. */
static const struct text_row readings[] = {
	{ "  \tret   ALLOW  ", RET_K(ALLOW) },
	{ "ret ALLOW\nret a", RET_K(ALLOW) },
	{ "ret ALLOW ; whatever", RET_K(ALLOW) },
	{ "ret ALLOW;whatever", RET_K(ALLOW) },
	{ "ret KILL_THREAD(0)", RET_K(0) },
	{ "ret ERRNO", RET_K(0x00050000) },
	{ "ret ERRNO(0xd)", RET_K(0x0005000d) },
	{ "ret #5", RET_K(5) },
	{ "jeq #59,4,5", JEQ(59, 4, 5) },
	{ "jeq #0x3b,  4, \t5", JEQ(0x3b, 4, 5) },
	{ "ja 0x10", JA(16) },
	{ "ld [0x3c]", LD_ABS(60) },
	{ "ld #4294967295", LD_IMM(0xffffffff) },
	{ "ld #0x0000000000000001", LD_IMM(1) },
	{ ".insn 32, 0, 0, 0", LD_ABS(0) },
};

static void reading_row(void **state)
{
	const struct text_row *row = *state;
	struct sock_filter insn;

	assert_int_equal(seccomp_assemble(&insn, row->name), 0);
	assert_true(same(&insn, &row->insn));
}

static const char *const refused[] = {
	"", " ", ";", "\n", "x", "l", "ld", "ld ", "ldlen", "ld lenx", "ld len x", "ld []", "ld [", "ld [4", "ld [4]]",
	"ld [-4]", "ld [ 4]", "ld [4g]", "ld [0x]", "ld [0xg]", "ld [4294967296]", "ld [0x100000000]",
	"ld [99999999999999999999]", "ld M[", "ld M[1", "ld #", "ld #x", "ld 4", "LD [0]", "ldx [0]", "st #1", "st x",
	"add", "add y", "add #", "addx", "neg x", "negx", "tax a", "ja", "ja x", "ja #4", "jeq #1", "jeq #1, 2", "jeq #1, 2,",
	"jeq #1 2 3", "jeq #1, 256, 0", "jeq #1, 0, 256", "jeq y, 0, 0", "jeq x", "ret", "ret b", "ret A", "ret ax", "ret #",
	"ret KILL", "ret ERRNOX", "ret ERRNO(", "ret ERRNO()", "ret ERRNO(1", "ret ERRNO(1]", "ret ERRNO(65536)",
	"ret ALLOW ALLOW", "ret UNKNOWN", ".insn", ".insn 0x10000, 0, 0, 0", ".insn 1, 2, 3", ".insn 1, 2, 3, 4, 5",
	".insn 1, 256, 0, 0", ".insn 1, 0, 256, 0", ".insn 1, 0, 0, 0x100000000", "insn 1, 2, 3, 4", "mod #3", "ldh [0]",
};

static void refused_row(void **state)
{
	struct sock_filter insn = { 1, 2, 3, 4 };
	const struct sock_filter before = insn;
	char *copy = strdup(*state);

	assert_int_equal(seccomp_assemble(&insn, copy), -EINVAL);
	assert_true(same(&insn, &before));
	free(copy);
}

/* Whatever the instruction, its text is it. */
static void every_code(void **state)
{
	static const uint32_t ks[] = { 0, 1, 10, 0x12345678, 0x7fff0000, 0x80000000, 0xffffffff };
	static const uint8_t jumps[] = { 0, 1, 99, 255 };
	struct sock_filter back;
	char text[SECCOMP_TEXT_MAX];

	(void)state;
	for (uint32_t code = 0; code <= UINT16_MAX; code++) {
		for (size_t i = 0; i < COUNT(ks) * COUNT(jumps) * COUNT(jumps); i++) {
			const struct sock_filter insn = { (uint16_t)code, jumps[i % 4], jumps[i / 4 % 4], ks[i / 16] };

			if (code > 0x100 && i % 7 != code % 7)
				continue;
			assert_in_range(seccomp_disasm(text, &insn), 3, SECCOMP_TEXT_MAX - 1);
			assert_int_equal(seccomp_assemble(&back, text), 0);
			assert_true(same(&back, &insn));
			assert_true(code_is_legal(code) || text[0] == '.');
		}
	}
}

static void short_forms(void **state)
{
	char text[SECCOMP_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < COUNT(legal_codes); i++) {
		const struct sock_filter insn = { legal_codes[i], 0, 0, 0 };

		seccomp_disasm(text, &insn);
		assert_true(text[0] != '.');
	}
}

static void action_names(void **state)
{
	uint32_t known = 0;

	(void)state;
	for (uint32_t action = 0; action <= UINT16_MAX; action++) {
		assert_true((seccomp_action_name(action << 16) != NULL) == seccomp_action_known(action << 16));
		known += seccomp_action_name(action << 16) != NULL;
	}
	assert_int_equal(known, 8);
	assert_string_equal(seccomp_action_name(SECCOMP_RET_KILL_PROCESS), "KILL_PROCESS");
	assert_null(seccomp_action_name(ALLOW | 1));
}

int main(void)
{
	ROWS_ADD(text_row, texts);
	for (size_t i = 0; i < COUNT(readings); i++)
		row_add(reading_row, &readings[i], "reads reading %zu", i);
	for (size_t i = 0; i < COUNT(refused); i++)
		row_add(refused_row, refused[i], "does not read '%s'", strcmp(refused[i], "\n") ? refused[i] : "a newline");
	row_add(every_code, NULL, "all 65536 codes come back from their text");
	row_add(short_forms, NULL, "the 41 have forms of their own");
	row_add(action_names, NULL, "the eight actions have names");
	return rows_run("disasm");
}
