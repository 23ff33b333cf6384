/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbolic.c - runs a program over a box with unknown arguments: every way at once; see symbolic.h.
 *
 * All jumps of a filter lead forward, so one pass is enough: what is known before an instruction is
 * merged from all ways that lead to it.
 */
#include "symbolic.h"

#include <string.h>

#include "build.h"
#include "seccomp.h"
#include "symbolic_rules.h"

/*
 * A register: a constant, the number or the architecture as it came (of a
 * box that is a range), or a term.
 */
enum holds {
	HOLDS_CONSTANT = 0,
	HOLDS_NR,
	HOLDS_ARCH,
	HOLDS_TERM,
};

struct reg {
	enum holds holds;
	uint32_t k;
	Z3_ast term;
};

struct machine {
	uint32_t run; /* that reached it last */
	Z3_ast when;  /* NULL: always */
	struct reg a, x, m[BPF_MEMWORDS];
};

struct run {
	struct symbols *sym;
	struct arena *arena;
	const struct box *box;
	const struct sock_filter *insns;
	uint32_t len, pc;
	struct machine *at;
	struct outcomes *out;
	struct cut *cut;
};

static struct reg constant_reg(uint32_t k)
{
	return (struct reg){ .k = k };
}

static struct reg term_reg(Z3_ast t)
{
	return (struct reg){ .holds = HOLDS_TERM, .term = t };
}

static Z3_ast term_of(struct run *r, const struct reg *v)
{
	switch (v->holds) {
	case HOLDS_CONSTANT:
		return symbol_constant(r->sym, v->k);
	case HOLDS_NR:
		return symbol_word(r->sym, SECCOMP_NR);
	case HOLDS_ARCH:
		return symbol_word(r->sym, SECCOMP_ARCH);
	case HOLDS_TERM:
		break;
	}
	return v->term;
}

static struct reg load_word(struct run *r, uint32_t offset)
{
	if (offset == SECCOMP_NR)
		return r->box->nr[0] == r->box->nr[1] ? constant_reg(r->box->nr[0]) : (struct reg){ .holds = HOLDS_NR };
	if (offset == SECCOMP_ARCH)
		return r->box->arch[0] == r->box->arch[1] ? constant_reg(r->box->arch[0])
							  : (struct reg){ .holds = HOLDS_ARCH };
	return term_reg(symbol_word(r->sym, offset));
}

/* ---- merging ---- */

static struct reg merge_reg(struct run *r, Z3_ast when, const struct reg *a, const struct reg *b)
{
	if (a->holds == b->holds && a->k == b->k && a->term == b->term)
		return *a;
	return term_reg(Z3_mk_ite(r->sym->z3, when, term_of(r, a), term_of(r, b)));
}

/* M goes on at instruction PC, if WHEN (NULL: always). */
static void go_to(struct run *r, const struct machine *m, Z3_ast when, uint32_t pc)
{
	struct machine *to = &r->at[pc];

	if (to->run != r->sym->run) {
		*to = *m;
		to->when = when;
		return;
	}
	/* Two ways can only meet if each is under a condition. */
	to->a = merge_reg(r, when, &m->a, &to->a);
	to->x = merge_reg(r, when, &m->x, &to->x);
	for (size_t i = 0; i < BPF_MEMWORDS; i++)
		to->m[i] = merge_reg(r, when, &m->m[i], &to->m[i]);
	to->when = Z3_mk_or(r->sym->z3, 2, (Z3_ast[]){ to->when, when });
}

static void end_with(struct run *r, Z3_ast when, const struct reg *ret)
{
	struct outcome o = { .when = when, .pc = r->pc };

	if (ret->holds == HOLDS_CONSTANT)
		o.ret.k = ret->k;
	else
		o.ret.term = term_of(r, ret);
	r->out->list = arena_grow(r->arena, r->out->list, r->out->n, 1, sizeof(*r->out->list), &r->out->room);
	r->out->list[r->out->n++] = o;
}

/* ---- instructions ---- */

static uint32_t constant_alu(uint16_t op, uint32_t a, uint32_t b)
{
	switch (op) {
	case BPF_ADD:
		return a + b;
	case BPF_SUB:
		return a - b;
	case BPF_MUL:
		return a * b;
	case BPF_DIV:
		return b != 0 ? a / b : 0;
	case BPF_OR:
		return a | b;
	case BPF_AND:
		return a & b;
	case BPF_XOR:
		return a ^ b;
	case BPF_LSH:
		return a << (b & 31);
	case BPF_RSH:
		return a >> (b & 31);
	default:
		return 0 - a;
	}
}

/*
 * A division by X ends the thread where X is 0. Returns false if that is always so; else
 * M->when says that it is not 0.
 */
static bool check_divisor(struct run *r, struct machine *m, const struct reg *x)
{
	const struct reg killed = constant_reg(SECCOMP_RET_KILL_THREAD);
	Z3_ast zero;

	if (x->holds == HOLDS_CONSTANT) {
		if (x->k == 0)
			end_with(r, m->when, &killed);
		return x->k != 0;
	}
	zero = Z3_mk_eq(r->sym->z3, term_of(r, x), symbol_constant(r->sym, 0));
	end_with(r, both_terms(r->sym, m->when, zero), &killed);
	m->when = both_terms(r->sym, m->when, Z3_mk_not(r->sym->z3, zero));
	return true;
}

static void step_alu(struct run *r, struct machine *m, const struct sock_filter *i)
{
	const struct reg operand = BPF_SRC(i->code) == BPF_X ? m->x : constant_reg(i->k);
	const uint16_t op = BPF_OP(i->code);

	if (op == BPF_DIV && !check_divisor(r, m, &operand))
		return;
	if (m->a.holds == HOLDS_CONSTANT && (operand.holds == HOLDS_CONSTANT || op == BPF_NEG))
		m->a = constant_reg(constant_alu(op, m->a.k, operand.k));
	else
		m->a = term_reg(symbol_alu(r->sym, op, term_of(r, &m->a), term_of(r, &operand)));
	go_to(r, m, m->when, r->pc + 1);
}

/*
 * The number or the architecture, in the range of the box, compared with a constant: 1, 0, or -1 if
 * that needs a cut or, for JSET, a term.
 */
static int compare_range(struct run *r, const struct reg *a, uint16_t op, uint32_t k)
{
	const uint32_t *range = a->holds == HOLDS_NR ? r->box->nr : r->box->arch;
	const enum test test = op == BPF_JEQ ? TEST_EQ : op == BPF_JGT ? TEST_GT : TEST_GE;
	uint64_t at = 0;
	int holds;

	if (op == BPF_JSET)
		return -1;
	holds = range_compares(range, test, k, &at);
	if (holds < 0)
		*r->cut = (struct cut){ true, a->holds == HOLDS_ARCH, (uint32_t)at };
	return holds;
}

static void step_jump(struct run *r, struct machine *m, const struct sock_filter *i)
{
	const struct reg operand = BPF_SRC(i->code) == BPF_X ? m->x : constant_reg(i->k);
	const bool fixed = operand.holds == HOLDS_CONSTANT;
	const uint32_t yes = r->pc + 1 + i->jt, no = r->pc + 1 + i->jf;
	int known = -1;
	Z3_ast holds;

	if (BPF_OP(i->code) == BPF_JA) {
		go_to(r, m, m->when, r->pc + 1 + i->k);
		return;
	}
	if (fixed && m->a.holds == HOLDS_CONSTANT)
		known = seccomp_holds((uint16_t)(BPF_JMP | BPF_OP(i->code) | BPF_K), m->a.k, operand.k);
	else if (fixed && m->a.holds != HOLDS_TERM)
		known = compare_range(r, &m->a, BPF_OP(i->code), operand.k);
	if (r->cut->needed)
		return;
	if (known >= 0 || yes == no) {
		go_to(r, m, m->when, known == 1 ? yes : no);
		return;
	}
	holds = term_of(r, &m->a);
	holds = symbol_compare(r->sym, BPF_OP(i->code), holds, term_of(r, &operand));
	go_to(r, m, both_terms(r->sym, m->when, holds), yes);
	go_to(r, m, both_terms(r->sym, m->when, Z3_mk_not(r->sym->z3, holds)), no);
}

static void step_load(struct run *r, struct machine *m, const struct sock_filter *i)
{
	struct reg *to = BPF_CLASS(i->code) == BPF_LD ? &m->a : &m->x;

	switch (BPF_MODE(i->code)) {
	case BPF_ABS:
		*to = load_word(r, i->k);
		break;
	case BPF_IMM:
		*to = constant_reg(i->k);
		break;
	case BPF_MEM:
		*to = m->m[i->k];
		break;
	default:
		*to = constant_reg(sizeof(struct seccomp_data));
		break;
	}
	go_to(r, m, m->when, r->pc + 1);
}

static void step_machine(struct run *r, struct machine *m, const struct sock_filter *i)
{
	const struct reg k = constant_reg(i->k);

	switch (BPF_CLASS(i->code)) {
	case BPF_LD:
	case BPF_LDX:
		step_load(r, m, i);
		return;
	case BPF_ALU:
		step_alu(r, m, i);
		return;
	case BPF_JMP:
		step_jump(r, m, i);
		return;
	case BPF_RET:
		end_with(r, m->when, BPF_RVAL(i->code) == BPF_A ? &m->a : &k);
		return;
	case BPF_ST:
		m->m[i->k] = m->a;
		break;
	case BPF_STX:
		m->m[i->k] = m->x;
		break;
	default:
		if (BPF_MISCOP(i->code) == BPF_TAX)
			m->x = m->a;
		else
			m->a = m->x;
		break;
	}
	go_to(r, m, m->when, r->pc + 1);
}

static void run_program(struct run *r)
{
	r->at[0] = (struct machine){ .run = r->sym->run };
	for (r->pc = 0; r->pc < r->len && !r->cut->needed; r->pc++) {
		struct machine m;

		if (r->at[r->pc].run != r->sym->run)
			continue;
		m = r->at[r->pc];
		step_machine(r, &m, &r->insns[r->pc]);
	}
}

void symbolic_outcomes(struct symbols *sym, struct arena *arena, const struct subject *s, const struct box *box,
		       struct outcomes *out, struct cut *cut)
{
	struct run r = {
		.sym = sym, .arena = arena, .box = box, .insns = s->insns, .len = s->len, .out = out, .cut = cut
	};

	*cut = (struct cut){ 0 };
	out->n = 0;
	if (s->insns == NULL) {
		symbolic_rules(sym, arena, s->policy, box, out, cut);
		return;
	}
	sym->states = arena_grow(&sym->arena, sym->states, 0, s->len, sizeof(*r.at), &sym->room);
	sym->run++;
	r.at = sym->states;
	run_program(&r);
}
