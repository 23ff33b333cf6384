/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter_gate.c - which gate a task goes through: the answers of its stack, worked out in advance.
 *
 * Called when a stack, a mode or a tracer changes. A gate may always be stricter in kind than needed, that is, lead to the
 * judge, who looks at the programs themselves; so lack of memory costs time and never a verdict.
 */
#include "filter.h"

#include <abi/audit.h>

#include "gate.h"
#include "page.h"
#include "report.h"

/* Memory for one computation of answers. */
struct answers_work {
	struct seccomp_answers stack, newer;
	struct seccomp_point points[];
};

static struct answers_work *work_create(uint32_t len)
{
	return kmalloc_raw(sizeof(struct answers_work) + seccomp_answers_scratch(len));
}

static void work_add(struct answers_work *w, const struct seccomp_filter *f)
{
	seccomp_answers_program(&w->newer, f->program->insns, f->program->len, AUDIT_ARCH_RISCV64, w->points);
	seccomp_answers_add(&w->stack, &w->newer, f->log);
}

/* The answers of F on the stack of gate BELOW (NULL: the empty one, which allows everything, so that F's alone are the stack's). */
static void work_add_on(struct answers_work *w, const struct seccomp_filter *f, const struct gate *below)
{
	if (below == NULL && !f->log) {
		seccomp_answers_program(&w->newer, f->program->insns, f->program->len, AUDIT_ARCH_RISCV64, w->points);
		w->stack = w->newer;
		return;
	}
	if (below != NULL)
		gate_answers(below, &w->stack);
	else
		seccomp_answers_init(&w->stack);
	work_add(w, f);
}

/* The gate of stack NEWEST, without the filters that do not bind WHO, from nothing but its programs. NULL: no memory. */
static struct gate *gate_from_programs(const struct filter *newest, uint64_t who)
{
	const uint32_t depth = newest->node.depth;
	const struct seccomp_filter **order = kmalloc(depth * sizeof(*order));
	struct answers_work *w;
	struct gate *g = NULL;
	uint32_t longest = 0;
	uint32_t n = depth;

	if (order == NULL)
		return NULL;
	for (const struct seccomp_filter *f = &newest->node; f != NULL; f = f->prev) {
		order[--n] = f;
		if (f->program->len > longest)
			longest = f->program->len;
	}
	w = work_create(longest);
	if (w != NULL) {
		seccomp_answers_init(&w->stack);
		for (; n < depth; n++)
			if (seccomp_filter_binds(order[n], who))
				work_add(w, order[n]);
		g = gate_create(&w->stack);
	}
	kfree(w);
	kfree(order);
	return g;
}

/* Can PROGRAM answer nothing but ALLOW? */
static bool allows_everything(const struct seccomp_program *program)
{
	for (uint32_t pc = 0; pc < program->len; pc++) {
		const struct sock_filter i = program->insns[pc];

		if (i.code == (BPF_RET | BPF_A) || i.code == (BPF_ALU | BPF_DIV | BPF_X)) /* by 0: KILL_THREAD */
			return false;
		if (i.code == (BPF_RET | BPF_K) && (i.k & SECCOMP_RET_ACTION_FULL) != SECCOMP_RET_ALLOW)
			return false;
	}
	return true;
}

/* The gate of F on the stack of gate BELOW (NULL: the empty one): one reference, or NULL. */
static struct gate *gate_on(struct answers_work *w, const struct seccomp_filter *f, const struct gate *below)
{
	struct gate *g;

	work_add_on(w, f, below);
	g = gate_create(&w->stack);
	if (g != NULL && !report_refusals())
		gate_add_code(g, below != NULL ? below : &gate_default, f->program, &w->newer, f->log);
	return g;
}

static bool is_equal(const struct seccomp_filter *a, const struct seccomp_filter *b)
{
	return a->program == b->program && a->log == b->log;
}

static bool repeats_an_older(const struct seccomp_filter *f)
{
	for (const struct seccomp_filter *older = f->prev; older != NULL; older = older->prev)
		if (is_equal(f, older))
			return true;
	return false;
}

#define DISTINCT_MAX 8U /* so that installing stays cheap */

/* The filters of a stack, without those that a newer one repeats, newest first. Returns how many; 0: too many. */
static uint32_t distinct_filters(const struct seccomp_filter *newest,
				 const struct seccomp_filter *distinct[DISTINCT_MAX])
{
	uint32_t n = 0;

	for (const struct seccomp_filter *f = newest; f != NULL; f = f->prev) {
		uint32_t i = 0;

		while (i < n && !is_equal(distinct[i], f))
			i++;
		if (i == DISTINCT_MAX)
			return 0;
		if (i == n)
			distinct[n++] = f;
	}
	return n;
}

/* The gate of a stack of N distinct filters, newest first: one reference, or NULL. */
static struct gate *gate_of_distinct(const struct seccomp_filter *const *distinct, uint32_t n)
{
	struct gate *g = NULL;

	while (n-- > 0) {
		struct answers_work *w = work_create(distinct[n]->program->len);
		struct gate *next = w == NULL ? NULL : gate_on(w, distinct[n], g);

		kfree(w);
		if (g != NULL)
			gate_put(g);
		g = next;
		if (g == NULL)
			break;
	}
	return g;
}

struct gate *filter_gate_with(const struct filter *f)
{
	const struct seccomp_filter *distinct[DISTINCT_MAX];
	const struct filter *below = filter_of(f->node.prev);
	struct answers_work *w;
	struct gate *g;

	if (below != NULL && below->gate == NULL)
		return gate_from_programs(f, 0);
	/* An equal filter on top answers the same once more. */
	if (below != NULL && below->node.program == f->node.program && below->node.log == f->node.log)
		return gate_get(below->gate);
	if (allows_everything(f->node.program))
		return gate_get(below != NULL ? below->gate : &gate_default);
	g = filter_find_gate(f);
	if (g != NULL)
		return g;
	/* Of equal filters the newest answers for all. */
	if (repeats_an_older(&f->node)) {
		const uint32_t n = distinct_filters(&f->node, distinct);

		if (n != 0)
			return gate_of_distinct(distinct, n);
	}
	w = work_create(f->node.program->len);
	if (w == NULL)
		return NULL;
	g = gate_on(w, &f->node, below != NULL ? below->gate : NULL);
	kfree(w);
	return g;
}

struct gate *filter_gate_of(struct task *t)
{
	struct filter *f = t->filter;

	if (f == NULL) /* an empty stack refuses everything */
		return gate_get(&gate_judge_all);
	if (f->private)
		return gate_from_programs(f, t->seccomp_self);
	if (f->gate == NULL)
		filter_set_gate(f, gate_from_programs(f, 0));
	return f->gate == NULL ? NULL : gate_get(f->gate);
}

/* Takes over the reference; NULL is no memory. */
static void task_take_gate(struct task *t, struct gate *g)
{
	struct gate *old = t->gate;

	if (g == NULL)
		g = gate_get(&gate_judge_all);
	if (t == current) {
		gate_set(g);
		return;
	}
	t->gate = g;
	if (old != NULL)
		gate_put(old);
}

int filter_update_gate(struct task *t)
{
	struct gate *g;

	if (t->tracer != NULL || report_all())
		g = gate_get(&gate_judge_all);
	else if (t->seccomp_mode == SECCOMP_MODE_DISABLED)
		g = gate_get(&gate_default);
	else if (t->seccomp_mode == SECCOMP_MODE_STRICT)
		g = gate_get(&gate_strict);
	else if (t->seccomp_mode == SECCOMP_MODE_FILTER)
		g = filter_gate_of(t);
	else
		g = gate_get(&gate_judge_all);
	task_take_gate(t, g);
	return 0;
}
