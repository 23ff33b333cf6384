/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate.h - is the machine code of a system-call number what its filter says? Asked of each
 * piece when it was made, before it is used.
 */
#pragma once

#include "seccomp.h"

struct seccomp_rv64_exits;

#define SECCOMP_VALIDATE_TERMS 72U
#define SECCOMP_VALIDATE_PLACES 98U
#define SECCOMP_VALIDATE_OPS 3U

/* A 32-bit value: a constant, or a word of seccomp_data put through operations with constants. */
struct seccomp_term {
	uint32_t k;   /* the constant, or the offset of the word */
	bool unknown; /* it is a word's */
	uint8_t ops;
	struct sock_filter op[SECCOMP_VALIDATE_OPS]; /* code and k count; a subtraction is an addition */
};

/* Where both have got to, behind the same tests; values by their index in the table. */
struct seccomp_place {
	uint32_t pc; /* of the program */
	uint16_t at; /* of the code, in instructions */
	uint8_t t0, t1, a0;
	uint8_t a, x, m[BPF_MEMWORDS];
};

/* Scratch memory of seccomp_rv64_valid(). */
struct seccomp_validate {
	uint32_t terms, places;
	struct seccomp_term term[SECCOMP_VALIDATE_TERMS];
	struct seccomp_place place[SECCOMP_VALIDATE_PLACES];
};

/*
 * What the code is for: number NR of a stack that gets the filter PROGRAM; the
 * rest as in seccomp_way_answer().
 */
struct seccomp_claim {
	const struct sock_filter *program; /* checked */
	uint32_t nr, below;
	bool log, stricter;
	const struct seccomp_rv64_exits *exits;
};

/*
 * Does CODE, of N instructions, leave for exits->run only where the stack's older filters are to go
 * on, and for exits->refuse only with the errno that is the stack's answer, for all arguments and
 * instruction pointers? Does it change t0 and t1 alone, and a0 when it refuses? True: yes. False:
 * no, or it cannot be seen. *STEPS: instructions that may still be looked at.
 */
bool seccomp_rv64_valid(struct seccomp_validate *v, const struct seccomp_claim *claim, const uint32_t *code, uint32_t n,
			uint32_t *steps) SECCOMP_NODISCARD;

/* ---- validate_code.c, for validate.c ---- */

/* Instead of an index: no value that may be used; the caller's a0. */
#define SECCOMP_NOTHING 0xff
#define SECCOMP_UNTOUCHED 0xfe

/* A test of one word: is it equal to K, above or equal, above? Or not? */
struct seccomp_question {
	enum { SECCOMP_EQUAL, SECCOMP_AT_LEAST, SECCOMP_ABOVE } kind;
	bool negated;
	uint8_t term;
	uint32_t k;
};

enum seccomp_event { SECCOMP_BAD = 0, SECCOMP_ASKS, SECCOMP_ENDS }; /* zero refuses */

/*
 * The value that is K; that is the word at OFFSET of seccomp_data; that I is after the
 * operation OP of BPF_ALU with K.
 */
uint8_t seccomp_term_constant(struct seccomp_validate *v, uint32_t k);
uint8_t seccomp_term_word(struct seccomp_validate *v, uint32_t offset);
uint8_t seccomp_term_operate(struct seccomp_validate *v, uint16_t op, uint8_t i, uint32_t k);

static inline bool seccomp_term_is_constant(const struct seccomp_validate *v, uint8_t i)
{
	return i < v->terms && !v->term[i].unknown;
}

/*
 * Executes the code from P on. ASKS: *Q, and *TO is where it goes on if that holds, P where else.
 * ENDS: it leaves for the address *EXIT. It only goes forward.
 */
enum seccomp_event seccomp_validate_code(struct seccomp_validate *v, struct seccomp_place *p, const uint32_t *code,
					 uint32_t n, struct seccomp_question *q, uint32_t *to,
					 uint64_t *exit) SECCOMP_NODISCARD;
