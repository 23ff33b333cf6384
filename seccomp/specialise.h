/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * specialise.h - what is left of a program when the system-call number is known: its residual.
 *
 * Called when a filter is installed, for numbers whose answer depends on the arguments. A residual
 * is itself a short program: loads of argument words, arithmetic and comparisons with constants,
 * RET K.
 */
#pragma once

#include "seccomp.h"

#define SECCOMP_RESIDUAL_MAX 128U /* instructions of a residual; so every jump fits 8 bits */

#define SECCOMP_SPECIALISE_VALUES 512U
#define SECCOMP_SPECIALISE_TESTS 1280U
#define SECCOMP_SPECIALISE_ANSWERS 256U
#define SECCOMP_SPECIALISE_OPS 6U

/* Operations that BPF_ALU lacks: 1 if A is below the operand (unsigned), or above it, else 0. */
#define SECCOMP_OP_BELOW 0xb0U
#define SECCOMP_OP_ABOVE 0xc0U

/*
 * A 32-bit value: a constant, or a word of seccomp_data put through operations with constants
 * (BPF_K), or with other words (BPF_X, whose k is the offset of the word).
 */
struct seccomp_value {
	uint32_t k;   /* the constant, or the offset of the word */
	bool unknown; /* it is a word, with operations; else a constant */
	uint8_t ops;  /* how many operations there are */
	struct sock_filter op[SECCOMP_SPECIALISE_OPS];
};

/* What is known of the BPF machine before instruction PC: the indices of the registers' values. */
struct seccomp_partial {
	uint32_t pc;
	uint16_t a, x, m[BPF_MEMWORDS];
};

#define SECCOMP_TEST_NOT_ZERO 0 /* instead of a jump's operation: is the value not 0? */

/*
 * A test that depends on the arguments: the jump OP of VALUE with K, to HOLD or FAIL. These are
 * tests, or answers: SECCOMP_SPECIALISE_TESTS plus the answer's index.
 */
struct seccomp_test {
	struct seccomp_partial at;
	uint32_t k;
	uint16_t value, op;
	uint16_t hold, fail;
	uint16_t place; /* in the residual */
	uint16_t next;	/* with a similar pc */
	bool second;	/* the second test of a RET A: is A, which is below KILL_PROCESS, at least ALLOW? */
};

/* Scratch memory of seccomp_specialise(); only steps needs a value. */
struct seccomp_specialise {
	uint32_t steps; /* how many may still be taken, over all calls: bounds the time of an install */
	bool words;	/* allows operations on two unknown words, and RET A with an unknown A */
	uint16_t first; /* the test or answer with which the program begins */
	uint32_t values, tests, answers;
	struct seccomp_value value[SECCOMP_SPECIALISE_VALUES];
	struct seccomp_test test[SECCOMP_SPECIALISE_TESTS];
	uint32_t answer[SECCOMP_SPECIALISE_ANSWERS];
	uint16_t order[SECCOMP_SPECIALISE_TESTS]; /* the tests, sorted by pc */
	uint16_t with_pc[256];			  /* a hash table of the tests, by pc */
};

/*
 * Follows a checked program for number NR under architecture ARCH: S then has the tests and answers
 * that are left. With S->words, an unknown answer (RET A) becomes two tests of A: ALLOW if A is in
 * ALLOW's range, else KILL_PROCESS, which here stands for "ask the judge". False: the program
 * cannot be followed, there is no room, or no steps are left.
 */
bool seccomp_specialise_tests(struct seccomp_specialise *s, const struct sock_filter *insns, uint32_t nr,
			      uint32_t arch) SECCOMP_NODISCARD;

/* The index of the value V & K in S; SECCOMP_NO_VALUE: there is no room. */
uint16_t seccomp_specialise_masked(struct seccomp_specialise *s, uint16_t v, uint32_t k) SECCOMP_NODISCARD;

/*
 * Writes the residual of a checked program for number NR under architecture ARCH to OUT. It answers
 * like the program to every call with that number. Returns its length, 1 to SECCOMP_RESIDUAL_MAX,
 * or 0: there is none so short, or none could be found.
 */
uint32_t seccomp_specialise(struct seccomp_specialise *s, const struct sock_filter *insns, uint32_t len, uint32_t nr,
			    uint32_t arch, struct sock_filter out[SECCOMP_RESIDUAL_MAX]) SECCOMP_NODISCARD;

/*
 * residual.c: writes the tests and answers that S has found in the program INSNS to OUT as a
 * program. Returns its length, or 0 if that is too long.
 */
uint32_t seccomp_residual_write(struct seccomp_specialise *s, const struct sock_filter *insns,
				struct sock_filter out[SECCOMP_RESIDUAL_MAX]) SECCOMP_NODISCARD;

/* ---- specialise_value.c, for seccomp_specialise_tests(): values by their index in S ---- */

#define SECCOMP_NO_VALUE 0xffffU /* instead of an index: there is no room, or it cannot be expressed */

/*@ requires \valid_read(v);
    assigns \nothing;
    ensures \result <==> v->unknown && v->ops == 0;
*/
static inline bool seccomp_value_is_word(const struct seccomp_value *v)
{
	return v->unknown && v->ops == 0;
}

/* The constant K. */
uint16_t seccomp_value_constant(struct seccomp_specialise *s, uint32_t k);

/* The word of seccomp_data at OFFSET, of which number NR and architecture ARCH are known. */
uint16_t seccomp_value_load(struct seccomp_specialise *s, uint32_t offset, uint32_t nr, uint32_t arch);

/* V after one more operation: CODE of BPF_ALU, or SECCOMP_OP_*, with BPF_K or BPF_X. */
uint16_t seccomp_value_operate(struct seccomp_specialise *s, struct seccomp_value v, uint32_t code, uint32_t k);

/* A after the arithmetic instruction I, by its k or X. */
uint16_t seccomp_value_compute(struct seccomp_specialise *s, struct sock_filter i, const struct seccomp_value *a,
			       const struct seccomp_value *x);
