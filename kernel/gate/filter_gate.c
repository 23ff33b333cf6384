/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter_gate.c - works out the gate of a stack, which holds its answers in advance, and gives each
 * task the gate that it must go through.
 *
 * Called when a stack, a mode or a tracer changes. Any entry of a gate may be the judge instead of
 * something faster, because the judge runs the filters' programs themselves. So when memory is
 * short a gate sends more calls to the judge, which costs time and changes no verdict.
 */
#include "filter.h"

#include <abi/audit.h>

#include "count.h"
#include "gate.h"
#include "kassert.h"
#include "page.h"
#include "pause.h"
#include "report.h"
#include "way.h"

/*
 * The answers to numbers that have no entry in a gate, those from SECCOMP_GATE_NRS on: to the range
 * that contains the lowest of them, and to the range that contains the highest.
 */
struct outside {
	struct seccomp_range low, high;
};

/*
 * Scratch memory for working out one gate: the answers of the whole stack, and of its newest
 * filter.
 */
struct answers_work {
	struct seccomp_answers stack, newer;
	struct outside outside, newer_outside;
	struct seccomp_point points[];
};

/*
 * The range of numbers around NR that the program INSNS answers like NR. Without kernel/linux/jit:
 * all numbers, with no constant answer, so the judge runs the program.
 */
static struct seccomp_range range_around(const struct sock_filter *insns, uint32_t nr)
{
	struct seccomp_range range = { .last = UINT32_MAX };

	if (gate_coder != NULL)
		gate_coder->range(&range, insns, nr, AUDIT_ARCH_RISCV64);
	return range;
}

/* The kernel's version of the one in seccomp/pause.c: lets other tasks run now and then. */
void seccomp_pause(uint32_t work)
{
	static uint32_t worked;

	(void)sched_worked(&worked, work);
}

/* Works out in W what the program P answers by itself. */
static void work_follow(struct answers_work *w, const struct seccomp_program *p)
{
	struct outside *own = &w->newer_outside;

	seccomp_answers_program(&w->newer, p->insns, p->len, AUDIT_ARCH_RISCV64, w->points);
	own->high = range_around(p->insns, UINT32_MAX);
	own->low = own->high.first > SECCOMP_GATE_NRS ? range_around(p->insns, SECCOMP_GATE_NRS) : own->high;
}

/*
 * Works out in W the answers of the stack: those of the gate BELOW, and on top of them those of the
 * program that was followed. LOG: the program's filter has SECCOMP_FILTER_FLAG_LOG.
 */
static void work_add(struct answers_work *w, const struct gate *below, bool log)
{
	gate_answers(below, &w->stack);
	seccomp_answers_add(&w->stack, &w->newer, log);
	w->outside = (struct outside){ below->low, below->high };
	seccomp_range_add(&w->outside.low, &w->newer_outside.low, log);
	seccomp_range_add(&w->outside.high, &w->newer_outside.high, log);
}

static bool range_allows(const struct seccomp_range *r)
{
	return r->constant && !seccomp_stricter(r->ret, SECCOMP_RET_ALLOW);
}

/* Does the filter that was followed allow every call, whatever its number and arguments? */
static bool newer_allows_all(const struct answers_work *w)
{
	const struct outside *own = &w->newer_outside;

	return own->low.last >= own->high.first && range_allows(&own->low) && range_allows(&own->high) &&
	       seccomp_answers_allow(&w->newer);
}

/* Makes the gate for the answers of the stack in W; NULL: no memory. */
static struct gate *work_gate(const struct answers_work *w)
{
	struct gate *g = gate_create(&w->stack);

	if (g != NULL) {
		g->low = w->outside.low;
		g->high = w->outside.high;
	}
	return g;
}

/* Do these answers send number NR to a listener, whatever the arguments? */
static bool number_notifies(const struct seccomp_answers *a, uint32_t nr)
{
	return seccomp_answer_is_constant(a, nr) && (a->ret[nr] & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_USER_NOTIF;
}

/*
 * The depth of the filter that gives the stack's constant USER_NOTIF answers; 0: more than one
 * does. NEWER: the depth of the newest filter. BELOW: the gate of the others.
 */
static uint32_t filter_gate_find_notifier(const struct answers_work *w, const struct gate *below, uint32_t newer)
{
	bool is_newer = false, is_older = false;

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		if (!number_notifies(&w->stack, nr))
			continue;
		if (number_notifies(&w->newer, nr))
			is_newer = true;
		else
			is_older = true;
	}
	return is_newer && is_older ? 0 : is_newer ? newer : below->notifier;
}

/*
 * The gate of the stack with F on top of the one that has the gate BELOW, with a reference; NULL:
 * no memory. It is BELOW itself if F allows everything.
 */
static struct gate *gate_on(struct answers_work *w, const struct seccomp_filter *f, struct gate *below)
{
	const struct seccomp_newer newer = {
		.program = f->program,
		.own = &w->newer,
		.stack = &w->stack,
		.log = f->log || report_refusals(), /* a refusal that is logged or reported goes to the judge */
	};
	struct gate *g;

	work_follow(w, f->program);
	(void)sched_give_way();
	if (newer_allows_all(w) && !counts_calls())
		return gate_get(below);
	work_add(w, below, f->log);
	g = work_gate(w);
	if (g != NULL) {
		if (g->notifies)
			g->notifier = filter_gate_find_notifier(w, below, f->depth);
		if (counts_calls())
			gate_counter->made(g, below, f->program, w->points);
		/* It repeats only while calls are counted: see filter_gate_with(). */
		if (gate_coder != NULL && seccomp_filter_repeats(f))
			gate_coder->share(g, below);
		else if (gate_coder != NULL)
			gate_coder->add(g, below, &newer);
	}
	return g;
}

struct gate *filter_gate_with(const struct filter *f)
{
	const struct filter *below = filter_of(f->node.prev);
	struct answers_work *w;
	struct gate *g;

	KASSERT(below == NULL || below->gate != NULL); /* a task uses it, or filter_prepare() holds it */
	/* While calls are counted, each stack has a gate of its own, for its counts. */
	if (!counts_calls()) {
		if (seccomp_filter_repeats(&f->node))
			return gate_get(below->gate);
		g = filter_find_gate(f);
		if (g != NULL)
			return g;
	}
	w = kmalloc_raw(sizeof(*w) + seccomp_answers_scratch(f->node.program->len));
	if (w == NULL)
		return NULL;
	g = gate_on(w, &f->node, below != NULL ? below->gate : &gate_default);
	kfree(w);
	return g;
}

struct gate *filter_gate_of(const struct task *t)
{
	const struct filter *f = t->filter;

	KASSERT(f != NULL && f->tasks != 0 && f->node.refs != 0);
	KASSERT((f->gate == NULL) == f->private);
	return f->private ? &gate_judge_all : f->gate;
}

/* T goes through G from now on. A reference to G is taken. */
static void task_take_gate(struct task *t, struct gate *g)
{
	struct gate *old = t->gate;

	KASSERT(t->filter == NULL || t->seccomp_mode == SECCOMP_MODE_FILTER || t->seccomp_mode == SECCOMP_MODE_DEAD);
	if (t->filter != NULL)
		g->stack = t->filter->node.id;
	if (t == current) {
		gate_set(gate_get(g));
		return;
	}
	t->gate = gate_get(g);
	gate_put(old);
}

void filter_update_gate(struct task *t)
{
	struct gate *g = &gate_judge_all; /* for traced tasks, user dispatch, reports; and SECCOMP_MODE_DEAD */

	if (t->tracer == NULL && !t->dispatch.on && !report_all()) {
		if (t->seccomp_mode == SECCOMP_MODE_DISABLED)
			g = &gate_default;
		else if (t->seccomp_mode == SECCOMP_MODE_STRICT)
			g = &gate_strict;
		else if (t->seccomp_mode == SECCOMP_MODE_FILTER)
			g = filter_gate_of(t);
	}
	task_take_gate(t, g);
}
