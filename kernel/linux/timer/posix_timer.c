/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_timer.c - how timers of timer_create(2) expire: by kernel timers or, on processor time, by
 * the tick.
 *
 * At most one signal of a timer is pending at a time. When the signal is taken, the next interval
 * is started; the expirations since the signal was sent are the overrun.
 * [kernel/time/posix-timers.c]
 */
#include "posix_timer.h"

#include "cputime.h"
#include "itimer.h"
#include "page.h"
#include "signal.h"
#include "task.h"
#include "time.h"

#define IGNORED_PAUSE 10000000UL /* ns: a timer whose signal is ignored does not expire more often */

static struct posix_timer *posix_timer_of(struct avl_node *n)
{
	return container_of(n, struct posix_timer, node);
}

struct posix_timer *posix_timer_find(int id)
{
	for (struct avl_node *n = current->group->posix_timers.root; n != NULL;) {
		struct posix_timer *p = posix_timer_of(n);

		if (p->id == id)
			return p;
		n = n->child[id > p->id];
	}
	return NULL;
}

void posix_timer_add(struct posix_timer *p)
{
	struct avl *all = &current->group->posix_timers;
	struct avl_node **at = &all->root, *parent = NULL;

	while (*at != NULL) {
		parent = *at;
		at = &parent->child[p->id > posix_timer_of(parent)->id];
	}
	avl_insert(all, &p->node, parent, at);
}

uint64_t posix_timer_now(const struct posix_timer *p)
{
	const struct task *t;

	if (!p->cpu)
		return time_now();
	if (p->cpu_tid == 0)
		return group_cpu_time(p->group);
	t = task_find(p->cpu_tid);
	return t != NULL && t->group == p->group ? task_cpu_time(t) : 0;
}

void posix_timer_start(struct posix_timer *p, uint64_t deadline)
{
	p->armed = true;
	if (p->cpu) {
		p->timer.deadline = deadline;
		time_start_turns();
	} else {
		timer_start(&p->timer, deadline);
	}
}

void posix_timer_stop(struct posix_timer *p)
{
	p->armed = false;
	p->signalled = false;
	list_del(&p->follows);
	timer_stop(&p->timer);
}

/* ---- clocks that can be set ---- */

static struct list following = LIST_INIT(following); /* by posix_timer.follows; at the end, those moved last */
static uint64_t clock_sets;			     /* how often CLOCK_REALTIME was set */

void posix_timer_follow(struct posix_timer *p)
{
	p->boot_realtime = time_boot_realtime();
	p->clock_sets = clock_sets;
	list_del(&p->follows);
	list_add_tail(&p->follows, &following);
}

/* Moves P's deadline by what its clock was set since it was reckoned. */
static void move_deadline(struct posix_timer *p)
{
	const uint64_t by = time_boot_realtime() - p->boot_realtime;
	const int64_t at = (int64_t)(p->timer.deadline - p->overdue - by);

	p->timer.deadline = at > 0 ? (uint64_t)at : 0;
	p->overdue = at < 0 ? -(uint64_t)at : 0;
	posix_timer_follow(p);
}

bool posix_timer_is_early(struct posix_timer *p)
{
	if (list_empty(&p->follows) || p->clock_sets == clock_sets)
		return false;
	move_deadline(p);
	if (p->timer.deadline <= time_now())
		return false;
	timer_start(&p->timer, p->timer.deadline);
	return true;
}

#define MOVE_WORK (16 * SCHED_STEP) /* moving a timer, for sched_worked() */

void posix_timers_clock_was_set(void)
{
	uint32_t worked = 0;

	clock_sets++;
	while (!list_empty(&following)) {
		struct posix_timer *p = container_of(following.next, struct posix_timer, follows);

		if (p->clock_sets == clock_sets)
			break;
		move_deadline(p);
		if (timer_pending(&p->timer))
			timer_start(&p->timer, p->timer.deadline);
		(void)sched_worked(&worked, MOVE_WORK);
	}
}

/* ---- expiring ---- */

int posix_timer_forward(struct posix_timer *p)
{
	const uint64_t now = posix_timer_now(p);
	uint64_t missed;

	if (p->timer.deadline > now)
		return 0;
	missed = (now - p->timer.deadline + p->overdue) / p->interval + 1;
	p->timer.deadline += missed * p->interval - p->overdue;
	p->overdue = 0;
	return missed > INT32_MAX ? INT32_MAX : (int)missed;
}

/*
 * Sends P's signal, which uses up P's charge. False: it is not pending then, because it is ignored,
 * or the thread that was to get it has ended. [posix_timer_queue_signal]
 */
static bool posix_timer_notify(struct posix_timer *p)
{
	struct task *t = p->notify == SIGEV_THREAD_ID ? task_find(p->tid) : NULL;
	struct siginfo info = signal_info(p->sig, SI_TIMER);

	info.si_tid = p->id;
	info.si_overrun = 0;
	info.si_timer_value = p->value;
	sigowner_release(p->charge);
	p->charge = NULL;
	if (p->notify == SIGEV_THREAD_ID) {
		if (t == NULL || t->group != p->group)
			return false;
		(void)signal_send_task(t, &info);
		return signal_is(p->sig, t->pending.set);
	}
	(void)signal_send_group(p->group, &info);
	return signal_is(p->sig, p->group->pending.set);
}

/*
 * P's signal is not pending any more: charges the user for the next one, again, even beyond today's
 * RLIMIT_SIGPENDING, because timer_create(2) checked that.
 */
static void take_signal_place(struct posix_timer *p)
{
	if (p->charge == NULL)
		p->charge = sigowner_charge(p->uid, UINT64_MAX);
}

/*
 * P has expired: sends its signal. The next interval starts when that is taken; but at once if
 * there is no signal to take.
 */
static void expire_timer(struct posix_timer *p)
{
	uint64_t soon;

	p->armed = p->interval != 0;
	if (p->notify != SIGEV_NONE && posix_timer_notify(p)) {
		p->signalled = true;
		return;
	}
	take_signal_place(p);
	if (p->armed) {
		(void)posix_timer_forward(p);
		soon = posix_timer_now(p) + IGNORED_PAUSE;
		posix_timer_start(p, p->timer.deadline < soon ? soon : p->timer.deadline);
	}
}

static void posix_timer_fire(struct timer *timer)
{
	struct posix_timer *p = container_of(timer, struct posix_timer, timer);

	if (!posix_timer_is_early(p))
		expire_timer(p);
}

void posix_timer_init(struct posix_timer *p)
{
	timer_init(&p->timer, posix_timer_fire);
	list_init(&p->follows);
}

bool posix_timers_tick(void)
{
	bool any = false;

	for (struct avl_node *n = avl_end(current->group->posix_timers.root, false); n != NULL; n = avl_step(n, true)) {
		struct posix_timer *p = posix_timer_of(n);

		if (!p->cpu || !p->armed)
			continue;
		any = true;
		if (!p->signalled && p->timer.deadline <= posix_timer_now(p))
			expire_timer(p);
	}
	return any;
}

void posix_timer_signal_taken(struct siginfo *info)
{
	struct posix_timer *p = posix_timer_find(info->si_tid);

	if (p == NULL || !p->signalled)
		return;
	p->signalled = false;
	p->overrun = 0;
	take_signal_place(p);
	if (p->armed) {
		p->overrun = posix_timer_forward(p);
		if (p->overrun > 0 && p->overrun < INT32_MAX)
			p->overrun--; /* without the expiration that the signal is for */
		posix_timer_start(p, p->timer.deadline);
	}
	info->si_overrun = p->overrun;
}

void posix_timers_drop(struct group *g)
{
	uint32_t worked = 0;

	while (g->posix_timers.root != NULL) {
		struct posix_timer *p = posix_timer_of(g->posix_timers.root);

		avl_remove(&g->posix_timers, &p->node);
		posix_timer_stop(p);
		sigowner_release(p->charge);
		kfree(p);
		(void)sched_worked(&worked, 16UL * SCHED_STEP);
	}
}
