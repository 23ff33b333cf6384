/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * runqueue.c - the run queue: who is next. See runqueue.h. Called by sched.c, and by the calls that
 * change a task's user, policy or priority.
 */
#include "runqueue.h"

#include <abi/sched.h>

#include "kassert.h"
#include "time.h"

#define SHARES 64 /* users whose ids are equal modulo this have one share together */
#define FRONT_MAX (4 * TURN)
#define PERIOD 1000000000UL		   /* ns; [sched_rt_period_us] */
#define RT_MAX 950000000UL		   /* how much of it real-time tasks may use; [sched_rt_runtime_us] */
#define IDLE_EVERY (SHORT_TURN * 1024 / 3) /* ns; the weights of a task and of SCHED_IDLE's [WEIGHT_IDLEPRIO] */

static struct share shares[SHARES];		 /* the users' shares, by user id modulo SHARES */
static struct share real_time, background;	 /* nobody's shares; their tasks all wait in `behind` */
static uint64_t period_began, period_used;	 /* when this PERIOD began, and real_time.used at that time */
static uint64_t background_due;			 /* when one of its tasks has a turn though others wait */
static struct list waiting = LIST_INIT(waiting); /* shares with a task that waits or runs */
static uint64_t served;				 /* the highest `used` of any user's share served; it only grows */
struct share *runqueue_only;

static void init_share(struct share *s)
{
	list_init(&s->link);
	list_init(&s->front);
	list_init(&s->behind);
}

void runqueue_init(struct task *boot)
{
	for (unsigned i = 0; i < SHARES; i++)
		init_share(&shares[i]);
	init_share(&real_time);
	init_share(&background);
	boot->share = &shares[0];
	list_add(&shares[0].link, &waiting);
	runqueue_only = &shares[0];
}

/* Does S belong to no user? */
static bool is_nobodys(const struct share *s)
{
	return s == &real_time || s == &background;
}

/* Does no task wait in S? */
static bool is_idle(const struct share *s)
{
	return list_empty(&s->front) && list_empty(&s->behind);
}

/* Brings runqueue_only up to date. */
static void find_only(void)
{
	const bool one = !list_empty(&waiting) && waiting.next->next == &waiting;

	KASSERT(list_empty(&waiting) || !list_empty(&current->share->link) || is_idle(current->share));
	runqueue_only = one ? container_of(waiting.next, struct share, link) : NULL;
}

/*
 * S, which had no task for a while, gets one. It counts as having used nearly as much as the
 * others: otherwise it would be served alone until it has caught up (starvation of the others).
 */
static void begin_share(struct share *s)
{
	const struct share *now = current->share;
	const uint64_t used = now->used + (sched_current_time() - current->time); /* with what is not charged yet */

	if (!is_nobodys(now) && served < used)
		served = used;
	if (s == &background && background_due < time_now() + TURN)
		background_due = time_now() + TURN;
	else if (!is_nobodys(s) && s->used + TURN / 4 < served)
		s->used = served - TURN / 4;
}

/* Puts S on the list of shares, because a task will wait or run in it. */
static void activate_share(struct share *s)
{
	list_for_each(link, &waiting) {
		struct share *other = container_of(link, struct share, link);

		if (other != s && other != current->share && is_idle(other))
			list_del(link);
	}
	if (s != current->share && is_idle(s))
		begin_share(s);
	if (list_empty(&s->link))
		list_add_tail(&s->link, &waiting);
	find_only();
}

/* The share in which T waits if its user is UID. */
static struct share *share_of(const struct task *t, uint32_t uid)
{
	if (t->rt_priority != 0)
		return &real_time;
	return task_policy(t) == SCHED_IDLE ? &background : &shares[uid % SHARES];
}

void runqueue_change_user(uint32_t uid)
{
	struct share *s = share_of(current, uid);

	KASSERT(list_empty(&current->run)); /* otherwise it would be in the list of the wrong share */
	activate_share(s);
	current->share = s;
}

/* Have real-time tasks used up their part of this second? [sched_rt_runtime_exceeded] */
static bool is_throttled(void)
{
	const uint64_t now = time_now();

	if (now - period_began >= PERIOD) {
		period_began = now;
		period_used = real_time.used;
	}
	return real_time.used - period_used > RT_MAX;
}

/*
 * The user's share, other than EXCEPT, with waiting tasks that has used least; NULL: there is none.
 */
static struct share *least_used(const struct share *except)
{
	struct share *best = NULL;

	list_for_each(link, &waiting) {
		struct share *s = container_of(link, struct share, link);

		if (s != except && !is_nobodys(s) && !is_idle(s) && (best == NULL || s->used < best->used))
			best = s;
	}
	return best;
}

/* The share that is served next; NULL: no task waits. */
static struct share *next_share(void)
{
	struct share *best = least_used(NULL);

	if (!is_idle(&background) && (best == NULL || time_now() >= background_due))
		best = &background;
	if (!is_idle(&real_time) && (best == NULL || !is_throttled()))
		best = &real_time;
	return best;
}

bool runqueue_is_empty(void)
{
	return next_share() == NULL;
}

/* T waits for its next turn. */
static void next_turn(struct task *t)
{
	t->in_front = false;
	t->turn_left = (int64_t)TURN + t->nice.more;
}

/*
 * Puts T into its share, which belongs to no user, as the first or the last of the tasks with its
 * priority. The loops are short: of the tasks that wait, few have a higher priority than one that
 * has just run, and most have the same.
 */
static void wait_in_order(struct task *t, bool first)
{
	struct list *const all = &t->share->behind, *at = first ? all->next : all;

	if (first) {
		while (at != all && container_of(at, struct task, run)->rt_priority > t->rt_priority)
			at = at->next;
	} else {
		while (at->prev != all && container_of(at->prev, struct task, run)->rt_priority < t->rt_priority)
			at = at->prev;
	}
	list_add_tail(&t->run, at);
}

bool runqueue_wake_any(struct task *t)
{
	const bool new = t->time == 0;
	struct share *s = t->share;

	activate_share(s);
	next_turn(t);
	if (is_nobodys(s)) {
		wait_in_order(t, false);
		return t->rt_priority > current->rt_priority;
	}
	t->in_front = !new;
	list_add_tail(&t->run, new ? &s->behind : &s->front);
	return s != current->share || (!new && !current->in_front);
}

void runqueue_put_back(bool to_end)
{
	struct task *t = current;
	struct share *s = t->share;
	const struct share *other = to_end && !is_nobodys(s) ? least_used(s) : NULL;

	KASSERT(t->state == TASK_RUNNING && list_empty(&t->run));
	activate_share(s);
	if (other != NULL && s->used <= other->used)
		s->used = other->used + 1;
	if (is_nobodys(s)) {
		wait_in_order(t, !to_end && task_policy(t) == SCHED_FIFO);
	} else if (to_end || t->turn_left < TURN_LEAST) {
		next_turn(t);
		list_add_tail(&t->run, &s->behind);
	} else {
		list_add(&t->run, t->in_front ? &s->front : &s->behind);
	}
}

struct task *runqueue_take_any(void)
{
	struct share *s = next_share();
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
	if (s == &background)
		background_due = time_now() + IDLE_EVERY;
	else if (s != &real_time && served < s->used)
		served = s->used;
	KASSERT(is_nobodys(s) || t->turn_left > 0);
	if (!is_nobodys(s))
		time_end_turn_within((uint64_t)t->turn_left);
	return t;
}

void runqueue_change_policy(struct task *t)
{
	const bool waits = !list_empty(&t->run);

	if (waits)
		list_del(&t->run);
	t->in_front = false;
	t->share = share_of(t, t->cred.uid);
	if (waits)
		(void)runqueue_wake_any(t);
	else if (t == current)
		activate_share(t->share);
}
