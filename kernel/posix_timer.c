/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix_timer.c - timer_create(2) and its kin, on the clocks of real time. Timers on processor time are refused (EOPNOTSUPP).
 *
 * A timer has at most one signal under way. Its next interval is started when that is taken, and what was missed is its
 * overrun. [kernel/time/posix-timers.c]
 */
#include "posix_timer.h"

#include <abi/errno.h>
#include <abi/time.h>

#include "page.h"
#include "pidns.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "wait.h"

#define NSEC_PER_SEC 1000000000UL
#define NSEC_MAX ((uint64_t)INT64_MAX)
#define IGNORED_PAUSE 10000000UL /* how often at most a timer looks whether its signal is still ignored */

struct posix_timer {
	struct posix_timer *next; /* of the process */
	struct timer timer;	  /* deadline: when it expires, or did last */
	struct group *group;
	int id;
	int clock;
	int notify; /* SIGEV_* */
	int sig;
	uint32_t tid; /* SIGEV_THREAD_ID */
	uint64_t value;
	uint64_t interval;
	int overrun;
	bool armed;
	bool signalled; /* its signal is under way */
};

static int last_id;

/* ---- expiring ---- */

/* Moves the deadline past NOW by whole intervals; how many. */
static int forward(struct posix_timer *p, uint64_t now)
{
	uint64_t missed;

	if (p->timer.deadline > now)
		return 0;
	missed = (now - p->timer.deadline) / p->interval + 1;
	p->timer.deadline += missed * p->interval;
	return missed > INT32_MAX ? INT32_MAX : (int)missed;
}

/* Sends the signal; false: it is ignored. */
static bool notify(struct posix_timer *p)
{
	struct task *t = p->notify == SIGEV_THREAD_ID ? task_find(p->tid) : NULL;
	struct siginfo info = signal_info_user(p->sig, SI_TIMER);
	uint64_t pending;

	info.si_tid = p->id;
	info.si_overrun = 0;
	info.si_timer_value = p->value;
	if (t != NULL && t->group == p->group) {
		(void)signal_send_task(t, &info);
		pending = t->pending.set;
	} else {
		(void)signal_send_group(p->group, &info);
		pending = p->group->pending.set;
	}
	return signal_is(p->sig, pending);
}

static void expire(struct timer *timer)
{
	struct posix_timer *p = container_of(timer, struct posix_timer, timer);

	p->overrun = 0;
	if (p->notify == SIGEV_NONE || !notify(p)) {
		p->armed = p->interval != 0;
		if (p->armed) {
			const uint64_t now = time_now();

			(void)forward(p, now);
			timer_start(timer, p->timer.deadline < now + IGNORED_PAUSE ? now + IGNORED_PAUSE : p->timer.deadline);
		}
		return;
	}
	p->signalled = true;
	p->armed = p->interval != 0;
}

static struct posix_timer **find(struct group *g, int id)
{
	struct posix_timer **at = &g->posix_timers;

	while (*at != NULL && (*at)->id != id)
		at = &(*at)->next;
	return at;
}

void posix_timer_signal_taken(struct siginfo *info)
{
	struct posix_timer *p = *find(current->group, info->si_tid);

	if (p == NULL || !p->signalled)
		return;
	p->signalled = false;
	if (p->interval != 0 && p->armed) {
		p->overrun = forward(p, time_now());
		if (p->overrun > 0)
			p->overrun--; /* the one that the signal told of */
		timer_start(&p->timer, p->timer.deadline);
	}
	info->si_overrun = p->overrun;
}

/* ---- the calls ---- */

static bool clock_exists(int clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC || clock == CLOCK_BOOTTIME || clock == CLOCK_TAI;
}

/* From the clock's time to time since boot. */
static uint64_t clock_offset(int clock)
{
	return clock == CLOCK_REALTIME || clock == CLOCK_TAI ? time_realtime() - time_now() : 0;
}

/* Who is told, and how. [good_sigevent] */
static int take_event(struct posix_timer *p, const struct sigevent *e)
{
	const struct task *t;

	p->notify = e->sigev_notify;
	p->sig = e->sigev_signo;
	p->value = e->sigev_value;
	switch (e->sigev_notify) {
	case SIGEV_NONE:
		return 0;
	case SIGEV_THREAD_ID:
		t = task_find(pidns_id((uint32_t)e->sigev_notify_thread_id));
		if (t == NULL || t->group != current->group)
			return -EINVAL;
		p->tid = t->tid;
		break;
	case SIGEV_SIGNAL:
	case SIGEV_THREAD:
		break;
	default:
		return -EINVAL;
	}
	return p->sig >= 1 && p->sig <= _NSIG ? 0 : -EINVAL;
}

long sys_timer_create(uint64_t clock, uint64_t uevent, uint64_t uid)
{
	struct sigevent e = { .sigev_signo = SIGALRM, .sigev_notify = SIGEV_SIGNAL };
	struct posix_timer *p;
	int err;

	if (uevent != 0 && copy_from_user(&e, uevent, sizeof(e)) != 0)
		return -EFAULT;
	if (!clock_exists((int)clock)) {
		const bool known = (int)clock < 0 || ((int)clock <= CLOCK_MONOTONIC_COARSE && (int)clock != CLOCK_REALTIME);

		return known ? -EOPNOTSUPP : -EINVAL;
	}
	p = kmalloc(sizeof(*p));
	if (p == NULL)
		return -EAGAIN;
	p->id = last_id;
	p->clock = (int)clock;
	p->group = current->group;
	if (uevent == 0)
		e.sigev_value = (uint64_t)p->id;
	err = take_event(p, &e);
	if (err == 0)
		err = copy_to_user(uid, &p->id, sizeof(p->id));
	if (err != 0) {
		kfree(p);
		return err;
	}
	last_id = (last_id + 1) & INT32_MAX;
	timer_init(&p->timer, expire);
	p->next = current->group->posix_timers;
	current->group->posix_timers = p;
	return 0;
}

static struct __kernel_timespec to_timespec(uint64_t ns)
{
	return (struct __kernel_timespec){ (int64_t)(ns / NSEC_PER_SEC), (int64_t)(ns % NSEC_PER_SEC) };
}

static int to_ns(uint64_t *ns, const struct __kernel_timespec *ts)
{
	if (ts->tv_sec < 0 || ts->tv_nsec < 0 || (uint64_t)ts->tv_nsec >= NSEC_PER_SEC)
		return -EINVAL;
	*ns = (uint64_t)ts->tv_sec >= NSEC_MAX / NSEC_PER_SEC ? NSEC_MAX
							      : (uint64_t)ts->tv_sec * NSEC_PER_SEC + (uint64_t)ts->tv_nsec;
	return 0;
}

static struct __kernel_itimerspec setting_of(const struct posix_timer *p)
{
	struct __kernel_itimerspec s = { .it_interval = to_timespec(p->interval) };
	const uint64_t now = time_now();
	uint64_t left = 0;

	if (p->armed && p->timer.deadline > now)
		left = p->timer.deadline - now;
	else if (p->armed) /* due, or waiting for its signal to be taken */
		left = p->interval != 0 ? p->interval - (now - p->timer.deadline) % p->interval : p->notify == SIGEV_NONE ? 0 : 1;
	s.it_value = to_timespec(left);
	return s;
}

long sys_timer_gettime(uint64_t id, uint64_t to)
{
	const struct posix_timer *p = *find(current->group, (int)id);
	struct __kernel_itimerspec s;

	if (p == NULL)
		return -EINVAL;
	s = setting_of(p);
	return copy_to_user(to, &s, sizeof(s));
}

long sys_timer_getoverrun(uint64_t id)
{
	const struct posix_timer *p = *find(current->group, (int)id);

	return p == NULL ? -EINVAL : p->overrun;
}

long sys_timer_settime(uint64_t id, uint64_t flags, uint64_t new, uint64_t old)
{
	struct __kernel_itimerspec s, was;
	uint64_t value, interval, offset;
	struct posix_timer *p;

	if (new == 0)
		return -EINVAL;
	if (copy_from_user(&s, new, sizeof(s)) != 0)
		return -EFAULT;
	if (to_ns(&value, &s.it_value) != 0 || to_ns(&interval, &s.it_interval) != 0)
		return -EINVAL;
	p = *find(current->group, (int)id);
	if (p == NULL)
		return -EINVAL;
	was = setting_of(p);
	timer_stop(&p->timer);
	p->signalled = false;
	p->overrun = 0;
	p->armed = value != 0;
	p->interval = value != 0 ? interval : 0;
	if (p->armed) {
		offset = ((int)flags & TIMER_ABSTIME) != 0 ? clock_offset(p->clock) : 0;
		if (((int)flags & TIMER_ABSTIME) == 0)
			value = value > NSEC_MAX - time_now() ? NSEC_MAX : value + time_now();
		timer_start(&p->timer, value > offset ? value - offset : 0);
	}
	return old == 0 ? 0 : copy_to_user(old, &was, sizeof(was));
}

static void delete(struct posix_timer **at)
{
	struct posix_timer *p = *at;

	*at = p->next;
	timer_stop(&p->timer);
	kfree(p);
}

long sys_timer_delete(uint64_t id)
{
	struct posix_timer **at = find(current->group, (int)id);

	if (*at == NULL)
		return -EINVAL;
	delete(at);
	return 0;
}

void posix_timers_drop(struct group *g)
{
	while (g->posix_timers != NULL)
		delete(&g->posix_timers);
}
