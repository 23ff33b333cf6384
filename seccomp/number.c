/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * number.c - the machine code for one system-call number when a filter is added to a stack.
 *
 * Called by seccomp_way_on(). The program is first specialised for the number (specialise.c). A few
 * tests become a residual program, which rv64.c translates; more become a decision graph, for which
 * search.c writes a binary search. Either code is used only if a validator (validate.c,
 * validate_search.c) finds that it does what the filter says. Otherwise calls with the number go to
 * the judge.
 */
#include <abi/audit.h>

#include "way.h"

#define FEW 8U /* up to so many tests are written one after the other; with more, a search is faster */

/* What the code has to be. */
struct wanted {
	const struct seccomp_newer *newer;
	const struct seccomp_claim *claim;
	uint32_t *out, room;
};

/* Writes the code of RESIDUAL, of LEN instructions. Returns its length; 0: none, or not valid. */
static uint32_t code_of_residual(struct seccomp_work *w, const struct wanted *x, struct sock_filter *residual,
				 uint32_t len)
{
	uint32_t n;

	(void)seccomp_residual_on(residual, len, x->claim->log, x->claim->below, x->claim->stricter);
	n = x->room < SECCOMP_RV64_MAX ? 0 : seccomp_rv64_emit(residual, len, x->claim->exits, x->out);
	return n != 0 && seccomp_rv64_valid(&w->validate, x->claim, x->out, n, &w->steps) ? n : 0;
}

/* Writes code with a search for the tests in W. Returns its length; 0: none, or not valid. */
static uint32_t code_of_tests(struct seccomp_work *w, const struct wanted *x)
{
	uint32_t n;

	w->choices.rest = w->rest;
	n = seccomp_search_emit(&w->search, &w->choices, &w->specialise, x->claim->exits, x->out, x->room);
	w->steps = w->specialise.steps;
	return n != 0 && seccomp_rv64_search_valid(&w->check, &w->choices, x->claim, x->out, n, &w->steps) ? n : 0;
}

/*
 * Turns the filter's own answers in W into the stack's, by seccomp_way_answer(). *STRICTER: may a
 * filter of the stack answer stricter than ERRNO? False: only the judge can say any of them, so
 * code would gain nothing.
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

/*
 * Specialises the new filter's program for the number, into W: first without operations on two
 * unknown words, which a residual cannot have, then with them. False: the program is too
 * complicated.
 */
static bool specialise_number(struct seccomp_work *w, const struct wanted *x)
{
	const struct sock_filter *insns = x->newer->program->insns;
	struct seccomp_specialise *s = &w->specialise;
	bool understood;

	s->steps = w->steps;
	s->words = false;
	understood = seccomp_specialise_tests(s, insns, x->claim->nr, AUDIT_ARCH_RISCV64);
	if (!understood) {
		s->words = true;
		understood = seccomp_specialise_tests(s, insns, x->claim->nr, AUDIT_ARCH_RISCV64);
	}
	w->steps = s->steps;
	return understood;
}

uint32_t seccomp_number_code(struct seccomp_work *w, const struct seccomp_newer *newer,
			     const struct seccomp_claim *claim, uint32_t *out, uint32_t room, bool *stricter)
{
	const struct wanted x = { .newer = newer, .claim = claim, .out = out, .room = room };
	struct seccomp_specialise *s = &w->specialise;
	struct sock_filter residual[SECCOMP_RESIDUAL_MAX];
	uint32_t len = 0;

	if (seccomp_answer_is_constant(newer->own, claim->nr)) {
		residual[0] = *claim->program;
		len = 1;
		s->answers = 1;
		s->answer[0] = residual[0].k;
	} else if (!specialise_number(w, &x)) {
		return 0;
	} else if (!s->words && s->tests <= FEW) {
		len = seccomp_residual_write(s, claim->program, residual);
	}
	if (!answers_on(w, claim, stricter) || room == 0)
		return 0;
	return len != 0 ? code_of_residual(w, &x, residual, len) : code_of_tests(w, &x);
}
