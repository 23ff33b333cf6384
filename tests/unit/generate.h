/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * generate.h - for tests: programs that seccomp_check accepts, by chance but the same from run to
 * run, and arguments that matter to them.
 */
#pragma once

#include <stdint.h>
#include <string.h>

#include "seccomp.h"

/* xorshift64* */
static inline uint32_t chance(uint64_t *seed, uint32_t below)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return (uint32_t)((*seed * 0x2545f4914f6cdd1dULL >> 32) * below >> 32);
}

/*
 * Changes the word AT of N words of code: to another one of them, to another register, or one bit.
 */
static inline void change_word(uint32_t *code, uint32_t n, uint32_t at, uint64_t *seed)
{
	switch (chance(seed, 4)) {
	case 0:
		code[at] = code[chance(seed, n)];
		break;
	case 1:
		code[at] ^= 3U << (uint32_t[]){ 7, 15, 20 }[chance(seed, 3)];
		break;
	default:
		code[at] ^= 1U << chance(seed, 32);
		break;
	}
}

static inline uint32_t chance_constant(uint64_t *seed)
{
	static const uint32_t edges[] = { 0,	  1,	      2,	  5,	      31,	  0x7ff,      0x800,
					  0xfff,  0x1000,     0x12345678, 0x7fffffff, 0x80000000, 0xfffff7ff, 0xfffff800,
					  0xdeadbeef, 0x7ffff800, 0xffffffff, 0x10000 };

	switch (chance(seed, 4)) {
	case 0:
		return chance(seed, 512);
	case 1:
		return chance(seed, 0xffffffff);
	default:
		return edges[chance(seed, sizeof(edges) / sizeof(edges[0]))];
	}
}

static inline uint32_t chance_answer(uint64_t *seed)
{
	static const uint32_t answers[] = {
		SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW, SECCOMP_RET_ALLOW | 7, SECCOMP_RET_ERRNO | 1, SECCOMP_RET_ERRNO | 13,
		SECCOMP_RET_ERRNO | 2048, SECCOMP_RET_ERRNO, SECCOMP_RET_ERRNO | 4095, SECCOMP_RET_ERRNO | 4096, SECCOMP_RET_LOG,
		SECCOMP_RET_TRACE | 3, SECCOMP_RET_USER_NOTIF, SECCOMP_RET_TRAP | 1, SECCOMP_RET_KILL_THREAD, SECCOMP_RET_KILL_PROCESS,
		0x00010000, 0xaaaaaaaa, 0x7ffe0000,
	};

	return answers[chance(seed, chance(seed, 2) ? 10 : sizeof(answers) / sizeof(answers[0]))];
}

static inline struct sock_filter chance_insn(uint64_t *seed, uint32_t left)
{
	static const uint16_t alu[] = { BPF_ADD, BPF_SUB, BPF_MUL, BPF_DIV, BPF_OR, BPF_AND, BPF_AND, BPF_AND, BPF_LSH, BPF_RSH, BPF_XOR, BPF_NEG };
	static const uint16_t jumps[] = { BPF_JEQ, BPF_JEQ, BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET };
	static const uint32_t words[] = { 0, 0, 0, 4, 8, 12, 16, 16, 16, 20, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60 };
	const uint16_t x = chance(seed, 6) == 0 ? BPF_X : BPF_K;
	struct sock_filter i = BPF_STMT(BPF_LD | BPF_W | BPF_ABS, words[chance(seed, sizeof(words) / sizeof(words[0]))]);

	switch (chance(seed, 16)) {
	case 0:
	case 1:
	case 2:
	case 3:
	case 4:
		return i;
	case 5:
	case 6:
	case 7:
	case 8:
	case 9:
		i.code = (uint16_t)(BPF_JMP | jumps[chance(seed, sizeof(jumps) / sizeof(jumps[0]))] | x);
		i.jt = (uint8_t)chance(seed, left < 6 ? left : 6);
		i.jf = (uint8_t)chance(seed, left < 6 ? left : 6);
		i.k = chance_constant(seed);
		return i;
	case 10:
	case 11:
		i.code = (uint16_t)(BPF_ALU | alu[chance(seed, sizeof(alu) / sizeof(alu[0]))] | x);
		i.k = chance_constant(seed);
		if (BPF_OP(i.code) == BPF_NEG)
			i.code = BPF_ALU | BPF_NEG;
		if (BPF_OP(i.code) == BPF_LSH || BPF_OP(i.code) == BPF_RSH)
			i.k %= 32;
		if (BPF_OP(i.code) == BPF_DIV && i.k == 0)
			i.k = 3;
		return i;
	case 12:
		i.code = chance(seed, 2) ? BPF_LDX | BPF_IMM : BPF_LD | BPF_IMM;
		i.k = chance_constant(seed);
		return i;
	case 13:
		i.code = chance(seed, 2) ? BPF_MISC | BPF_TAX : BPF_MISC | BPF_TXA;
		return i;
	case 14:
		i.code = (uint16_t[]){ BPF_ST, BPF_STX, BPF_LD | BPF_MEM, BPF_LDX | BPF_MEM }[chance(seed, 4)];
		i.k = chance(seed, 2);
		return i;
	default:
		i.code = BPF_RET | (chance(seed, 8) == 0 ? BPF_A : BPF_K);
		i.k = chance_answer(seed);
		return i;
	}
}

#define GENERATED_MAX 48U

/*
 * A program that is accepted; returns its length. Its first jumps look at the number, so
 * that most numbers get somewhere.
 */
static inline uint32_t generate_program(uint64_t *seed, struct sock_filter insns[GENERATED_MAX])
{
	uint16_t written[GENERATED_MAX];
	uint32_t len;

	do {
		len = 3 + chance(seed, GENERATED_MAX - 3);
		insns[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, chance(seed, 4) == 0 ? 16 : 0);
		for (uint32_t pc = 1; pc < len - 1; pc++)
			insns[pc] = chance_insn(seed, len - 1 - pc);
		insns[len - 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, chance_answer(seed));
	} while (seccomp_check(insns, len, written).err != 0);
	return len;
}

/* A word that the program compares with, or its neighbour, or any. */
static inline uint32_t chance_word(uint64_t *seed, const struct sock_filter *insns, uint32_t len)
{
	const uint32_t k = insns[chance(seed, len)].k;

	switch (chance(seed, 6)) {
	case 0:
		return k - 1;
	case 1:
		return k + 1;
	case 2:
		return chance_constant(seed);
	case 3:
		return chance(seed, 3);
	default:
		return k;
	}
}

static inline void chance_data(uint64_t *seed, struct seccomp_data *data, const struct sock_filter *insns, uint32_t len)
{
	data->instruction_pointer = (uint64_t)chance_word(seed, insns, len) << 32 | chance_word(seed, insns, len);
	for (uint32_t i = 0; i < 6; i++)
		data->args[i] = (uint64_t)chance_word(seed, insns, len) << 32 | chance_word(seed, insns, len);
}
