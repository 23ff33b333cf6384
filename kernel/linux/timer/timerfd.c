/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timerfd.c - timerfd_create(2) and the like: a timer as an open file, which counts how often it
 * expired. [fs/timerfd.c]
 *
 * As with timers that send signals, the next interval is started when the last expiration is read.
 */
#include "absent.h"
#include "file.h"
#include "page.h"
#include "posix_timer.h"
#include "sys.h"
#include "task.h"
#include "text.h"
#include "usercopy.h"

struct timerfd {
	struct posix_timer timer;
	uint32_t flags;		/* of the last timerfd_settime */
	uint64_t ticks;		/* expirations, and settings of the clock, since the last read or timerfd_settime */
	bool expired;		/* one of them is an expiration */
	bool canceled;		/* the clock was set, and no call has returned -ECANCELED since */
	struct list cancelable; /* in `cancelables`, if it has TFD_TIMER_CANCEL_ON_SET */
	struct waitq changed;	/* woken when there are more ticks */
};

static struct list cancelables = LIST_INIT(cancelables);

static void add_tick(struct timerfd *t)
{
	t->ticks++;
	waitq_wake(&t->changed);
}

/* Does a call return -ECANCELED? Asked once for each change of the clock. [timerfd_canceled] */
static bool take_cancellation(struct timerfd *t)
{
	if (list_empty(&t->cancelable) || !t->canceled)
		return false;
	t->canceled = false;
	return true;
}

static void timerfd_fire(struct timer *timer)
{
	struct timerfd *t = container_of(timer, struct timerfd, timer.timer);

	if (posix_timer_is_early(&t->timer))
		return;
	t->timer.armed = t->timer.interval != 0;
	t->expired = true;
	add_tick(t);
}

static long timerfd_read(struct file *f, struct uio *to, uint64_t *pos)
{
	struct timerfd *t = f->data;
	uint64_t ticks;
	int err = 0;

	(void)pos;
	if (to->left < sizeof(ticks))
		return -EINVAL;
	while (t->ticks == 0 && err == 0)
		err = file_wait(f, &t->changed);
	/* What expired under the old time is not counted, and no interval begins. */
	if (take_cancellation(t)) {
		t->timer.armed &= !t->expired;
		t->ticks = 0;
		t->expired = false;
		return -ECANCELED;
	}
	if (t->ticks == 0)
		return err;
	ticks = t->ticks;
	if (t->expired && t->timer.armed) {
		ticks += (uint64_t)posix_timer_forward(&t->timer) - 1;
		posix_timer_start(&t->timer, t->timer.timer.deadline);
	}
	t->ticks = 0;
	t->expired = false;
	if (ticks == 0) /* the clock was set back to before the expiration */
		return f->flags & O_NONBLOCK ? -EAGAIN : 0;
	return uio_put(to, &ticks, sizeof(ticks)) == sizeof(ticks) ? (long)sizeof(ticks) : -EFAULT;
}

static uint32_t timerfd_poll(struct file *f, struct poll_table *q)
{
	struct timerfd *t = f->data;

	if (q != NULL)
		poll_wait(q, &t->changed);
	return t->ticks != 0 ? POLLIN : 0;
}

static void timerfd_release(struct file *f)
{
	struct timerfd *t = f->data;

	posix_timer_stop(&t->timer);
	list_del(&t->cancelable);
	kfree(t);
}

/* [timerfd_show] */
static void timerfd_describe(const struct file *f, struct text *text)
{
	const struct timerfd *t = f->data;
	const struct __kernel_itimerspec s = posix_timer_setting(&t->timer);

	text_add(text, "clockid: %d\nticks: %lu\nsettime flags: 0%o\n", t->timer.clock, (unsigned long)t->ticks,
		 t->flags);
	text_add(text, "it_value: (%ld, %ld)\nit_interval: (%ld, %ld)\n", (long)s.it_value.tv_sec,
		 (long)s.it_value.tv_nsec, (long)s.it_interval.tv_sec, (long)s.it_interval.tv_nsec);
}

static const struct file_ops timerfd_ops = {
	.read = timerfd_read,
	.poll = timerfd_poll,
	.release = timerfd_release,
	.describe = timerfd_describe,
	.rewinds = true,
};

long sys_timerfd_create(uint64_t clock, uint64_t flags)
{
	struct timerfd *t;

	if ((uint32_t)flags & ~(uint32_t)(O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	if ((int)clock == CLOCK_REALTIME_ALARM || (int)clock == CLOCK_BOOTTIME_ALARM)
		absent_say("clock", "id", clock, "EINVAL");
	if ((int)clock != CLOCK_MONOTONIC && (int)clock != CLOCK_REALTIME && (int)clock != CLOCK_BOOTTIME)
		return -EINVAL;
	t = kmalloc(sizeof(*t));
	if (t == NULL)
		return -ENOMEM;
	t->timer.clock = (int)clock;
	timer_init(&t->timer.timer, timerfd_fire);
	list_init(&t->timer.follows);
	list_init(&t->cancelable);
	waitq_init(&t->changed);
	return fd_create(&timerfd_ops, "anon_inode:[timerfd]", O_RDWR | (uint32_t)flags, t);
}

/*
 * Stores the timer behind FD in *T, and a reference to its open file in *F: 0; -EBADF; -EINVAL: it
 * is no timer.
 */
static int timerfd_find(uint64_t fd, struct file **f, struct timerfd **t)
{
	*f = fd_get(fd);
	if (*f == NULL)
		return -EBADF;
	*t = (*f)->data;
	if ((*f)->ops == &timerfd_ops)
		return 0;
	file_put(*f);
	return -EINVAL;
}

long sys_timerfd_settime(uint64_t fd, uint64_t flags, uint64_t new, uint64_t old)
{
	struct __kernel_itimerspec was;
	uint64_t value, interval;
	struct timerfd *t;
	struct file *f;
	long result = 0;
	int err = posix_timer_read(new, &value, &interval);

	if (err == 0 && ((uint32_t)flags & ~(uint32_t)(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)))
		err = -EINVAL;
	if (err == 0)
		err = timerfd_find(fd, &f, &t);
	if (err != 0)
		return err;
	was = posix_timer_setting(&t->timer);
	t->ticks = 0;
	t->expired = false;
	posix_timer_set(&t->timer, value, interval, flags & TFD_TIMER_ABSTIME);
	t->timer.interval = interval; /* kept even while the timer is off */
	list_del(&t->cancelable);
	if (t->timer.clock == CLOCK_REALTIME && (flags & TFD_TIMER_ABSTIME) != 0 &&
	    (flags & TFD_TIMER_CANCEL_ON_SET) != 0)
		list_add_tail(&t->cancelable, &cancelables);
	if (value != 0 && take_cancellation(t))
		result = -ECANCELED;
	else
		t->flags = (uint32_t)flags;
	file_put(f);
	if (result != 0)
		return result;
	return old == 0 ? 0 : copy_to_user(old, &was, sizeof(was));
}

#define CANCEL_WORK (4 * SCHED_STEP) /* for sched_worked() */

void timerfd_clock_was_set(void)
{
	struct list rest = LIST_INIT(rest);
	uint32_t worked = 0;

	list_move_all(&cancelables, &rest);
	while (!list_empty(&rest)) {
		struct timerfd *t = container_of(rest.next, struct timerfd, cancelable);

		list_del(&t->cancelable);
		list_add_tail(&t->cancelable, &cancelables);
		t->canceled = true;
		add_tick(t);
		(void)sched_worked(&worked, CANCEL_WORK);
	}
}

long sys_timerfd_gettime(uint64_t fd, uint64_t to)
{
	struct __kernel_itimerspec s;
	struct timerfd *t;
	struct file *f;
	const int err = timerfd_find(fd, &f, &t);

	if (err != 0)
		return err;
	s = posix_timer_setting(&t->timer);
	file_put(f);
	return copy_to_user(to, &s, sizeof(s));
}
