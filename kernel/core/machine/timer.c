/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timer.c - the timers that run, as a leftist heap: starting and stopping one takes O(log n) steps,
 * where programs choose n. time.c fires them.
 *
 * A timer's `rank` is 1 more than the smaller rank of its two subheaps; a timer that does not run
 * has rank 0. The left subheap has the greater rank, so the path down along `right` is short.
 */
#include <stddef.h>

#include "time.h"

static struct timer *earliest;
static uint64_t starts;
static uint32_t running;

static uint32_t timer_rank(const struct timer *t)
{
	return t != NULL ? t->rank : 0;
}

static void swap_timers(struct timer **a, struct timer **b)
{
	struct timer *const was = *a;

	*a = *b;
	*b = was;
}

/* Restores order and rank of T after its subheaps have changed. */
static void balance_timer(struct timer *t)
{
	if (timer_rank(t->left) < timer_rank(t->right))
		swap_timers(&t->left, &t->right);
	t->rank = timer_rank(t->right) + 1;
}

/* Does A come after B? Of two timers with the same deadline, the one started first comes first. */
static bool is_later(const struct timer *a, const struct timer *b)
{
	return a->deadline != b->deadline ? a->deadline > b->deadline : a->order > b->order;
}

/* Merges two heaps, either of which may be NULL. The recursion is at most 2 log2(n) deep. */
static struct timer *merge_timers(struct timer *a, struct timer *b)
{
	if (a == NULL || b == NULL)
		return a != NULL ? a : b;
	if (is_later(a, b))
		swap_timers(&a, &b);
	a->right = merge_timers(a->right, b);
	a->right->up = a;
	balance_timer(a);
	return a;
}

static void insert_timer(struct timer *t)
{
	t->left = t->right = NULL;
	t->rank = 1;
	earliest = merge_timers(earliest, t);
	earliest->up = NULL;
	running++;
}

static void remove_timer(struct timer *t)
{
	struct timer *up = t->up, *rest = merge_timers(t->left, t->right);
	uint32_t rank;

	if (rest != NULL)
		rest->up = up;
	if (up == NULL)
		earliest = rest;
	else if (up->left == t)
		up->left = rest;
	else
		up->right = rest;
	for (; up != NULL; up = up->up) {
		rank = up->rank;
		balance_timer(up);
		if (up->rank == rank)
			break;
	}
	t->rank = 0;
	running--;
}

void timer_init(struct timer *t, void (*fire)(struct timer *t))
{
	t->rank = 0;
	t->fire = fire;
}

void timer_put(struct timer *t, uint64_t deadline)
{
	timer_stop(t);
	t->deadline = deadline;
	t->order = starts++;
	insert_timer(t);
}

void timer_stop(struct timer *t)
{
	if (t->rank != 0)
		remove_timer(t); /* an interrupt that was requested for it finds nothing due */
}

uint64_t timer_next(void)
{
	return earliest != NULL ? earliest->deadline : TIME_NEVER;
}

struct timer *timer_take(uint64_t now)
{
	struct timer *t = earliest;

	if (t == NULL || t->deadline > now)
		return NULL;
	remove_timer(t);
	return t;
}

uint32_t timer_count(void)
{
	return running;
}
