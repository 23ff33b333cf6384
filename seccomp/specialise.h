/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * specialise.h - what is left of a program when the system-call number is known: its residual.
 *
 * Called when a filter is installed, for the numbers whose answer depends on the arguments. A
 * residual is a program itself, a short one: loads of argument words, arithmetic and
 * comparisons with constants, RET K.
 */
#pragma once

#include "validate.h"

#define SECCOMP_RESIDUAL_MAX 128U /* instructions of a residual; so every jump fits 8 bits */

#define SECCOMP_SPECIALISE_VALUES 64U
#define SECCOMP_SPECIALISE_TESTS 48U
#define SECCOMP_SPECIALISE_ANSWERS 16U
#define SECCOMP_SPECIALISE_OPS 2U

/* A 32-bit value: a constant, or a word of seccomp_data put through operations with constants. */
struct seccomp_value {
	uint32_t k;   /* the constant, or the offset of the word */
	bool unknown; /* it is a word's */
	uint8_t ops;
	struct sock_filter op[SECCOMP_SPECIALISE_OPS]; /* BPF_ALU, with K */
};

/* The machine before an instruction; values by their index in the table. */
struct seccomp_partial {
	uint32_t pc;
	uint8_t a, x, m[BPF_MEMWORDS];
};

/*
 * A jump that depends on the arguments. Where it leads: a test, or
 * SECCOMP_SPECIALISE_TESTS plus an answer.
 */
struct seccomp_test {
	struct seccomp_partial at;
	uint16_t hold, fail;
	uint16_t place; /* in the residual */
	bool done;
};

/* Scratch memory of seccomp_specialise(); only steps needs a value. */
struct seccomp_specialise {
	uint32_t steps; /* instructions that may still be looked at, over all calls: bounds the time of an install */
	union {
		struct {
			uint32_t values, tests, answers;
			struct seccomp_value value[SECCOMP_SPECIALISE_VALUES];
			struct seccomp_test test[SECCOMP_SPECIALISE_TESTS];
			uint32_t answer[SECCOMP_SPECIALISE_ANSWERS];
			uint8_t order[SECCOMP_SPECIALISE_TESTS];
		};
		struct seccomp_validate validate; /* afterwards, for number.c */
	};
};

/*
 * Writes the residual of a checked program for number NR under architecture ARCH to OUT. It answers
 * like the program to every call with that number. Returns its length, 1 to SECCOMP_RESIDUAL_MAX,
 * or 0: there is none so short, or none could be found.
 */
uint32_t seccomp_specialise(struct seccomp_specialise *s, const struct sock_filter *insns, uint32_t len, uint32_t nr,
			    uint32_t arch, struct sock_filter out[SECCOMP_RESIDUAL_MAX]) SECCOMP_NODISCARD;

/*
 * residual.c, for seccomp_specialise(): writes what S has found in the program INSNS to OUT.
 * Returns the length, or 0 if that is too long.
 */
uint32_t seccomp_residual_write(struct seccomp_specialise *s, const struct sock_filter *insns,
				struct sock_filter out[SECCOMP_RESIDUAL_MAX]) SECCOMP_NODISCARD;
