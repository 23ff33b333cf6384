/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * number.c - where one system-call number goes when one more filter comes on a
 * stack, and the machine code for it.
 *
 * Called by kernel/gate/gate_code.c when a filter is installed, and by tests, proofs and fuzzers,
 * so that these are about what runs.
 */
#include <abi/audit.h>

#include "way.h"

#define FEW 8U /* tests, which are made as they are; of more, a search is faster */

/* What the code of number NR is to be. */
struct wanted {
	const struct seccomp_newer *newer;
	struct seccomp_claim claim;
	uint32_t *out, room;
};

/* The code of a residual. */
static uint32_t code_of_residual(struct seccomp_work *w, const struct wanted *x, struct sock_filter *residual,
				 uint32_t len)
{
	uint32_t n;

	(void)seccomp_residual_on(residual, len, x->claim.log, x->claim.below, x->claim.stricter);
	n = x->room < SECCOMP_RV64_MAX ? 0 : seccomp_rv64_emit(residual, len, x->claim.exits, x->out);
	/* Whatever it was made by: it is used only if it says what the filter says. */
	return n != 0 && seccomp_rv64_valid(&w->validate, &x->claim, x->out, n, &w->steps) ? n : 0;
}

/* The code of what W has found, with a search. */
static uint32_t code_of_tests(struct seccomp_work *w, const struct wanted *x)
{
	uint32_t n;

	w->choices.rest = w->rest;
	n = seccomp_search_emit(&w->search, &w->choices, &w->specialise, x->claim.exits, x->out, x->room);
	w->steps = w->specialise.steps;
	return n != 0 && seccomp_rv64_search_valid(&w->check, &w->choices, &x->claim, x->out, n, &w->steps) ? n : 0;
}

/*
 * Passes the answers that W has found through seccomp_way_answer(). False: they are all the
 * judge's.
 */
static bool answers_on(struct seccomp_work *w, const struct seccomp_claim *claim, bool *stricter)
{
	struct seccomp_specialise *s = &w->specialise;
	bool any = false;

	for (uint32_t i = 0; i < s->answers; i++)
		w->answer[i] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, s->answer[i]);
	*stricter = seccomp_residual_on(w->answer, s->answers, claim->log, claim->below, claim->stricter);
	for (uint32_t i = 0; i < s->answers; i++) {
		s->answer[i] = w->answer[i].k;
		any = any || s->answer[i] != SECCOMP_RET_KILL_PROCESS;
	}
	return any;
}

/* What the new filter's program comes to for the number, into W. False: that is not understood. */
static bool specialise(struct seccomp_work *w, const struct wanted *x)
{
	const struct sock_filter *insns = x->newer->program->insns;
	struct seccomp_specialise *s = &w->specialise;
	bool understood;

	s->steps = w->steps;
	s->words = false;
	understood = seccomp_specialise_tests(s, insns, x->claim.nr, AUDIT_ARCH_RISCV64);
	if (!understood) {
		s->words = true;
		understood = seccomp_specialise_tests(s, insns, x->claim.nr, AUDIT_ARCH_RISCV64);
	}
	w->steps = s->steps;
	return understood;
}

/*
 * The code of a number that NEWER asks the arguments for, or whose answer it is that counts; 0:
 * there is none. *STRICTER becomes that of the stack with it.
 */
static uint32_t code_of(struct seccomp_work *w, const struct wanted *x, bool *stricter)
{
	struct seccomp_specialise *s = &w->specialise;
	struct sock_filter residual[SECCOMP_RESIDUAL_MAX];
	uint32_t len = 0;

	if (seccomp_answer_is_constant(x->newer->own, x->claim.nr)) {
		residual[0] = *x->claim.program;
		len = 1;
		s->answers = 1;
		s->answer[0] = residual[0].k;
	} else if (!specialise(w, x)) {
		return 0;
	} else if (!s->words && s->tests <= FEW) {
		len = seccomp_residual_write(s, x->claim.program, residual);
	}
	if (!answers_on(w, &x->claim, stricter) || x->room == 0)
		return 0;
	return len != 0 ? code_of_residual(w, x, residual, len) : code_of_tests(w, x);
}

uint32_t seccomp_way_on(struct seccomp_work *w, const struct seccomp_newer *newer, uint32_t nr,
			const struct seccomp_way *below, const struct seccomp_rv64_exits *exits,
			struct seccomp_way *way, uint32_t *out, uint32_t room)
{
	const struct sock_filter constant = BPF_STMT(BPF_RET | BPF_K, newer->own->ret[nr]);
	struct wanted x = { .newer = newer, .out = out, .room = room };
	struct seccomp_rv64_exits onward = *exits;
	uint32_t n = 0;

	*way = (struct seccomp_way){ .kind = SECCOMP_WAY_JUDGE };
	switch (seccomp_way_plan(newer->stack, newer->own, nr, below->kind)) {
	case SECCOMP_PLAN_JUDGE:
		break;
	case SECCOMP_PLAN_CONSTANT:
		way->ret = newer->stack->ret[nr];
		way->kind = seccomp_way_constant(way->ret);
		way->to = exits->run;
		break;
	case SECCOMP_PLAN_BELOW:
		*way = *below;
		break;
	case SECCOMP_PLAN_CODE:
		/* Where the older filters always refuse, nothing goes on. */
		onward.run = below->kind == SECCOMP_WAY_ERRNO ? exits->judge : below->to;
		way->stricter = below->stricter;
		x.claim = (struct seccomp_claim){
			.program = seccomp_answer_is_constant(newer->own, nr) ? &constant : newer->program->insns,
			.nr = nr,
			.below = below->kind == SECCOMP_WAY_ERRNO ? below->ret : SECCOMP_RET_ALLOW,
			.log = newer->log,
			.stricter = below->stricter,
			.exits = &onward,
		};
		n = code_of(w, &x, &way->stricter);
		if (n != 0)
			way->kind = SECCOMP_WAY_CODE;
		break;
	}
	return n;
}
