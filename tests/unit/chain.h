/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * chain.h - for tests: where the calls of a stack go, made by what the kernel makes it by, and
 * a machine that runs such code.
 *
 * The machine knows the instructions that rv64.c makes and no others, and lets
 * them write t0, t1 and a0 alone.
 */
#pragma once

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include <abi/errno.h>

#include "way.h"

#define CHAIN_MEMORY 0xffffffff90000000UL
#define CHAIN_WORDS (1U << 20)
/* The exits' low halves try both signs of a 12-bit immediate. */
#define EXIT_RUN 0xffffffff80001004UL
#define EXIT_REFUSE 0xffffffff80002ffcUL
#define EXIT_JUDGE 0xfffffffffffff800UL

struct chain {
	struct seccomp_answers answers;
	struct seccomp_way way[SECCOMP_GATE_NRS];
	uint32_t n;
	uint32_t memory[CHAIN_WORDS];
};

static inline struct chain *chain_new(void)
{
	struct chain *c = calloc(1, sizeof(*c));

	assert(c != NULL);
	seccomp_answers_init(&c->answers);
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		c->way[nr] = (struct seccomp_way){ .kind = SECCOMP_WAY_RUN, .to = EXIT_RUN };
	return c;
}

static inline void chain_reset(struct chain *c)
{
	seccomp_answers_init(&c->answers);
	memset(c->way, 0, sizeof(c->way));
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		c->way[nr] = (struct seccomp_way){ .kind = SECCOMP_WAY_RUN, .to = EXIT_RUN };
	c->n = 0;
}

/* Where the code of a way begins. */
static inline uint32_t chain_at(const struct seccomp_way *w)
{
	return (uint32_t)((w->to - CHAIN_MEMORY) / 4);
}

/* Puts one more filter on the stack. */
static inline void chain_add(struct chain *c, const struct seccomp_program *p, bool log)
{
	struct seccomp_point *points = malloc(seccomp_answers_scratch(p->len));
	struct seccomp_work *w = malloc(sizeof(*w));
	struct seccomp_answers own;
	const struct seccomp_newer newer = { .program = p, .own = &own, .stack = &c->answers, .log = log };
	const struct seccomp_rv64_exits exits = { .run = EXIT_RUN, .refuse = EXIT_REFUSE, .judge = EXIT_JUDGE };

	seccomp_answers_program(&own, p->insns, p->len, AUDIT_ARCH_RISCV64, points);
	free(points);
	seccomp_answers_add(&c->answers, &own, log);
	assert(w != NULL);
	memset(w, 0xa5, sizeof(*w));
	w->steps = UINT32_MAX;
	w->rest = NULL;
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const struct seccomp_way below = c->way[nr];
		uint32_t n;

		n = seccomp_way_on(w, &newer, nr, &below, &exits, &c->way[nr], c->memory + c->n, CHAIN_WORDS - c->n);
		assert(n <= CHAIN_WORDS - c->n);
		if (n != 0)
			c->way[nr].to = CHAIN_MEMORY + 4 * (uint64_t)c->n;
		c->n += n;
	}
	free(w);
}

/* ---- the machine ---- */

struct outcome {
	uint64_t exit; /* the address that it left for; 0: it did what no code may do */
	uint64_t a0;
	uint32_t steps;
};

static inline uint64_t sign(uint64_t x, unsigned bits)
{
	return (uint64_t)((int64_t)(x << (64 - bits)) >> (64 - bits));
}

static inline uint64_t word(uint64_t x)
{
	return sign(x, 32);
}

/* One instruction of the register or immediate kind; false: not one of ours. */
static inline bool machine_compute(uint32_t insn, uint64_t *reg)
{
	const uint32_t op = insn & 0x7f, rd = insn >> 7 & 31, f3 = insn >> 12 & 7, f7 = insn >> 25;
	const uint64_t a = reg[insn >> 15 & 31], b = reg[insn >> 20 & 31];
	const uint64_t imm = sign(insn >> 20, 12);
	uint64_t r;

	if (op == 0x37) /* lui */
		r = word(insn & 0xfffff000);
	else if (op == 0x13 && f3 == 0)
		r = a + imm;
	else if (op == 0x13 && f3 == 4)
		r = a ^ imm;
	else if (op == 0x13 && f3 == 6)
		r = a | imm;
	else if (op == 0x13 && f3 == 7)
		r = a & imm;
	else if (op == 0x13 && f3 == 5 && insn >> 26 == 0x10) /* srai */
		r = (uint64_t)((int64_t)a >> (insn >> 20 & 63));
	else if (op == 0x1b && f3 == 0)
		r = word(a + imm);
	else if (op == 0x1b && f3 == 1 && f7 == 0) /* slliw */
		r = word(a << (insn >> 20 & 31));
	else if (op == 0x1b && f3 == 5 && f7 == 0) /* srliw */
		r = word((uint32_t)a >> (insn >> 20 & 31));
	else if (op == 0x33 && f7 == 0 && f3 == 3) /* sltu */
		r = a < b;
	else if (op == 0x33 && f7 == 0 && f3 == 4)
		r = a ^ b;
	else if (op == 0x33 && f7 == 0 && f3 == 6)
		r = a | b;
	else if (op == 0x33 && f7 == 0 && f3 == 7)
		r = a & b;
	else if (op == 0x3b && f3 == 0 && f7 == 0)
		r = word(a + b);
	else if (op == 0x3b && f3 == 0 && f7 == 0x20)
		r = word(a - b);
	else if (op == 0x3b && f3 == 1 && f7 == 0) /* sllw */
		r = word(a << (b & 31));
	else if (op == 0x3b && f3 == 5 && f7 == 0) /* srlw */
		r = word((uint32_t)a >> (b & 31));
	else if (op == 0x3b && f3 == 0 && f7 == 1) /* mulw */
		r = word(a * b);
	else if (op == 0x3b && f3 == 5 && f7 == 1 && (uint32_t)b != 0) /* divuw */
		r = word((uint32_t)a / (uint32_t)b);
	else
		return false;
	if (rd != 5 && rd != 6 && rd != 10)
		return false;
	reg[rd] = r;
	return true;
}

static inline bool machine_branches(uint32_t f3, uint64_t a, uint64_t b)
{
	switch (f3) {
	case 0:
		return a == b;
	case 1:
		return a != b;
	case 6:
		return a < b;
	default:
		return a >= b;
	}
}

static inline struct outcome machine_run(const struct chain *c, uint32_t at, const struct seccomp_data *data)
{
	uint64_t reg[32];
	uint64_t pc = CHAIN_MEMORY + 4 * (uint64_t)at;
	uint32_t steps = 0;

	memset(reg, 0x5a, sizeof(reg));
	reg[0] = 0;
	memcpy(reg + 10, data->args, sizeof(data->args));
	while (pc - CHAIN_MEMORY < 4 * (uint64_t)c->n) {
		const uint32_t insn = c->memory[(pc - CHAIN_MEMORY) / 4];
		const uint32_t op = insn & 0x7f, f3 = insn >> 12 & 7;

		if (steps++ == 4096)
			return (struct outcome){ 0, 0, steps };
		if (op == 0x63 && f3 != 2 && f3 != 3 && f3 < 8 && f3 != 4 && f3 != 5) { /* branches, forward */
			const uint32_t distance = (insn >> 7 & 1) << 11 | (insn >> 25 & 63) << 5 | (insn >> 8 & 15) << 1;

			if (insn >> 31 || distance == 0 || distance % 4 != 0)
				return (struct outcome){ 0, 0, steps };
			pc += machine_branches(f3, reg[insn >> 15 & 31], reg[insn >> 20 & 31]) ? distance : 4;
		} else if ((insn & 0x80000fff) == 0x6f) { /* j, forward */
			pc += (insn >> 12 & 0xff) << 12 | (insn >> 20 & 1) << 11 | (insn >> 21 & 0x3ff) << 1;
		} else if ((insn & 0xfffff) == 0x28067) { /* jr imm(t0) */
			pc = (reg[5] + sign(insn >> 20, 12)) & ~1UL;
		} else if (insn == 0x141022f3 || insn == 0x14102373) { /* csrr t0, or t1, sepc */
			reg[insn >> 7 & 31] = data->instruction_pointer;
			pc += 4;
		} else if (machine_compute(insn, reg)) {
			pc += 4;
		} else {
			return (struct outcome){ 0, 0, steps };
		}
	}
	return (struct outcome){ pc, reg[10], steps };
}

/* Is what the first code in the chain does with DATA allowed by claim C? */
static inline bool chain_is_right(const struct chain *chain, const struct seccomp_claim *c, const struct seccomp_data *data)
{
	const uint32_t own = seccomp_run(c->program, UINT32_MAX, data).ret;
	const uint32_t want = seccomp_way_answer(own, c->log, c->below, c->stricter);
	const struct outcome o = machine_run(chain, 0, data);

	switch (o.exit) {
	case EXIT_RUN:
		return o.a0 == data->args[0] && (want & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW;
	case EXIT_REFUSE:
		return (want & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO && o.a0 == 0 - (uint64_t)(want & SECCOMP_RET_DATA);
	case EXIT_JUDGE:
		return o.a0 == data->args[0];
	default:
		return false;
	}
}
