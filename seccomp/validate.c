/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * validate.c - translation validation: executes a filter's program and the machine code that was
 * made of it for one number side by side, symbolically, with the arguments unknown.
 *
 * Called by number.c. At each branch of the code the program must be at a jump that asks the same
 * of the same value; then both ways are followed. Where the code leaves, the program's answer must
 * allow it. The only code shared with what makes the code is seccomp_way_answer(), which says what
 * an answer means on a stack. So a mistake in specialise.c, residual.c or rv64.c costs only speed:
 * calls with that number then go to the judge. Instructions of BPF mean what run.c makes of them.
 */
#include "validate.h"

#include <abi/audit.h>

#include "pause.h"
#include "way.h"

/* ---- the program ---- */

static bool test_holds(uint16_t op, uint32_t a, uint32_t k)
{
	return op == BPF_JEQ ? a == k : op == BPF_JGT ? a > k : op == BPF_JGE ? a >= k : (a & k) != 0;
}

/* Fills in what a jump asks of A with operand K. */
static void fill_question(struct seccomp_validate *v, uint16_t op, uint16_t a, uint32_t k, struct seccomp_question *q)
{
	*q = (struct seccomp_question){ .kind = op == BPF_JGT	? SECCOMP_ABOVE
						: op == BPF_JGE ? SECCOMP_AT_LEAST
								: SECCOMP_EQUAL,
					.term = a,
					.k = k };
	if (op == BPF_JSET) { /* some bit is not 0 */
		q->term = seccomp_term_operate(v, BPF_AND, a, k);
		q->k = 0;
		q->negated = true;
	}
}

/*
 * Fills in what a jump asks of A and X, where X is unknown, as a question about one value: A ^ X,
 * A & X, or "is one below the other".
 */
static void ask_both(struct seccomp_validate *v, uint16_t op, uint16_t a, uint16_t x, struct seccomp_question *q)
{
	*q = (struct seccomp_question){ .kind = SECCOMP_EQUAL };
	if (op == BPF_JEQ) {
		q->term = seccomp_term_binary(v, BPF_XOR, a, x);
	} else if (op == BPF_JSET) {
		q->term = seccomp_term_binary(v, BPF_AND, a, x);
		q->negated = true;
	} else if (op == BPF_JGT) {
		q->term = seccomp_term_below(v, x, a);
		q->k = 1;
	} else {
		q->term = seccomp_term_below(v, a, x);
	}
}

/*
 * Fills in what the jump I asks. False: A and the operand are known, so there is no question, and
 * *NOW says whether I holds.
 */
static bool jump_asks(struct seccomp_validate *v, const struct seccomp_place *p, struct sock_filter i,
		      struct seccomp_question *q, bool *now)
{
	const bool by_x = BPF_SRC(i.code) == BPF_X;
	uint32_t k = i.k;

	if (by_x && !seccomp_term_is_constant(v, p->x)) {
		ask_both(v, BPF_OP(i.code), p->a, p->x, q);
		return true;
	}
	if (by_x)
		k = v->term[p->x].k;
	if (!seccomp_term_is_constant(v, p->a)) {
		fill_question(v, BPF_OP(i.code), p->a, k, q);
		return true;
	}
	*now = test_holds(BPF_OP(i.code), v->term[p->a].k, k);
	return false;
}

/* The value of A after the arithmetic instruction I, whose divisor is not 0. */
static uint16_t term_after(struct seccomp_validate *v, const struct seccomp_place *p, struct sock_filter i)
{
	const uint16_t op = BPF_OP(i.code);

	if (op == BPF_NEG)
		return seccomp_term_operate(v, op, p->a, 0);
	if (BPF_SRC(i.code) == BPF_X)
		return seccomp_term_binary(v, op, p->a, p->x);
	if (op == BPF_SUB)
		return seccomp_term_operate(v, BPF_ADD, p->a, 0 - i.k);
	return seccomp_term_operate(v, op, p->a, op == BPF_LSH || op == BPF_RSH ? i.k % 32 : i.k);
}

/* The value that the load I loads. */
static uint16_t loaded_term(struct seccomp_validate *v, const struct seccomp_place *p, struct sock_filter i,
			    uint32_t nr)
{
	if (BPF_MODE(i.code) == BPF_MEM)
		return p->m[i.k];
	if (BPF_MODE(i.code) == BPF_IMM)
		return seccomp_term_constant(v, i.k);
	if (BPF_MODE(i.code) == BPF_LEN)
		return seccomp_term_constant(v, sizeof(struct seccomp_data));
	if (i.k < offsetof(struct seccomp_data, instruction_pointer))
		return seccomp_term_constant(v, i.k == 0 ? nr : AUDIT_ARCH_RISCV64);
	return seccomp_term_word(v, i.k);
}

static enum seccomp_event end_with_a(const struct seccomp_validate *v, uint16_t a, uint32_t *ret)
{
	if (a >= v->terms)
		return SECCOMP_BAD;
	if (v->term[a].unknown)
		return SECCOMP_ENDS_UNKNOWN;
	*ret = v->term[a].k;
	return SECCOMP_ENDS;
}

enum seccomp_event seccomp_validate_program(struct seccomp_validate *v, struct seccomp_place *p,
					    const struct seccomp_claim *c, uint32_t *steps, struct seccomp_question *q,
					    uint32_t *ret)
{
	for (; *steps > 0; (*steps)--) {
		const struct sock_filter i = c->program[p->pc];
		bool now;

		/* The most frequent case: a comparison of the number. */
		if (i.code == (BPF_JMP | BPF_JEQ | BPF_K) && seccomp_term_is_constant(v, p->a)) {
			p->pc += 1U + (v->term[p->a].k == i.k ? i.jt : i.jf);
			continue;
		}
		switch (BPF_CLASS(i.code)) {
		case BPF_LD:
			p->a = loaded_term(v, p, i, c->nr);
			break;
		case BPF_LDX:
			p->x = loaded_term(v, p, i, c->nr);
			break;
		case BPF_ST:
			p->m[i.k] = p->a;
			break;
		case BPF_STX:
			p->m[i.k] = p->x;
			break;
		case BPF_ALU:
			if (i.code == (BPF_ALU | BPF_DIV | BPF_X)) {
				if (!seccomp_term_is_constant(v, p->x))
					return SECCOMP_BAD;
				if (v->term[p->x].k == 0) {
					*ret = SECCOMP_RET_KILL_THREAD;
					return SECCOMP_ENDS;
				}
			}
			p->a = term_after(v, p, i);
			break;
		case BPF_JMP:
			if (BPF_OP(i.code) == BPF_JA) {
				p->pc += i.k;
				break;
			}
			if (jump_asks(v, p, i, q, &now))
				return q->term < v->terms ? SECCOMP_ASKS : SECCOMP_BAD;
			p->pc += now ? i.jt : i.jf;
			break;
		case BPF_RET:
			*ret = i.k;
			return BPF_RVAL(i.code) == BPF_A ? end_with_a(v, p->a, ret) : SECCOMP_ENDS;
		default:
			if (BPF_MISCOP(i.code) == BPF_TAX)
				p->x = p->a;
			else
				p->a = p->x;
			break;
		}
		p->pc++;
	}
	return SECCOMP_BAD;
}

/* ---- both ---- */

/* May the code leave for EXIT with the registers in P, given what the program answers from P on? */
static bool may_leave(struct seccomp_validate *v, struct seccomp_place *p, const struct seccomp_claim *c, uint64_t exit,
		      uint32_t *steps)
{
	uint32_t answer;
	struct seccomp_question q;

	if (exit == c->exits->judge)
		return p->a0 == SECCOMP_UNTOUCHED;
	if (seccomp_validate_program(v, p, c, steps, &q, &answer) != SECCOMP_ENDS)
		return false;
	answer = seccomp_way_answer(answer, c->log, c->below, c->stricter);
	if (exit == c->exits->run)
		return p->a0 == SECCOMP_UNTOUCHED && (answer & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW;
	return exit == c->exits->refuse && (answer & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ERRNO &&
	       seccomp_term_is_constant(v, p->a0) && v->term[p->a0].k == 0 - (answer & SECCOMP_RET_DATA);
}

static bool same_place(const struct seccomp_place *a, const struct seccomp_place *b)
{
	if (a->pc != b->pc || a->at != b->at || a->t0 != b->t0 || a->t1 != b->t1 || a->a0 != b->a0 || a->a != b->a ||
	    a->x != b->x)
		return false;
	for (uint32_t i = 0; i < BPF_MEMWORDS; i++)
		if (a->m[i] != b->m[i])
			return false;
	return true;
}

/* Adds P to the places that are to be followed. False: there is no room. */
static bool add_place(struct seccomp_validate *v, const struct seccomp_place *p)
{
	for (uint32_t i = 0; i < v->places; i++)
		if (same_place(&v->place[i], p))
			return true;
	if (v->places == SECCOMP_VALIDATE_PLACES)
		return false;
	v->place[v->places++] = *p;
	return true;
}

bool seccomp_rv64_valid(struct seccomp_validate *v, const struct seccomp_claim *claim, const uint32_t *code, uint32_t n,
			uint32_t *steps)
{
	struct seccomp_place first = { .t0 = SECCOMP_NOTHING, .t1 = SECCOMP_NOTHING, .a0 = SECCOMP_UNTOUCHED };

	v->terms = 0;
	v->places = 0;
	(void)seccomp_term_constant(v, 0); /* value 0: A, X and the scratch words at first */
	if (!add_place(v, &first))
		return false;
	for (uint32_t i = 0; i < v->places; i++) {
		struct seccomp_place p = v->place[i];
		struct seccomp_question of_code, of_program;
		const uint32_t before = *steps;
		uint32_t to, ret;
		uint64_t exit;

		switch (seccomp_validate_code(v, &p, code, n, &of_code, &to, &exit)) {
		case SECCOMP_BAD:
		case SECCOMP_ENDS_UNKNOWN:
			return false;
		case SECCOMP_ENDS:
			if (!may_leave(v, &p, claim, exit, steps))
				return false;
			break;
		case SECCOMP_ASKS: {
			const uint16_t next = p.at;

			if (seccomp_validate_program(v, &p, claim, steps, &of_program, &ret) != SECCOMP_ASKS ||
			    of_code.kind != of_program.kind || of_code.term != of_program.term ||
			    of_code.k != of_program.k)
				return false;

			const struct sock_filter jump = claim->program[p.pc];
			const bool same = of_code.negated == of_program.negated;
			const uint32_t pc = p.pc + 1;

			p.at = (uint16_t)to;
			p.pc = pc + (same ? jump.jt : jump.jf);
			if (!add_place(v, &p))
				return false;
			p.at = next;
			p.pc = pc + (same ? jump.jf : jump.jt);
			if (!add_place(v, &p))
				return false;
			break;
		}
		}
		seccomp_pause((before - *steps) * SECCOMP_STEP_WORK);
	}
	return true;
}
