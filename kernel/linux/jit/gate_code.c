/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate_code.c - gives a gate machine code for the numbers whose answer depends on the arguments.
 *
 * Called by kernel/gate/filter_gate.c (gate_coder) when a filter is put on a stack. For such a
 * number, the code first does what is left of the new filter when the number is known. A call that
 * the filter allows goes on to where the gate of the stack below leads. seccomp/way.c and
 * seccomp/number.c say which way a number goes. The code can only run the call or refuse it with an
 * errno. Everything else, and whatever there is no room for, goes to the judge, who runs the
 * programs themselves.
 */
#include "gate.h"

#include <string.h>

#include "code.h"
#include "count.h"
#include "jit.h"
#include "page.h"
#include "task.h"
#include "way.h"

#define STEPS 262144U /* the most steps that making the code of one gate may take, of some 30 instructions each */
#define ROOM 10240U   /* the most instructions that are made for one gate */

/* Memory for making the code of one gate. */
struct code_work {
	uint32_t n;
	uint16_t numbers;
	struct {
		uint16_t nr, at;
	} made[SECCOMP_GATE_NRS];
	struct seccomp_work work;
	uint32_t insns[ROOM];
};

#define WORK_ORDER 7
_Static_assert(sizeof(struct code_work) <= PAGE_SIZE << WORK_ORDER, "the work fits its pages");

/* Passed to the library, which calls it while it works on a large filter. */
static void let_others_run(void)
{
	(void)sched_give_way();
}

/* Where G sends number NR. */
static struct seccomp_way way_of(const struct gate *g, uint32_t nr)
{
	const gate_code to = gate_entry(g, nr);

	if (to == gate_judge)
		return (struct seccomp_way){ .kind = SECCOMP_WAY_JUDGE };
	if (to == gate_errno) /* gate_errno can be entered from trap_entry only, so generated code cannot jump to it */
		return (struct seccomp_way){ .kind = SECCOMP_WAY_ERRNO, .ret = gate_ret(g)[nr] };
	return (struct seccomp_way){
		.kind = SECCOMP_WAY_CODE, /* generated code, or the call's own entry */
		.to = (uint64_t)to,
		.stricter = g->stricter[nr / 64] >> nr % 64 & 1,
	};
}

/* Sets the entry of number NR in G, according to what the gate BELOW does with NR. */
static void set_way(struct code_work *w, uint32_t nr, struct gate *g, const struct gate *below,
		    const struct seccomp_newer *newer)
{
	static const struct seccomp_rv64_exits exits = {
		.refuse = (uint64_t)gate_refuse,
		.judge = (uint64_t)gate_judge,
	};
	const struct seccomp_way older = way_of(below, nr);
	struct seccomp_way way;
	const uint32_t n = seccomp_way_on(&w->work, newer, nr, &older, &exits, &way, w->insns + w->n, ROOM - w->n);

	if (way.stricter)
		g->stricter[nr / 64] |= 1UL << nr % 64;
	if (n != 0) {
		w->made[w->numbers].nr = (uint16_t)nr;
		w->made[w->numbers++].at = (uint16_t)w->n;
		w->n += n;
	} else if (way.kind == SECCOMP_WAY_CODE) {
		if (g->code == NULL)
			g->code = code_get(below->code);
		gate_set_entry(g, nr, (gate_code)way.to);
	}
}

static void gate_code_install(const struct code_work *w, struct gate *g, const struct gate *below)
{
	struct code *c;

	if (w->n == 0)
		return;
	c = code_create(w->insns, w->n, below->code);
	if (c == NULL)
		return;
	code_put(g->code);
	g->code = c;
	for (uint32_t i = 0; i < w->numbers; i++)
		gate_set_entry(g, w->made[i].nr, (gate_code)code_address(c, w->made[i].at));
}

static void gate_add_code(struct gate *g, const struct gate *below, const struct seccomp_newer *newer)
{
	struct code_work *w = NULL;
	uint32_t worked = 0;

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		if (nr % 64 == 0 && g->constant[nr / 64] == UINT64_MAX) {
			nr += 63;
			continue;
		}
		if (seccomp_answer_is_constant(newer->stack, nr) || (counts_calls() && !count_by_words(g, nr)))
			continue;
		if (w == NULL) {
			w = page_alloc(WORK_ORDER);
			if (w == NULL)
				return;
			w->n = 0;
			w->numbers = 0;
			w->work.steps = STEPS;
			w->work.rest = let_others_run;
		}
		set_way(w, nr, g, below, newer);
		(void)sched_worked(&worked, PAGE_SIZE); /* a number costs as much time as copying a page */
	}
	if (w != NULL) {
		gate_code_install(w, g, below);
		page_free(w, WORK_ORDER);
	}
}

static void gate_share_code(struct gate *g, const struct gate *below)
{
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		if (!(g->constant[nr / 64] >> nr % 64 & 1))
			gate_set_entry(g, nr, gate_entry(below, nr));
	memcpy(g->stricter, below->stricter, sizeof(g->stricter));
	g->code = code_get(below->code);
}

const struct gate_coder jit_coder = {
	.range = seccomp_range_program,
	.add = gate_add_code,
	.share = gate_share_code,
	.put = code_put,
};
