/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate_code.c - gives a gate code for the numbers whose answer depends on the arguments.
 *
 * Called from filter_gate.c when a filter is put on a stack: its residual for such a number is judged first, and what it allows goes
 * on to where the gate of the stack below leads. The code can only run the call or refuse it with an errno; all else, and whatever
 * there is no room for, goes to the judge, who asks the programs themselves.
 */
#include "gate.h"

#include "code.h"
#include "page.h"
#include "rv64.h"

#define STEPS 32768U /* of programs followed for one gate */
#define ROOM 2048U   /* instructions made for one gate */

/* Memory for making the code of one gate. */
struct code_work {
	uint32_t n;
	uint16_t numbers;
	struct {
		uint16_t nr, at;
	} made[SECCOMP_GATE_NRS];
	struct seccomp_specialise specialise;
	uint32_t insns[ROOM];
};

#define WORK_ORDER 2
_Static_assert(sizeof(struct code_work) <= PAGE_SIZE << WORK_ORDER, "the work fits its pages");

/* Makes the code of number NR, if there can be any. */
static void make(struct code_work *w, uint32_t nr, struct gate *g, const struct gate *below,
		 const struct seccomp_program *program, const struct seccomp_answers *own, bool log)
{
	const gate_code next = gate_entry(below, nr);
	const struct seccomp_rv64_exits exits = {
		.run = (uint64_t)(next == gate_errno ? gate_judge
						     : next), /* gate_errno can be entered from trap_entry only */
		.refuse = (uint64_t)gate_refuse,
		.judge = (uint64_t)gate_judge,
	};
	const uint64_t bit = 1UL << nr % 64;
	struct seccomp_number number = {
		.nr = nr,
		.below = next == gate_errno ? gate_ret(below)[nr] : SECCOMP_RET_ALLOW,
		.log = log,
		.stricter = below->stricter[nr / 64] & bit,
	};
	const uint32_t n = seccomp_rv64_number(&w->specialise, program, own, &number, &exits,
					       ROOM - w->n < SECCOMP_RV64_MAX ? NULL : w->insns + w->n);

	if (number.stricter)
		g->stricter[nr / 64] |= bit;
	if (n == 0)
		return;
	w->made[w->numbers].nr = (uint16_t)nr;
	w->made[w->numbers++].at = (uint16_t)w->n;
	w->n += n;
}

static void install(const struct code_work *w, struct gate *g, const struct gate *below)
{
	struct code *c;

	if (w->n == 0)
		return;
	c = code_create(w->n, below->code);
	if (c == NULL)
		return;
	code_get(below->code);
	code_put(g->code);
	g->code = c;
	code_write(c, 0, w->insns, w->n);
	for (uint32_t i = 0; i < w->numbers; i++)
		gate_set_entry(g, w->made[i].nr, (gate_code)code_address(c, w->made[i].at));
}

void gate_add_code(struct gate *g, const struct gate *below, const struct seccomp_program *program,
		   const struct seccomp_answers *own, bool log)
{
	struct code_work *w = NULL;

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		if (nr % 64 == 0 && g->constant[nr / 64] == UINT64_MAX) {
			nr += 63;
			continue;
		}
		if (g->constant[nr / 64] >> nr % 64 & 1)
			continue;

		const gate_code next = gate_entry(below, nr);

		if (next == gate_judge)
			continue;
		if (seccomp_answer_is_constant(own, nr) &&
		    (own->ret[nr] & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW) {
			/* Not constant, so below there is code: it decides alone. */
			if (g->code == NULL)
				g->code = code_get(below->code);
			gate_set_entry(g, nr, next);
			g->stricter[nr / 64] |= below->stricter[nr / 64] & 1UL << nr % 64;
			continue;
		}
		if (w == NULL) {
			w = page_alloc(WORK_ORDER);
			if (w == NULL)
				return;
			w->n = 0;
			w->numbers = 0;
			w->specialise.steps = STEPS;
		}
		make(w, nr, g, below, program, own, log);
	}
	if (w != NULL) {
		install(w, g, below);
		page_free(w, WORK_ORDER);
	}
}
