/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rows.h - what the unit tests share: programs as one line, and a table of rows run as TAP.
 *
 * A row is a rule: its name reads as a sentence when it fails. A test file has tables
 * of rows of its own types, adds every row with row_add() and ends with rows_run(),
 * which is one cmocka test per row.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <abi/audit.h>
#include <abi/errno.h>
#include "seccomp.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Two members of a row, pointer and length. */
#define PROGRAM(...)                                 \
	(const struct sock_filter[]){ __VA_ARGS__ }, \
		(uint32_t)(sizeof((struct sock_filter[]){ __VA_ARGS__ }) / sizeof(struct sock_filter))

#define LD_ABS(k) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, k)
#define LD_IMM(k) BPF_STMT(BPF_LD | BPF_IMM, k)
#define LD_MEM(k) BPF_STMT(BPF_LD | BPF_MEM, k)
#define LD_LEN BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0)
#define LDX_IMM(k) BPF_STMT(BPF_LDX | BPF_IMM, k)
#define LDX_MEM(k) BPF_STMT(BPF_LDX | BPF_MEM, k)
#define LDX_LEN BPF_STMT(BPF_LDX | BPF_W | BPF_LEN, 0)
#define ST(k) BPF_STMT(BPF_ST, k)
#define STX(k) BPF_STMT(BPF_STX, k)
#define ALU_K(op, k) BPF_STMT(BPF_ALU | (op) | BPF_K, k)
#define ALU_X(op) BPF_STMT(BPF_ALU | (op) | BPF_X, 0)
#define NEG BPF_STMT(BPF_ALU | BPF_NEG, 0)
#define JA(k) BPF_STMT(BPF_JMP | BPF_JA, k)
#define JCC_K(op, k, jt, jf) BPF_JUMP(BPF_JMP | (op) | BPF_K, k, jt, jf)
#define JCC_X(op, jt, jf) BPF_JUMP(BPF_JMP | (op) | BPF_X, 0, jt, jf)
#define JEQ(k, jt, jf) JCC_K(BPF_JEQ, k, jt, jf)
#define RET_K(k) BPF_STMT(BPF_RET | BPF_K, k)
#define RET_A BPF_STMT(BPF_RET | BPF_A, 0)
#define TAX BPF_STMT(BPF_MISC | BPF_TAX, 0)
#define TXA BPF_STMT(BPF_MISC | BPF_TXA, 0)

#define ALLOW SECCOMP_RET_ALLOW
#define ERRNO(e) (SECCOMP_RET_ERRNO | (e))

/* The 41 opcodes, written out once more: SEMANTICS, not the code under test, is their source. */
static const uint16_t legal_codes[] = {
	0x20, 0x00, 0x60, 0x80,					/* LD W ABS, IMM, MEM, W LEN */
	0x01, 0x61, 0x81,					/* LDX IMM, MEM, W LEN */
	0x02, 0x03,						/* ST STX */
	0x04, 0x0c, 0x14, 0x1c, 0x24, 0x2c, 0x34, 0x3c,		/* ADD SUB MUL DIV */
	0x44, 0x4c, 0x54, 0x5c, 0x64, 0x6c, 0x74, 0x7c, 0xa4, 0xac, /* OR AND LSH RSH XOR */
	0x84,							/* NEG */
	0x05, 0x15, 0x1d, 0x25, 0x2d, 0x35, 0x3d, 0x45, 0x4d,	/* JA JEQ JGT JGE JSET */
	0x06, 0x16,						/* RET K, A */
	0x07, 0x87,						/* TAX TXA */
};

_Static_assert(COUNT(legal_codes) == 41, "the 41 opcodes");

static inline bool code_is_legal(uint32_t code)
{
	for (size_t i = 0; i < COUNT(legal_codes); i++) {
		if (legal_codes[i] == code)
			return true;
	}
	return false;
}

/* ---- the table ---- */

#define ROWS_MAX 4096

static struct CMUnitTest row_table[ROWS_MAX];
static size_t row_count;

/* Runs TEST with *STATE pointing to ROW. NAME is printf's format and is copied. */
__attribute__((format(printf, 3, 4))) static inline void row_add(CMUnitTestFunction test, const void *row,
								 const char *name, ...)
{
	char text[160];
	va_list ap;

	va_start(ap, name);
	vsnprintf(text, sizeof(text), name, ap);
	va_end(ap);
	if (row_count == ROWS_MAX)
		abort();
	row_table[row_count++] = (struct CMUnitTest){
		.name = strdup(text),
		.test_func = test,
		.initial_state = (void *)(uintptr_t)row,
	};
}

#define ROWS_ADD(test, rows)                                            \
	do {                                                            \
		for (size_t i_ = 0; i_ < COUNT(rows); i_++)             \
			row_add((test), &(rows)[i_], "%s", (rows)[i_].name); \
	} while (0)

static inline int rows_run(const char *group)
{
	int failed;

	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = _cmocka_run_group_tests(group, row_table, row_count, NULL, NULL);
	for (size_t i = 0; i < row_count; i++)
		free((void *)(uintptr_t)row_table[i].name);
	return failed != 0;
}

/* A program in a buffer of its very size, so that ASan sees the first byte beside it. */
static inline struct sock_filter *program_copy(const struct sock_filter *insns, uint32_t len)
{
	struct sock_filter *copy = malloc(len * sizeof(*copy) + (len == 0));

	if (len != 0)
		memcpy(copy, insns, len * sizeof(*copy));
	return copy;
}

/* seccomp_check on such a copy. The scratch memory's first value may not matter: two are tried. */
static inline struct seccomp_refusal program_check(const struct sock_filter *insns, uint32_t len)
{
	const size_t size = len * sizeof(uint16_t);
	struct sock_filter *copy = program_copy(insns, len);
	uint16_t *written = malloc(size + (len == 0));
	struct seccomp_refusal r, again;

	memset(written, 0, size);
	r = seccomp_check(copy, len, written);
	memset(written, 0xff, size);
	again = seccomp_check(copy, len, written);
	assert_int_equal(r.err, again.err);
	assert_int_equal(r.pc, again.pc);
	assert_ptr_equal(r.why, again.why);
	free(written);
	free(copy);
	return r;
}
