/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter.c - filters as objects in memory: makes, counts, shares and frees them, and knows which
 * task uses which stack of them.
 *
 * Called when a filter is installed, inherited or given up. What a filter answers is seccomp/'s
 * business; which gate a stack has is filter_gate.c's.
 */
#include "filter.h"

#include <abi/errno.h>

#include "console.h"
#include "count.h"
#include "gate.h"
#include "kassert.h"
#include "page.h"
#include "part.h"
#include "program.h"

static uint64_t last_id;    /* the newest filter's id */
static uint64_t last_owner; /* the number of the newest owner of SELF filters; thread ids are reused, these not */
static uint32_t filters;    /* how many exist */

uint32_t filter_count(void)
{
	return filters;
}

/* ---- making one ---- */

struct filter *filter_create(struct seccomp_program *program, struct seccomp_refusal *why)
{
	const struct seccomp_program *shared = program_share(program, why);
	struct filter *f;

	if (shared == NULL)
		return NULL;
	f = kmalloc(sizeof(*f));
	if (f == NULL) {
		*why = (struct seccomp_refusal){ .err = ENOMEM, .pc = 0, .why = "no memory" };
		program_put(shared);
		return NULL;
	}
	f->node.program = shared;
	filters++;
	return f;
}

void filter_discard(struct filter *f)
{
	KASSERT(f->tasks == 0 && filters != 0);
	if (f->listener != NULL)
		f->listener->ops->orphan(f->listener);
	filter_set_gate(f, NULL);
	program_put(f->node.program);
	kfree(f);
	filters--;
}

/* ---- who uses which stack ---- */

#define DISCARD_WORK 1024U /* freeing a filter, as work for sched_worked() */

/*
 * One task fewer has F as its newest filter. Frees every filter that nobody holds any more, and
 * then lets other tasks run now and then. Filters are freed only when a task ends: a task that
 * changes its stack gets one that contains the old one's filters.
 */
static void stack_leave(struct filter *f)
{
	struct seccomp_filter *node = &f->node;
	uint32_t worked = 0;

	KASSERT(f->tasks != 0 && node->refs != 0);
	f->tasks--;
	if (f->tasks == 0)
		filter_set_gate(f, NULL);
	while ((node = seccomp_filter_put(node)) != NULL) {
		struct seccomp_filter *below = node->prev;

		filter_discard(filter_of(node));
		node = below;
		(void)sched_worked(&worked, DISCARD_WORK);
	}
}

void filter_enter(struct task *t, struct filter *f)
{
	struct filter *old = t->filter;

	KASSERT(f->node.refs != 0 && !t->exiting);
	seccomp_filter_get(&f->node);
	f->tasks++;
	t->filter = f;
	if (t->seccomp_mode == SECCOMP_MODE_DISABLED)
		t->seccomp_mode = SECCOMP_MODE_FILTER;
	if (old != NULL)
		stack_leave(old);
}

/* Puts F on the stack whose newest filter is BELOW: 0, or -ENOMEM (the path budget). */
static int put_on(struct filter *f, struct filter *below)
{
	struct seccomp_filter *newest = below == NULL ? NULL : &below->node;

	return seccomp_filter_attach(&newest, &f->node);
}

int filter_prepare(struct filter *f, bool self)
{
	struct filter *below = current->filter;
	struct gate *gate;
	int err;

	KASSERT(current->group->threads_lock.taken);
	if (self) {
		if (current->seccomp_self == 0)
			current->seccomp_self = ++last_owner;
		f->node.owner = current->seccomp_self;
	}
	f->private = self || (below != NULL && below->private);
	err = put_on(f, below);
	if (err != 0 || f->private)
		return err;
	filter_hash(f, below);
	gate = filter_gate_with(f);
	if (gate == NULL)
		return -ENOMEM;
	filter_set_gate(f, gate);
	(void)sched_give_way();
	return 0;
}

void filter_attach(struct filter *f)
{
	struct filter *below = current->filter;

	KASSERT(current->group->threads_lock.taken);
	if (counts_calls())
		f->words = gate_counter->words(f);
	KASSERT(f->node.prev == (below == NULL ? NULL : &below->node) && f->node.refs == 1 && f->tasks == 0);
	KASSERT(f->private == (f->gate == NULL));
	f->node.id = ++last_id;
	/*
	 * F starts with one reference, now the task's, and took over the
	 * task's reference to the stack below.
	 */
	seccomp_filter_get(f->node.prev);
	f->tasks = 1;
	current->filter = f;
	current->seccomp_mode = SECCOMP_MODE_FILTER;
	if (below != NULL)
		stack_leave(below);
	filter_update_gate(current);
}

void filter_inherit(struct task *child)
{
	KASSERT(child->filter == NULL && child->seccomp_self == 0);
	KASSERT(current->seccomp_mode != SECCOMP_MODE_FILTER || current->filter != NULL);
	child->no_new_privs = current->no_new_privs;
	if (current->filter != NULL)
		filter_enter(child, current->filter);
	child->seccomp_mode = current->seccomp_mode;
	for (const struct filter *f = current->seccomp_self != 0 ? current->filter : NULL; f != NULL;
	     f = filter_of(f->node.prev))
		if (f->node.owner == current->seccomp_self)
			printk("seccomp: filter=%lu not inherited: private to tid=%u, child tid=%u\n",
			       (unsigned long)f->node.id, current->tid, child->tid);
	filter_update_gate(child);
}

void filter_release(struct task *t)
{
	struct filter *f = t->filter;

	if (f == NULL)
		return;
	KASSERT(t->seccomp_mode == SECCOMP_MODE_FILTER || t->seccomp_mode == SECCOMP_MODE_DEAD);
	t->filter = NULL;
	stack_leave(f);
}

/* ---- filters as a part of tasks (part.h) ---- */

static void release_filters(struct task *t, bool last)
{
	(void)last;
	filter_release(t);
}

/* A task that has ended keeps its gate until it is freed. */
static void free_gate(struct task *t)
{
	KASSERT(t->filter == NULL && t->gate != NULL && t != current);
	gate_put(t->gate);
}

const struct task_part filter_part = {
	.exit = release_filters,
	.free = free_gate,
};
