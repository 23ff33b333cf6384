/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate.h - translation validation: does the machine code for a system-call number do what its
 * filter says? Each piece of code is checked after it was made, before it is used.
 */
#pragma once

#include "seccomp.h"

struct seccomp_rv64_exits;

#define SECCOMP_VALIDATE_TERMS 640U
#define SECCOMP_VALIDATE_PLACES 160U
#define SECCOMP_VALIDATE_OPS 7U

/* Operations that BPF_ALU lacks: 1 if the value is below the operand, or above it, else 0. */
#define SECCOMP_TERM_BELOW 0xb0U
#define SECCOMP_TERM_ABOVE 0xc0U

/*
 * A 32-bit value: a constant, or a word of seccomp_data put through operations with constants, or,
 * with BPF_X, other words, whose offset is k.
 */
struct seccomp_term {
	uint32_t k;				     /* the constant, or the offset of the word */
	bool unknown;				     /* it is a word, with operations; else a constant */
	uint8_t ops;				     /* how many operations there are */
	struct sock_filter op[SECCOMP_VALIDATE_OPS]; /* their code and k; minus a constant is stored as plus */
};

/*
 * A state of both: where the program and the code are after the same tests, and the values in their
 * registers, as indices in the table of values.
 */
struct seccomp_place {
	uint32_t pc; /* of the program */
	uint16_t at; /* of the code, in instructions */
	uint16_t t0, t1, a0;
	uint16_t a, x, m[BPF_MEMWORDS];
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

/* ---- validate_term.c, validate_code.c, for validate.c ---- */

/* Instead of an index: a value that the code may not use; a0 as the user's program left it. */
#define SECCOMP_NOTHING 0xffff
#define SECCOMP_UNTOUCHED 0xfffe

/* A question about the value TERM: is it equal to K, at least K, above K? NEGATED: is it not? */
struct seccomp_question {
	enum { SECCOMP_EQUAL, SECCOMP_AT_LEAST, SECCOMP_ABOVE } kind;
	bool negated;
	uint16_t term;
	uint32_t k;
};

/* Zero refuses. ENDS_UNKNOWN: a program (never code) returns A, which is unknown. */
enum seccomp_event { SECCOMP_BAD = 0, SECCOMP_ASKS, SECCOMP_ENDS, SECCOMP_ENDS_UNKNOWN };

/*
 * The index of the constant K; of the word at OFFSET of seccomp_data; of value I after the
 * operation OP of BPF_ALU with K. SECCOMP_NOTHING: there is no room.
 */
uint16_t seccomp_term_constant(struct seccomp_validate *v, uint32_t k);
uint16_t seccomp_term_word(struct seccomp_validate *v, uint32_t offset);
uint16_t seccomp_term_operate(struct seccomp_validate *v, uint16_t op, uint16_t i, uint32_t k);

/*
 * The index of A OP X, where a division needs a constant X; of "A is below B", 1 or 0.
 * SECCOMP_NOTHING: there is no room, or it cannot be expressed.
 */
uint16_t seccomp_term_binary(struct seccomp_validate *v, uint16_t op, uint16_t a, uint16_t x);
uint16_t seccomp_term_below(struct seccomp_validate *v, uint16_t a, uint16_t b);

/*@ requires \valid_read(v) && v->terms <= SECCOMP_VALIDATE_TERMS;
    assigns \nothing;
    ensures \result <==> i < v->terms && !v->term[i].unknown;
*/
static inline bool seccomp_term_is_constant(const struct seccomp_validate *v, uint16_t i)
{
	return i < v->terms && !v->term[i].unknown;
}

/*
 * Executes CODE, of N instructions, from P on, forward only. ASKS: a branch asks *Q; the code goes
 * on at *TO if that holds, at P->at if not. ENDS: it leaves for the address *EXIT. BAD: it does
 * something that no code for filters does.
 */
enum seccomp_event seccomp_validate_code(struct seccomp_validate *v, struct seccomp_place *p, const uint32_t *code,
					 uint32_t n, struct seccomp_question *q, uint32_t *to,
					 uint64_t *exit) SECCOMP_NODISCARD;

/* ---- validate.c, for validate_search.c ---- */

/*
 * Executes the program of claim C from P on. ASKS: a jump asks *Q, and P is at that jump. ENDS: the
 * program answers *RET. ENDS_UNKNOWN: it answers the value P->a. BAD: it cannot be followed, or no
 * steps are left.
 */
enum seccomp_event seccomp_validate_program(struct seccomp_validate *v, struct seccomp_place *p,
					    const struct seccomp_claim *c, uint32_t *steps, struct seccomp_question *q,
					    uint32_t *ret) SECCOMP_NODISCARD;
