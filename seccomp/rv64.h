/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rv64.h - RV64 machine code of a residual: what a gate's entry jumps to.
 *
 * The code runs on the caller's registers: arguments in a0 to a5, the instruction pointer in sepc.
 * It changes t0 and t1, and a0 if it refuses; it reads and writes no memory, jumps only forward,
 * and leaves through one of the three exits.
 */
#pragma once

#include "specialise.h"

/* The addresses for which the code may leave; each is a sign-extended 32-bit number. */
struct seccomp_rv64_exits {
	uint64_t run;	 /* for ALLOW */
	uint64_t refuse; /* for ERRNO, with a0 = minus its data */
	uint64_t judge;	 /* for everything else */
};

#define SECCOMP_RV64_MAX (SECCOMP_RESIDUAL_MAX * 5U) /* instructions of the code of any residual */

/*
 * Writes the code of RESIDUAL, of LEN instructions (from seccomp_specialise() and
 * seccomp_residual_on()), to OUT; it is position-independent. Returns the number of instructions,
 * or 0 if RESIDUAL is no residual.
 */
uint32_t seccomp_rv64_emit(const struct sock_filter *residual, uint32_t len, const struct seccomp_rv64_exits *exits,
			   uint32_t out[SECCOMP_RV64_MAX]) SECCOMP_NODISCARD;
