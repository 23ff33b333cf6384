/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * runqueue.c - see runqueue.h.
 */
#include "runqueue.h"

#include "kassert.h"

#define SHARES 64 /* users whose ids are equal modulo this share a share */
#define FRONT_MAX (4 * TURN)

static struct share shares[SHARES];
static struct list waiting = LIST_INIT(waiting); /* shares where tasks wait or run */
static uint64_t served;				 /* the most that a share had used when it was served: only grows */
struct share *runqueue_only;

void runqueue_init(struct task *boot)
{
	for (unsigned i = 0; i < SHARES; i++) {
		list_init(&shares[i].link);
		list_init(&shares[i].front);
		list_init(&shares[i].behind);
	}
	boot->share = &shares[0];
	list_add(&shares[0].link, &waiting);
	runqueue_only = &shares[0];
}

static bool is_idle(const struct share *s)
{
	return list_empty(&s->front) && list_empty(&s->behind);
}

static void find_only(void)
{
	const bool one = !list_empty(&waiting) && waiting.next->next == &waiting;

	KASSERT(list_empty(&waiting) || !list_empty(&current->share->link) || is_idle(current->share));
	runqueue_only = one ? container_of(waiting.next, struct share, link) : NULL;
}

/* A task will wait or run in S. */
static void activate(struct share *s)
{
	list_for_each(link, &waiting) {
		struct share *other = container_of(link, struct share, link);

		if (other != s && other != current->share && is_idle(other))
			list_del(link);
	}
	if (served < current->share->used)
		served = current->share->used;
	if (list_empty(&s->link)) {
		if (s->used + TURN / 4 < served)
			s->used = served - TURN / 4;
		list_add_tail(&s->link, &waiting);
	}
	find_only();
}

void runqueue_change_user(uint32_t uid)
{
	struct share *s = &shares[uid % SHARES];

	KASSERT(list_empty(&current->run)); /* or it would wait in a share that is not its own */
	activate(s);
	current->share = s;
}

/* The share where a task waits that has used least, but for EXCEPT; NULL: there is none. */
static struct share *least_used(const struct share *except)
{
	struct share *best = NULL;

	list_for_each(link, &waiting) {
		struct share *s = container_of(link, struct share, link);

		if (s != except && !is_idle(s) && (best == NULL || s->used < best->used))
			best = s;
	}
	return best;
}

bool runqueue_is_empty(void)
{
	return least_used(NULL) == NULL;
}

static void next_turn(struct task *t)
{
	t->in_front = false;
	t->turn_left = TURN;
}

bool runqueue_wake_any(struct task *t)
{
	const bool new = t->time == 0;
	struct share *s = t->share;

	activate(s);
	next_turn(t);
	t->in_front = !new;
	list_add_tail(&t->run, new ? &s->behind : &s->front);
	return s != current->share || (!new && !current->in_front);
}

void runqueue_put_back(bool to_end)
{
	struct task *t = current;
	struct share *s = t->share;
	const struct share *other = to_end ? least_used(s) : NULL;

	KASSERT(t->state == TASK_RUNNING && list_empty(&t->run));
	activate(s);
	if (other != NULL && s->used <= other->used)
		s->used = other->used + 1;
	if (to_end || t->turn_left < TURN / 2) {
		next_turn(t);
		list_add_tail(&t->run, &s->behind);
	} else {
		list_add(&t->run, t->in_front ? &s->front : &s->behind);
	}
}

struct task *runqueue_take_any(void)
{
	struct share *s = least_used(NULL);
	struct list *from;
	struct task *t;

	if (s == NULL)
		return NULL;
	from = &s->front;
	if (list_empty(from) || (s->used - s->front_from >= FRONT_MAX && !list_empty(&s->behind))) {
		from = &s->behind;
		s->front_from = s->used;
	}
	KASSERT(!list_empty(from));
	t = container_of(from->next, struct task, run);
	KASSERT(t->share == s && t->state == TASK_RUNNING);
	list_del(&t->run);
	if (served < s->used)
		served = s->used;
	return t;
}
