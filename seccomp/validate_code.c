/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate_code.c - the machine code's side of validate.c: executes the few instructions that code
 * for filters consists of, symbolically. Any other instruction makes the code invalid. Encodings:
 * [unpriv, RV32I/RV64I and M].
 */
#include "validate.h"

enum { ZERO = 0, T0 = 5, T1 = 6, A0 = 10, A5 = 15 };

/* Instead of an index: all 64 bits of sepc, the instruction pointer. */
#define WHOLE_SEPC 0xfffd

/* ---- the code ---- */

/* Where P keeps the value of register REG; NULL: code for filters may not write it. */
static uint16_t *register_slot(struct seccomp_place *p, uint32_t reg)
{
	return reg == T0 ? &p->t0 : reg == T1 ? &p->t1 : reg == A0 ? &p->a0 : NULL;
}

/* The value of REG, whose upper 32 bits are the sign extension of the lower ones. */
static uint16_t value_in(struct seccomp_validate *v, struct seccomp_place *p, uint32_t reg)
{
	const uint16_t *s = register_slot(p, reg);

	return reg == ZERO ? seccomp_term_constant(v, 0) : s != NULL && *s < v->terms ? *s : SECCOMP_NOTHING;
}

/*
 * One half of the argument or instruction pointer that REG holds with all 64 bits: the upper one if
 * HIGH is 4, the lower one if it is 0. SECCOMP_NOTHING: REG holds no such thing.
 */
static uint16_t half_of(struct seccomp_validate *v, const struct seccomp_place *p, uint32_t reg, uint32_t high)
{
	if ((reg == T0 && p->t0 == WHOLE_SEPC) || (reg == T1 && p->t1 == WHOLE_SEPC))
		return seccomp_term_word(v, offsetof(struct seccomp_data, instruction_pointer) + high);
	if (reg < A0 || reg > A5 || (reg == A0 && p->a0 != SECCOMP_UNTOUCHED))
		return SECCOMP_NOTHING;
	return seccomp_term_word(v, (uint32_t)offsetof(struct seccomp_data, args) + 8 * (reg - A0) + high);
}

static uint32_t sign_extend(uint32_t x, uint32_t bits)
{
	const uint32_t sign = 1U << (bits - 1);

	return ((x & (2 * sign - 1)) ^ sign) - sign;
}

/*
 * The value that INSN, which computes from registers with values A and B, gives, or
 * SECCOMP_NOTHING.
 */
static uint16_t computed_by_register(struct seccomp_validate *v, uint32_t insn, uint16_t a, uint16_t b)
{
	const bool word = (insn & 0x7f) == 0x3b; /* of 32 bits, sign-extended */

	switch ((insn >> 25) << 3 | (insn >> 12 & 7)) {
	case 0 << 3 | 0:
		return word ? seccomp_term_binary(v, BPF_ADD, a, b) : SECCOMP_NOTHING;
	case 0x20 << 3 | 0:
		if (!word)
			return SECCOMP_NOTHING;
		return (insn >> 15 & 31) == ZERO ? seccomp_term_operate(v, BPF_NEG, b, 0)
						 : seccomp_term_binary(v, BPF_SUB, a, b);
	case 1 << 3 | 0:
		return word ? seccomp_term_binary(v, BPF_MUL, a, b) : SECCOMP_NOTHING;
	case 0 << 3 | 1:
		return word ? seccomp_term_binary(v, BPF_LSH, a, b) : SECCOMP_NOTHING;
	case 0 << 3 | 3:
		return word ? SECCOMP_NOTHING : seccomp_term_below(v, a, b);
	case 0 << 3 | 4:
		return word ? SECCOMP_NOTHING : seccomp_term_binary(v, BPF_XOR, a, b);
	case 0 << 3 | 5:
		return word ? seccomp_term_binary(v, BPF_RSH, a, b) : SECCOMP_NOTHING;
	case 1 << 3 | 5: /* divuw by 0 gives all ones, where a BPF program ends: only by a constant */
		return word && seccomp_term_is_constant(v, b) && v->term[b].k != 0
			       ? seccomp_term_binary(v, BPF_DIV, a, b)
			       : SECCOMP_NOTHING;
	case 0 << 3 | 6:
		return word ? SECCOMP_NOTHING : seccomp_term_binary(v, BPF_OR, a, b);
	case 0 << 3 | 7:
		return word ? SECCOMP_NOTHING : seccomp_term_binary(v, BPF_AND, a, b);
	default:
		return SECCOMP_NOTHING;
	}
}

/* The value that INSN, which computes from an immediate, gives, or SECCOMP_NOTHING. */
static uint16_t computed_value(struct seccomp_validate *v, struct seccomp_place *p, uint32_t insn)
{
	static const uint16_t bits_op[8] = { [4] = BPF_XOR, [6] = BPF_OR, [7] = BPF_AND };
	const uint32_t f3 = insn >> 12 & 7, f7 = insn >> 25, rs1 = insn >> 15 & 31, rs2 = insn >> 20 & 31;
	const uint32_t imm = sign_extend(insn >> 20, 12);

	switch (insn & 0x7f) {
	case 0x37: /* lui */
		return seccomp_term_constant(v, insn & 0xfffff000);
	case 0x13: /* addi from zero; xori, ori, andi; srai by 32 */
		if (f3 == 0)
			return rs1 == ZERO ? seccomp_term_constant(v, imm) : SECCOMP_NOTHING;
		if (f3 == 5)
			return imm == (0x400 | 32) ? half_of(v, p, rs1, 4) : SECCOMP_NOTHING;
		return bits_op[f3] != 0 ? seccomp_term_operate(v, bits_op[f3], value_in(v, p, rs1), imm)
					: SECCOMP_NOTHING;
	case 0x1b: /* addiw, slliw, srliw */
		if (f3 == 0 && imm == 0 && value_in(v, p, rs1) == SECCOMP_NOTHING)
			return half_of(v, p, rs1, 0);
		if (f3 == 0)
			return seccomp_term_operate(v, BPF_ADD, value_in(v, p, rs1), imm);
		return f7 == 0 && (f3 == 1 || f3 == 5)
			       ? seccomp_term_operate(v, f3 == 1 ? BPF_LSH : BPF_RSH, value_in(v, p, rs1), rs2)
			       : SECCOMP_NOTHING;
	case 0x33: /* xor, or, and, sltu */
	case 0x3b: /* addw, mulw, divuw, subw, sllw, srlw */
		return computed_by_register(v, insn, value_in(v, p, rs1), value_in(v, p, rs2));
	case 0x73: /* csrr t0, or t1, sepc */
		return (insn & ~(31U << 7)) == 0x14102073 ? WHOLE_SEPC : SECCOMP_NOTHING;
	default:
		return SECCOMP_NOTHING;
	}
}

/* Fills in what the branch INSN asks. False: it is not a comparison of a value with a constant. */
static bool branch_question(struct seccomp_validate *v, struct seccomp_place *p, uint32_t insn,
			    struct seccomp_question *q)
{
	const uint32_t f3 = insn >> 12 & 7;
	uint16_t a = value_in(v, p, insn >> 15 & 31);
	uint16_t b = value_in(v, p, insn >> 20 & 31);
	bool turned = false;

	if (seccomp_term_is_constant(v, a)) {
		const uint16_t c = a;

		a = b;
		b = c;
		turned = true;
	}
	if (a >= v->terms || seccomp_term_is_constant(v, a) || !seccomp_term_is_constant(v, b))
		return false;
	q->term = a;
	q->k = v->term[b].k;
	if (f3 <= 1)
		q->kind = SECCOMP_EQUAL;
	else if (f3 >= 6) /* unsigned below, or not: the word below K, or K below the word */
		q->kind = turned ? SECCOMP_ABOVE : SECCOMP_AT_LEAST;
	else
		return false;
	q->negated = f3 == 1 || (f3 == 6 && !turned) || (f3 == 7 && turned);
	return true;
}

enum seccomp_event seccomp_validate_code(struct seccomp_validate *v, struct seccomp_place *p, const uint32_t *code,
					 uint32_t n, struct seccomp_question *q, uint32_t *to, uint64_t *exit)
{
	while (p->at < n) {
		const uint32_t insn = code[p->at], op = insn & 0x7f, rd = insn >> 7 & 31;
		uint32_t distance;
		uint16_t r;

		switch (op) {
		case 0x63:
			distance = (insn >> 7 & 1) << 11 | (insn >> 25 & 63) << 5 | (insn >> 8 & 15) << 1;
			if (insn >> 31 != 0 || distance == 0 || distance % 4 != 0 || !branch_question(v, p, insn, q))
				return SECCOMP_BAD;
			*to = p->at + distance / 4;
			if (*to >= n)
				return SECCOMP_BAD;
			p->at++;
			return SECCOMP_ASKS;
		case 0x6f:
			distance = (insn >> 12 & 255) << 12 | (insn >> 20 & 1) << 11 | (insn >> 21 & 1023) << 1;
			if (insn >> 31 != 0 || rd != ZERO || distance == 0 || distance % 4 != 0)
				return SECCOMP_BAD;
			distance = p->at + distance / 4;
			if (distance >= n)
				return SECCOMP_BAD;
			p->at = (uint16_t)distance;
			break;
		case 0x67:
			r = value_in(v, p, T0);
			if ((insn & 0xfffff) != 0x28067 || !seccomp_term_is_constant(v, r)) /* jr imm(t0) */
				return SECCOMP_BAD;
			*exit = ((uint64_t)(int64_t)(int32_t)v->term[r].k +
				 (uint64_t)(int64_t)(int32_t)sign_extend(insn >> 20, 12)) &
				~(uint64_t)1;
			return SECCOMP_ENDS;
		default:
			r = computed_value(v, p, insn);
			if (r == SECCOMP_NOTHING || register_slot(p, rd) == NULL || (r == WHOLE_SEPC && rd == A0))
				return SECCOMP_BAD;
			*register_slot(p, rd) = r;
			p->at++;
			break;
		}
	}
	return SECCOMP_BAD;
}
