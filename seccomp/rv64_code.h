/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rv64_code.h - templates of machine code for filters: each function appends instructions to C.
 * They are in rv64.c; search.c and search_code.c use them, too.
 */
#pragma once

#include "rv64.h"

enum { ZERO = 0, T0 = 5, T1 = 6, A0 = 10 };

/* Code of N instructions that is being written to OUT. With OUT NULL they are only counted. */
struct rv64_code {
	uint32_t *out;
	uint32_t n;
	bool bad; /* something could not be expressed, so the code must not be used */
};

/* One instruction as it is. */
void rv64_put(struct rv64_code *c, uint32_t insn);

/* A branch. F3: beq 0, bne 1, bltu 6, bgeu 7. DISTANCE: in bytes, forward, below 4096. */
void rv64_put_branch(struct rv64_code *c, uint32_t f3, uint32_t rs1, uint32_t rs2, uint32_t distance);

/* A jump (jal zero). DISTANCE: in bytes, forward, below 1 MiB. */
void rv64_put_jump(struct rv64_code *c, uint32_t distance);

/* RD = K, sign-extended from 32 bits. */
void rv64_put_constant(struct rv64_code *c, uint32_t rd, uint32_t k);

/* RD (t0, t1) = the word at OFFSET of seccomp_data, which is not the number or the architecture. */
void rv64_put_load(struct rv64_code *c, uint32_t rd, uint32_t offset);

/* t0 = t0 after I, an instruction BPF_ALU with BPF_K. May change t1. */
void rv64_put_alu(struct rv64_code *c, struct sock_filter i);

/* Leaves with the answer RET: for the exit of its action. */
void rv64_put_return(struct rv64_code *c, uint32_t ret, const struct seccomp_rv64_exits *exits);
