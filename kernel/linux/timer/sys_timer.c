/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_timer.c - timer_create(2) and the like. Checks are in Linux's order
 * [kernel/time/posix-timers.c].
 */
#include <abi/errno.h>
#include <abi/time.h>

#include "absent.h"
#include "cputime.h"
#include "itimer.h"
#include "page.h"
#include "pidns.h"
#include "posix_timer.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "timespec.h"
#include "usercopy.h"

/*
 * Makes P a timer on the processor time that CLOCK, a negative clock id, shows: 0; -EINVAL: there
 * is no such clock; -EOPNOTSUPP: it is another process's, for which this kernel has no timers.
 */
static int take_cpu_clock(struct posix_timer *p, int clock)
{
	const struct task *t;
	bool thread;

	if (!cpu_clock_find(clock, &t, &thread))
		return -EINVAL;
	if (t->group != current->group)
		return -EOPNOTSUPP;
	p->cpu = true;
	p->cpu_tid = thread ? t->tid : 0;
	return 0;
}

/* Makes P a timer on CLOCK: 0; -EINVAL: no such clock; -EOPNOTSUPP: it can have no timers. */
static int take_clock(struct posix_timer *p, int clock)
{
	p->clock = clock;
	switch (clock) {
	case CLOCK_THREAD_CPUTIME_ID:
		p->cpu_tid = current->tid;
		p->cpu = true;
		return 0;
	case CLOCK_PROCESS_CPUTIME_ID:
		p->cpu = true;
		return 0;
	case CLOCK_REALTIME:
	case CLOCK_MONOTONIC:
	case CLOCK_BOOTTIME:
	case CLOCK_TAI:
		return 0;
	case CLOCK_MONOTONIC_RAW:
	case CLOCK_REALTIME_COARSE:
	case CLOCK_MONOTONIC_COARSE:
		return -EOPNOTSUPP;
	case CLOCK_REALTIME_ALARM:
	case CLOCK_BOOTTIME_ALARM:
		absent_say("clock", "id", (uint64_t)clock, "EINVAL");
		return -EINVAL;
	default:
		return clock < 0 ? take_cpu_clock(p, clock) : -EINVAL;
	}
}

/* Stores in P how E wants expirations to be reported, and to whom: 0, -EINVAL. [good_sigevent] */
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

/*
 * An id for a timer of the current process: they are counted, also those of timers that could not
 * be made. [posix_timer_add]
 */
static int new_timer_id(void)
{
	struct group *g = current->group;
	int id;

	do {
		id = g->posix_timer_id;
		g->posix_timer_id = (id + 1) & INT32_MAX;
	} while (posix_timer_find(id) != NULL);
	return id;
}

long sys_timer_create(uint64_t clock, uint64_t uevent, uint64_t uid)
{
	struct sigevent e = { .sigev_signo = SIGALRM, .sigev_notify = SIGEV_SIGNAL };
	struct posix_timer *p;
	int err;

	if (uevent != 0 && copy_from_user(&e, uevent, sizeof(e)) != 0)
		return -EFAULT;
	p = kmalloc(sizeof(*p));
	if (p == NULL)
		return -EAGAIN;
	p->group = current->group;
	err = take_clock(p, (int)clock);
	if (err == 0)
		p->id = new_timer_id();
	if (uevent == 0)
		e.sigev_value = (uint64_t)p->id;
	/* When the timer expires, nobody checks the limit, so its signal is charged from now on. */
	p->uid = current->cred.uid;
	if (err == 0)
		p->charge = sigowner_charge(p->uid, current->group->limits[RLIMIT_SIGPENDING].rlim_cur);
	if (err == 0 && p->charge == NULL)
		err = -EAGAIN;
	if (err == 0)
		err = take_event(p, &e);
	if (err == 0)
		err = copy_to_user(uid, &p->id, sizeof(p->id));
	if (err != 0) {
		sigowner_release(p->charge);
		kfree(p);
		return err;
	}
	posix_timer_init(p);
	posix_timer_add(p);
	return 0;
}

static int to_ns(uint64_t *ns, const struct __kernel_timespec *ts)
{
	if (!timespec_is_valid(ts))
		return -EINVAL;
	*ns = timespec_to_ns(ts);
	return 0;
}

/* The ns to P's next expiration; 0: it is off. [common_timer_get] */
static uint64_t timer_time_left(const struct posix_timer *p)
{
	const uint64_t now = posix_timer_now(p);

	if (!p->armed)
		return 0;
	if (p->timer.deadline > now)
		return p->timer.deadline - now;
	/* It is due and has not fired yet, or its signal is pending. */
	if (p->interval != 0)
		return p->interval - (now - p->timer.deadline) % p->interval;
	return p->notify == SIGEV_NONE ? 0 : 1;
}

struct __kernel_itimerspec posix_timer_setting(const struct posix_timer *p)
{
	return (struct __kernel_itimerspec){ .it_interval = timespec_from_ns(p->interval),
					     .it_value = timespec_from_ns(timer_time_left(p)) };
}

long sys_timer_gettime(uint64_t id, uint64_t to)
{
	const struct posix_timer *p = posix_timer_find((int)id);
	struct __kernel_itimerspec s;

	if (p == NULL)
		return -EINVAL;
	s = posix_timer_setting(p);
	return copy_to_user(to, &s, sizeof(s));
}

long sys_timer_getoverrun(uint64_t id)
{
	const struct posix_timer *p = posix_timer_find((int)id);

	return p == NULL ? -EINVAL : p->overrun;
}

/* The deadline, as in P->timer, for VALUE: ns from now or, if ABSOLUTE, a time of P's clock. */
static uint64_t deadline_of(const struct posix_timer *p, uint64_t value, bool absolute)
{
	const uint64_t now = posix_timer_now(p);
	uint64_t offset = 0;

	if (!absolute)
		return value > NSEC_MAX - now ? NSEC_MAX : value + now;
	if (p->clock == CLOCK_REALTIME || p->clock == CLOCK_TAI)
		offset = time_boot_realtime();
	return value > offset ? value - offset : 0;
}

/* How many ns before boot P's clock showed VALUE; 0: not before. */
static uint64_t time_overdue(const struct posix_timer *p, uint64_t value)
{
	const uint64_t offset = p->clock == CLOCK_REALTIME || p->clock == CLOCK_TAI ? time_boot_realtime() : 0;

	return value < offset ? offset - value : 0;
}

int posix_timer_read(uint64_t from, uint64_t *value, uint64_t *interval)
{
	struct __kernel_itimerspec s;

	if (copy_from_user(&s, from, sizeof(s)) != 0)
		return -EFAULT;
	return to_ns(value, &s.it_value) != 0 || to_ns(interval, &s.it_interval) != 0 ? -EINVAL : 0;
}

void posix_timer_set(struct posix_timer *p, uint64_t value, uint64_t interval, bool absolute)
{
	posix_timer_stop(p);
	p->overrun = 0;
	p->interval = value != 0 ? interval : 0;
	p->overdue = absolute && value != 0 ? time_overdue(p, value) : 0;
	if (value != 0 && absolute && (p->clock == CLOCK_REALTIME || p->clock == CLOCK_TAI))
		posix_timer_follow(p);
	if (value != 0)
		posix_timer_start(p, deadline_of(p, value, absolute));
}

long sys_timer_settime(uint64_t id, uint64_t flags, uint64_t new, uint64_t old)
{
	struct __kernel_itimerspec was;
	uint64_t value, interval;
	struct posix_timer *p;
	int err;

	if (new == 0)
		return -EINVAL;
	err = posix_timer_read(new, &value, &interval);
	if (err != 0)
		return err;
	p = posix_timer_find((int)id);
	if (p == NULL)
		return -EINVAL;
	if (old != 0)
		was = posix_timer_setting(p);
	posix_timer_set(p, value, interval, ((int)flags & TIMER_ABSTIME) != 0);
	return old == 0 ? 0 : copy_to_user(old, &was, sizeof(was));
}

long sys_timer_delete(uint64_t id)
{
	struct posix_timer *p = posix_timer_find((int)id);

	if (p == NULL)
		return -EINVAL;
	avl_remove(&current->group->posix_timers, &p->node);
	posix_timer_stop(p);
	sigowner_release(p->charge);
	kfree(p);
	return 0;
}
