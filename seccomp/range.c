/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * range.c - what a filter answers to numbers for which a gate has no entry: 512 and above, which
 * includes -1.
 *
 * Called when a filter is installed. Follows the program for one number with the arguments unknown,
 * and keeps the range of numbers that would have gone the same way.
 */
#include "fold.h"
#include "seccomp.h"

enum kind { CONSTANT, NUMBER, UNKNOWN };

struct value {
	enum kind kind;
	uint32_t k;
};

struct machine {
	uint32_t nr;
	struct seccomp_range *range;
	struct value a, x, m[BPF_MEMWORDS];
};

/*
 * Stores in *K the constant that V is for the number that is followed. If V is the number itself,
 * the range shrinks to that number. False: V depends on the arguments.
 */
static bool pin_constant(struct machine *s, struct value v, uint32_t *k)
{
	*k = v.kind == NUMBER ? s->nr : v.k;
	if (v.kind == NUMBER) {
		s->range->first = s->nr;
		s->range->last = s->nr;
	}
	return v.kind != UNKNOWN;
}

/*@ requires \valid(s) && \valid(s->range) && \separated(s, s->range);
    assigns s->range->first;
    ensures s->range->first == (k > \old(s->range->first) ? k : \old(s->range->first));
*/
static void at_least(struct machine *s, uint32_t k)
{
	if (k > s->range->first)
		s->range->first = k;
}

/*@ requires \valid(s) && \valid(s->range) && \separated(s, s->range);
    assigns s->range->last;
    ensures s->range->last == (k < \old(s->range->last) ? k : \old(s->range->last));
*/
static void at_most(struct machine *s, uint32_t k)
{
	if (k < s->range->last)
		s->range->last = k;
}

/*
 * Does the jump CODE hold for the number and K? Numbers for which it goes the other way are removed
 * from the range.
 */
/*@ requires \valid(s) && \valid(s->range) && \separated(s, s->range);
    requires conditional(code) && s->range->first <= s->nr <= s->range->last;
    assigns s->range->first, s->range->last;
    ensures \result <==> holds(code, s->nr, k) == 1;
    ensures s->range->first <= s->nr <= s->range->last;
    ensures \old(s->range->first) <= s->range->first && s->range->last <= \old(s->range->last);
    ensures \forall integer n; s->range->first <= n <= s->range->last ==> holds(code, n, k) == holds(code, s->nr, k);
*/
static bool number_holds(struct machine *s, uint16_t code, uint32_t k)
{
	const bool holds = seccomp_holds(code, s->nr, k);

	switch (code) {
	case BPF_JMP | BPF_JEQ | BPF_K:
	case BPF_JMP | BPF_JEQ | BPF_X:
		if (s->nr >= k)
			at_least(s, holds ? k : k + 1);
		if (s->nr <= k)
			at_most(s, holds ? k : k - 1);
		break;
	case BPF_JMP | BPF_JGT | BPF_K:
	case BPF_JMP | BPF_JGT | BPF_X:
		if (holds)
			at_least(s, k + 1);
		else
			at_most(s, k);
		break;
	case BPF_JMP | BPF_JGE | BPF_K:
	case BPF_JMP | BPF_JGE | BPF_X:
		if (holds)
			at_least(s, k);
		else
			at_most(s, k - 1);
		break;
	default:
		at_least(s, s->nr);
		at_most(s, s->nr);
		break;
	}
	return holds;
}

/* Where the jump I leads, in *SKIP. False: that depends on the arguments. */
static bool follow_jump(struct machine *s, struct sock_filter i, uint32_t *skip)
{
	const bool by_x = BPF_SRC(i.code) == BPF_X;
	uint32_t a, k = i.k;

	if (BPF_OP(i.code) == BPF_JA) {
		*skip = i.k;
		return true;
	}
	if (by_x && !pin_constant(s, s->x, &k))
		return false;
	if (s->a.kind == NUMBER) {
		*skip = number_holds(s, i.code, k) ? i.jt : i.jf;
		return true;
	}
	if (!pin_constant(s, s->a, &a))
		return false;
	*skip = seccomp_holds(i.code, a, k) ? i.jt : i.jf;
	return true;
}

/* Executes an arithmetic instruction. False: it divides by X, which may be 0. */
static bool compute_insn(struct machine *s, struct sock_filter i)
{
	const bool by_x = BPF_SRC(i.code) == BPF_X;
	uint32_t a, x = 0;
	const bool x_known = !by_x || pin_constant(s, s->x, &x);

	if (i.code == (BPF_ALU | BPF_DIV | BPF_X) && (!x_known || x == 0))
		return false;
	if (x_known && pin_constant(s, s->a, &a))
		s->a = (struct value){ CONSTANT, fold_insn(i, a, x) };
	else
		s->a = (struct value){ UNKNOWN, 0 };
	return true;
}

/* The value that the load I loads. */
static struct value load_word(const struct machine *s, struct sock_filter i, uint32_t arch)
{
	switch (BPF_MODE(i.code)) {
	case BPF_ABS:
		if (i.k == offsetof(struct seccomp_data, nr))
			return (struct value){ NUMBER, 0 };
		return i.k == offsetof(struct seccomp_data, arch) ? (struct value){ CONSTANT, arch }
								  : (struct value){ UNKNOWN, 0 };
	case BPF_MEM:
		return s->m[i.k];
	case BPF_LEN:
		return (struct value){ CONSTANT, sizeof(struct seccomp_data) };
	default:
		return (struct value){ CONSTANT, i.k };
	}
}

void seccomp_range_program(struct seccomp_range *range, const struct sock_filter *insns, uint32_t nr, uint32_t arch)
{
	struct machine s = { .nr = nr, .range = range };
	uint32_t skip;

	*range = (struct seccomp_range){ .constant = false, .first = 0, .last = UINT32_MAX };
	for (uint32_t pc = 0;; pc++) { /* a checked program ends in a return on every path */
		const struct sock_filter i = insns[pc];

		/* The most frequent case: a comparison with another number. */
		if (i.code == (BPF_JMP | BPF_JEQ | BPF_K) && s.a.kind == NUMBER && i.k != nr) {
			if (i.k < nr)
				at_least(&s, i.k + 1);
			else
				at_most(&s, i.k - 1);
			pc += i.jf;
			continue;
		}
		switch (BPF_CLASS(i.code)) {
		case BPF_LD:
			s.a = load_word(&s, i, arch);
			break;
		case BPF_LDX:
			s.x = load_word(&s, i, arch);
			break;
		case BPF_ST:
			s.m[i.k] = s.a;
			break;
		case BPF_STX:
			s.m[i.k] = s.x;
			break;
		case BPF_ALU:
			if (!compute_insn(&s, i))
				return;
			break;
		case BPF_JMP:
			if (!follow_jump(&s, i, &skip))
				return;
			pc += skip;
			break;
		case BPF_RET:
			range->ret = i.k;
			range->constant = BPF_RVAL(i.code) != BPF_A || pin_constant(&s, s.a, &range->ret);
			return;
		default:
			if (BPF_MISCOP(i.code) == BPF_TAX)
				s.x = s.a;
			else
				s.a = s.x;
			break;
		}
	}
}

/*@ requires \valid(stack) && \valid_read(newer) && \separated(stack, newer);
    assigns *stack;
    ensures answer: stack->constant ==> \old(stack->constant) && newer->constant &&
      stack->ret == on_top(newer->ret, \old(stack->ret));
    ensures logged: stack->constant && log ==> stricter(stack->ret, newer->ret) || stack->ret == SECCOMP_RET_ALLOW;
    ensures numbers: \forall integer n; stack->first <= n <= stack->last <==>
      \old(stack->first) <= n <= \old(stack->last) && newer->first <= n <= newer->last;
*/
void seccomp_range_add(struct seccomp_range *stack, const struct seccomp_range *newer, bool log)
{
	const bool refuses = seccomp_stricter(newer->ret, SECCOMP_RET_ALLOW);
	const uint32_t own = refuses ? newer->ret : SECCOMP_RET_ALLOW;

	/* An answer that its filter logs is left to the judge. */
	stack->constant =
		stack->constant && newer->constant && (!log || !refuses || seccomp_stricter(stack->ret, newer->ret));
	if (!seccomp_stricter(stack->ret, own))
		stack->ret = own;
	if (newer->first > stack->first)
		stack->first = newer->first;
	if (newer->last < stack->last)
		stack->last = newer->last;
}
