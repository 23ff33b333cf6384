/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * model.h - what a stack of filters answers, by an interpreter so plain that it can be read: for
 * programs that compare the kernel with it.
 */
#pragma once

#include "guest.h"

#define LONGEST 24

struct program {
	unsigned flags;
	unsigned length;
	struct sock_filter insns[LONGEST];
};

static inline uint32_t word_of(const struct seccomp_data *data, uint32_t offset)
{
	uint32_t word;

	memcpy(&word, (const char *)data + offset, sizeof(word));
	return word;
}

static inline uint32_t model_answer(const struct program *p, const struct seccomp_data *data)
{
	uint32_t a = 0, x = 0, memory[2] = { 0, 0 };

	for (unsigned pc = 0;; pc++) {
		const struct sock_filter i = p->insns[pc];
		const uint32_t operand = BPF_SRC(i.code) == BPF_X ? x : i.k;

		switch (i.code & ~BPF_X) {
		case BPF_LD | BPF_W | BPF_ABS:
			a = word_of(data, i.k);
			break;
		case BPF_LD | BPF_IMM:
			a = i.k;
			break;
		case BPF_LD | BPF_MEM:
			a = memory[i.k];
			break;
		case BPF_ST:
			memory[i.k] = a;
			break;
		case BPF_MISC | BPF_TAX:
			x = a;
			break;
		case BPF_ALU | BPF_ADD:
			a += operand;
			break;
		case BPF_ALU | BPF_AND:
			a &= operand;
			break;
		case BPF_ALU | BPF_DIV:
			if (operand == 0)
				return SECCOMP_RET_KILL_THREAD;
			a /= operand;
			break;
		case BPF_JMP | BPF_JEQ:
			pc += a == operand ? i.jt : i.jf;
			break;
		case BPF_JMP | BPF_JGT:
			pc += a > operand ? i.jt : i.jf;
			break;
		case BPF_JMP | BPF_JSET:
			pc += a & operand ? i.jt : i.jf;
			break;
		default: /* RET_A is RET_K with another bit */
			return BPF_RVAL(i.code) == BPF_A ? a : i.k;
		}
	}
}

/*
 * What a stack of DEPTH filters answers, the last one the newest: the
 * strictest, the newest on ties.
 */
static inline uint32_t model_verdict(const struct program *stack, unsigned depth, const struct seccomp_data *data)
{
	uint32_t strictest = SECCOMP_RET_ALLOW;

	for (unsigned i = depth; i-- > 0;) {
		const uint32_t ret = model_answer(&stack[i], data);

		if ((int32_t)(ret & SECCOMP_RET_ACTION_FULL) < (int32_t)(strictest & SECCOMP_RET_ACTION_FULL))
			strictest = ret;
	}
	return strictest;
}
