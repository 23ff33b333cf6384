/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * generate.h - nearly valid programs and interesting calls, the same ones for the same seed.
 *
 * Included by the oracles. Most programs are accepted or are refused for one fault; operands, jumps
 * and scratch words lie at and around every edge that the rules have.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <abi/audit.h>
#include "seccomp.h"

struct random {
	uint64_t state;
};

/* [splitmix64] */
static inline uint64_t random_u64(struct random *r)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* 0 to N - 1. */
static inline uint32_t random_below(struct random *r, uint32_t n)
{
	return (uint32_t)(random_u64(r) >> 32) % n;
}

static inline bool one_in(struct random *r, uint32_t n)
{
	return random_below(r, n) == 0;
}

#define PICK(r, array) (array)[random_below((r), sizeof(array) / sizeof((array)[0]))]

/* A 32-bit value: mostly one at an edge, so that two of them often meet. */
static inline uint32_t random_word(struct random *r)
{
	static const uint32_t edges[] = { 0,	      1,	  2,	      3,	  31,
					  32,	      33,	  63,	      64,	  0xff,
					  0x100,      0xfff,	  0xffff,     0x10000,	  0x7fffffff,
					  0x80000000, 0x80000001, 0xfffffffe, 0xffffffff, 0xfffff000 };

	switch (random_below(r, 4)) {
	case 0:
		return (uint32_t)random_u64(r);
	case 1:
		return random_below(r, 8);
	default:
		return PICK(r, edges);
	}
}

static inline uint64_t random_two_words(struct random *r)
{
	const uint32_t low = random_word(r);

	return (uint64_t)random_word(r) << 32 | low;
}

/* ---- programs ---- */

static const uint16_t legal_codes[] = {
	0x20, 0x20, 0x20, 0x00, 0x60, 0x80, 0x01, 0x61, 0x81, 0x02, 0x03, 0x04, 0x0c, 0x14, 0x1c,
	0x24, 0x2c, 0x34, 0x3c, 0x44, 0x4c, 0x54, 0x5c, 0x64, 0x6c, 0x74, 0x7c, 0xa4, 0xac, 0x84,
	0x05, 0x15, 0x1d, 0x25, 0x2d, 0x35, 0x3d, 0x45, 0x4d, 0x06, 0x16, 0x07, 0x87, 0x01, 0x00,
};

static const uint16_t illegal_codes[] = { 0x94, 0x9c, 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1, 0x0e, 0x21,
					  0xb2, 0xa1, 0x1e, 0x8c, 0x0d, 0x08, 0x17, 0x55, 0x62, 0xff };

/* How far a jump at PC may go, mostly; in one of ODDS cases too far. */
static inline uint32_t random_skip(struct random *r, uint32_t pc, uint32_t len, uint32_t odds)
{
	const uint32_t after = len - pc - 1;

	if (one_in(r, odds))
		return one_in(r, 4) ? random_word(r) : after + random_below(r, 2);
	if (after == 0)
		return 0;
	return random_below(r, one_in(r, 3) || after < 4 ? after : 4);
}

static inline uint32_t random_operand(struct random *r, uint16_t code, uint32_t pc, uint32_t len, uint32_t odds)
{
	switch (code) {
	case 0x20: /* LD ABS */
		return one_in(r, odds) ? random_below(r, 80) + (one_in(r, 3) ? 0xfffff000 : 0)
				       : 4 * random_below(r, 16);
	case 0x60: /* LD MEM, LDX MEM, ST, STX: few words, so that they meet */
	case 0x61:
	case 0x02:
	case 0x03:
		return one_in(r, odds) ? 14 + random_below(r, 4)
		       : one_in(r, 8)  ? random_below(r, 16)
				       : random_below(r, 2);
	case 0x34: /* DIV */
		return one_in(r, odds) ? 0 : random_word(r) | 1;
	case 0x64: /* LSH, RSH */
	case 0x74:
		return one_in(r, odds) ? 30 + random_below(r, 5) : random_below(r, 32);
	case 0x05: /* JA */
		return random_skip(r, pc, len, odds);
	default:
		return random_word(r);
	}
}

/* Fills INSNS, room for BPF_MAXINSNS. Returns the length. */
static inline uint32_t random_program(struct random *r, struct sock_filter *insns)
{
	const uint32_t len = one_in(r, 2000)  ? BPF_MAXINSNS
			     : one_in(r, 500) ? 1 + random_below(r, BPF_MAXINSNS)
			     : one_in(r, 50)  ? 200 + random_below(r, 200)
					      : 1 + random_below(r, 24);
	const uint32_t odds = 2 * len; /* of a fault, at each place where there may be one */
	const uint32_t stores = len > 6 && !one_in(r, 4) ? random_below(r, 3) : 0;

	for (uint32_t pc = 0; pc < len; pc++) {
		uint16_t code = pc < stores ? (uint16_t)(0x02 + random_below(r, 2)) : PICK(r, legal_codes);
		struct sock_filter *i = &insns[pc];

		if (pc + 1 == len && !one_in(r, 30))
			code = one_in(r, 3) ? 0x06 : 0x16;
		else if (pc + 1 < len && (code == 0x06 || code == 0x16) && !one_in(r, 3))
			code = 0x20;
		else if ((code == 0x60 || code == 0x61) && stores == 0 && !one_in(r, 6))
			code = 0x20;
		if (one_in(r, 4 * odds))
			code = one_in(r, 4) ? (uint16_t)random_u64(r) : PICK(r, illegal_codes);
		i->code = code;
		i->k = pc < stores && !one_in(r, odds) ? pc : random_operand(r, code, pc, len, odds);
		i->jt = 0;
		i->jf = 0;
		if (BPF_CLASS(code) == BPF_JMP && code != 0x05) {
			i->jt = (uint8_t)random_skip(r, pc, len < 250 ? len : pc + 200 < len ? pc + 200 : len, odds);
			i->jf = (uint8_t)random_skip(r, pc, len < 250 ? len : pc + 200 < len ? pc + 200 : len, odds);
		} else if (one_in(r, 20)) { /* fields that are ignored */
			i->jt = (uint8_t)random_u64(r);
			i->jf = (uint8_t)random_u64(r);
		}
	}
	return len;
}
