/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rv64.c - translates residuals to machine code: one template for each kind of instruction. Called
 * by number.c; search_code.c uses the templates, too.
 *
 * t0 holds A, sign-extended from 32 bits, as the W instructions leave it and as lui and addi make
 * constants. Sign extension keeps equality, bits and unsigned order, so whole registers are
 * compared. t1 holds operands. Encodings: [unpriv, RV32I/RV64I and M base instruction formats].
 */
#include "rv64_code.h"

#include <abi/errno.h>

void rv64_put(struct rv64_code *c, uint32_t insn)
{
	if (c->out != NULL)
		c->out[c->n] = insn;
	c->n++;
}

/* ---- formats ---- */

static uint32_t type_i(uint32_t op, uint32_t f3, uint32_t rd, uint32_t rs1, uint32_t imm)
{
	return imm << 20 | rs1 << 15 | f3 << 12 | rd << 7 | op;
}

static uint32_t type_r(uint32_t op, uint32_t f3, uint32_t f7, uint32_t rd, uint32_t rs1, uint32_t rs2)
{
	return f7 << 25 | rs2 << 20 | rs1 << 15 | f3 << 12 | rd << 7 | op;
}

#define OP_IMM 0x13U
#define OP_IMM_32 0x1bU
#define OP 0x33U
#define OP_32 0x3bU

static void put_addi(struct rv64_code *c, uint32_t rd, uint32_t rs1, uint32_t imm)
{
	rv64_put(c, type_i(OP_IMM, 0, rd, rs1, imm & 0xfff));
}

static void put_addiw(struct rv64_code *c, uint32_t rd, uint32_t rs1, uint32_t imm)
{
	rv64_put(c, type_i(OP_IMM_32, 0, rd, rs1, imm & 0xfff));
}

void rv64_put_branch(struct rv64_code *c, uint32_t f3, uint32_t rs1, uint32_t rs2, uint32_t distance)
{
	c->bad |= distance >= 4096;
	rv64_put(c, (distance >> 5 & 63) << 25 | rs2 << 20 | rs1 << 15 | f3 << 12 | (distance >> 1 & 15) << 8 |
			    (distance >> 11 & 1) << 7 | 0x63);
}

void rv64_put_jump(struct rv64_code *c, uint32_t distance)
{
	c->bad |= distance >= 1U << 20;
	rv64_put(c, (distance >> 1 & 0x3ff) << 21 | (distance >> 11 & 1) << 20 | (distance >> 12 & 0xff) << 12 | 0x6f);
}

/* Does K, sign-extended from 32 bits, fit an immediate? */
static bool is_short(uint32_t k)
{
	return k < 0x800 || k >= 0xfffff800;
}

void rv64_put_constant(struct rv64_code *c, uint32_t rd, uint32_t k)
{
	const uint32_t upper = k + 0x800;

	if (is_short(k)) {
		put_addi(c, rd, ZERO, k);
		return;
	}
	rv64_put(c, (upper & 0xfffff000) | rd << 7 | 0x37); /* lui */
	if ((k & 0xfff) != 0)
		put_addiw(c, rd, rd, k);
}

/* An absolute jump: lui reaches the topmost 2 GiB, where all kernel code is. */
static void put_far_jump(struct rv64_code *c, uint64_t target)
{
	const uint32_t low = (uint32_t)target;

	c->bad |= target < 0xffffffff80000000;
	rv64_put(c, ((low + 0x800) & 0xfffff000) | T0 << 7 | 0x37); /* lui t0 */
	rv64_put(c, type_i(0x67, 0, ZERO, T0, low & 0xfff));	    /* jalr zero, low(t0) */
}

/* ---- templates ---- */

/* Brings K into t1, unless it is 0. Returns the register that holds K: t1, or zero. */
static uint32_t put_operand(struct rv64_code *c, uint32_t k)
{
	if (k == 0)
		return ZERO;
	rv64_put_constant(c, T1, k);
	return T1;
}

void rv64_put_load(struct rv64_code *c, uint32_t rd, uint32_t offset)
{
	uint32_t reg = A0 + (offset - 16) / 8;

	c->bad |= offset < 8 || offset >= sizeof(struct seccomp_data) || offset % 4 != 0;
	if (offset < 16) {
		rv64_put(c, type_i(0x73, 2, rd, ZERO, 0x141)); /* csrr t0, sepc */
		reg = rd;
	}
	if (offset % 8 == 0)
		put_addiw(c, rd, reg, 0);
	else
		rv64_put(c, type_i(OP_IMM, 5, rd, reg, 0x400 | 32)); /* srai t0, reg, 32 */
}

/* RD = t0 OP K, where F3 says which: or 6, and 7, xor 4. May change t1. */
static void put_bits(struct rv64_code *c, uint32_t f3, uint32_t rd, uint32_t k)
{
	if (is_short(k))
		rv64_put(c, type_i(OP_IMM, f3, rd, T0, k & 0xfff));
	else
		rv64_put(c, type_r(OP, f3, 0, rd, T0, put_operand(c, k)));
}

void rv64_put_alu(struct rv64_code *c, struct sock_filter i)
{
	switch (i.code) {
	case BPF_ALU | BPF_SUB | BPF_K:
		i.k = 0 - i.k;
		/* fall through */
	case BPF_ALU | BPF_ADD | BPF_K:
		if (is_short(i.k))
			put_addiw(c, T0, T0, i.k);
		else
			rv64_put(c, type_r(OP_32, 0, 0, T0, T0, put_operand(c, i.k)));
		break;
	case BPF_ALU | BPF_MUL | BPF_K:
		rv64_put(c, type_r(OP_32, 0, 1, T0, T0, put_operand(c, i.k)));
		break;
	case BPF_ALU | BPF_DIV | BPF_K:
		c->bad |= i.k == 0;
		rv64_put(c, type_r(OP_32, 5, 1, T0, T0, put_operand(c, i.k)));
		break;
	case BPF_ALU | BPF_OR | BPF_K:
		put_bits(c, 6, T0, i.k);
		break;
	case BPF_ALU | BPF_AND | BPF_K:
		put_bits(c, 7, T0, i.k);
		break;
	case BPF_ALU | BPF_XOR | BPF_K:
		put_bits(c, 4, T0, i.k);
		break;
	case BPF_ALU | BPF_LSH | BPF_K:
		c->bad |= i.k >= 32;
		rv64_put(c, type_i(OP_IMM_32, 1, T0, T0, i.k));
		break;
	case BPF_ALU | BPF_RSH | BPF_K:
		c->bad |= i.k >= 32;
		rv64_put(c, type_i(OP_IMM_32, 5, T0, T0, i.k));
		break;
	case BPF_ALU | BPF_NEG:
		rv64_put(c, type_r(OP_32, 0, 0x20, T0, ZERO, T0));
		break;
	default:
		c->bad = true;
		break;
	}
}

/*
 * Writes the test I: to HOLD, in bytes from the start of its code, if I holds, else to FAIL. A skip
 * of 0 instructions falls through to what comes next.
 */
static void put_test(struct rv64_code *c, struct sock_filter i, uint32_t hold, uint32_t fail)
{
	const uint32_t start = c->n;
	const bool jumps_on_hold = i.jt != 0;
	uint32_t rs1 = T0;
	uint32_t rs2;
	uint32_t f3;

	if (i.code == (BPF_JMP | BPF_JSET | BPF_K)) {
		put_bits(c, 7, T1, i.k);
		rs1 = T1;
		rs2 = ZERO;
	} else {
		rs2 = put_operand(c, i.k);
	}
	switch (i.code) {
	case BPF_JMP | BPF_JEQ | BPF_K:
		f3 = 0;
		break;
	case BPF_JMP | BPF_JGE | BPF_K:
		f3 = 7;
		break;
	case BPF_JMP | BPF_JGT | BPF_K: /* k below A */
		f3 = 6;
		rs1 = rs2;
		rs2 = T0;
		break;
	case BPF_JMP | BPF_JSET | BPF_K:
		f3 = 1;
		break;
	default:
		f3 = 0;
		c->bad = true;
		break;
	}
	/* Flipping the lowest bit of funct3 gives the opposite condition. */
	if (jumps_on_hold)
		rv64_put_branch(c, f3, rs1, rs2, hold - 4 * (c->n - start));
	else
		rv64_put_branch(c, f3 ^ 1, rs1, rs2, fail - 4 * (c->n - start));
	if (jumps_on_hold && i.jf != 0)
		rv64_put_jump(c, fail - 4 * (c->n - start));
}

void rv64_put_return(struct rv64_code *c, uint32_t ret, const struct seccomp_rv64_exits *exits)
{
	const uint32_t data = ret & SECCOMP_RET_DATA;

	switch (ret & SECCOMP_RET_ACTION_FULL) {
	case SECCOMP_RET_ALLOW:
		put_far_jump(c, exits->run);
		break;
	case SECCOMP_RET_ERRNO:
		c->bad |= data > MAX_ERRNO;
		rv64_put_constant(c, A0, 0 - data);
		put_far_jump(c, exits->refuse);
		break;
	default:
		put_far_jump(c, exits->judge);
		break;
	}
}

/* ---- the whole ---- */

uint32_t seccomp_rv64_emit(const struct sock_filter *residual, uint32_t len, const struct seccomp_rv64_exits *exits,
			   uint32_t out[SECCOMP_RV64_MAX])
{
	uint16_t start[SECCOMP_RESIDUAL_MAX] = { 0 }; /* bytes from the start of the code */
	struct rv64_code c = { .out = NULL };

	if (len == 0 || len > SECCOMP_RESIDUAL_MAX || residual[len - 1].code != (BPF_RET | BPF_K))
		return 0;
	/* The first pass finds the address of every instruction, the second one writes. */
	for (int pass = 0; pass < 2; pass++) {
		c = (struct rv64_code){ .out = pass == 0 ? NULL : out };
		for (uint32_t pc = 0; pc < len; pc++) {
			const struct sock_filter i = residual[pc];

			start[pc] = (uint16_t)(4 * c.n);
			if (i.code == (BPF_LD | BPF_W | BPF_ABS)) {
				rv64_put_load(&c, T0, i.k);
			} else if (BPF_CLASS(i.code) == BPF_JMP) {
				if (pc + 1 + i.jt >= len || pc + 1 + i.jf >= len)
					return 0;
				put_test(&c, i, (uint32_t)start[pc + 1 + i.jt] - start[pc],
					 (uint32_t)start[pc + 1 + i.jf] - start[pc]);
			} else if (i.code == (BPF_RET | BPF_K)) {
				rv64_put_return(&c, i.k, exits);
			} else {
				rv64_put_alu(&c, i);
			}
		}
	}
	return c.bad ? 0 : c.n;
}
