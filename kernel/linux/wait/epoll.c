/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.c - epoll_create1, epoll_ctl, epoll_pwait. [fs/eventpoll.c]
 *
 * An epoll file has no list of ready files: it asks every file it watches, each time. For edges it
 * compares how often the file's wait queues were woken now and when it was last reported.
 */
#include "epoll.h"

#include <string.h>

#include <abi/epoll.h>

#include "file.h"
#include "page.h"
#include "poll.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

#define EVENTS_MAX (INT32_MAX / (int)sizeof(struct epoll_event))

struct epoll {
	struct list watches;  /* linked by struct watch.of_epoll; those that were reported go to the end */
	struct waitq changed; /* a watch was added or modified */
	bool busy;	      /* its poll operation is being called */
};

/* One (file, descriptor) that an epoll file watches. */
struct watch {
	struct list of_epoll;
	struct list of_file; /* file->watches */
	struct list entries; /* of tasks that wait through it, linked by struct poll_entry.of_watch */
	struct file *file;   /* without a reference: closing the file ends the watch */
	uint32_t fd;
	struct epoll_event event;
	uint32_t wakes; /* the queues' wakes when it was last reported */
	bool reported;
	bool disabled; /* EPOLLONESHOT, and it was reported */
};

static const struct file_ops epoll_ops;

/* The watched events that W's file is ready for. Adds the task to the file's queues, in T. */
static uint32_t ready_events(struct watch *w, struct poll_waits *t)
{
	struct list *outer = t->watch;
	uint32_t events;

	t->watch = &w->entries;
	events = poll_file(w->file, t);
	t->watch = outer;
	return events & (w->event.events | POLLERR | POLLHUP);
}

/* Those of them that are to be reported. */
static uint32_t watch_news(struct watch *w, uint32_t *wakes)
{
	struct poll_waits count;
	uint32_t events;

	if (w->disabled)
		return 0;
	poll_begin_counting(&count);
	events = ready_events(w, &count);
	*wakes = count.wakes;
	if ((w->event.events & EPOLLET) != 0 && w->reported && w->wakes == count.wakes)
		return 0;
	return events;
}

static void epoll_forget_watch(struct watch *w)
{
	list_del(&w->of_epoll);
	list_del(&w->of_file);
	poll_forget(&w->entries);
	kfree(w);
}

void epoll_forget(struct file *f)
{
	list_for_each(link, &f->watches)
		epoll_forget_watch(container_of(link, struct watch, of_file));
}

/* ---- as an open file: ready to be read when anything is to be reported ---- */

static uint32_t epoll_poll(struct file *f, struct poll_table *table)
{
	struct poll_waits *t = table == NULL ? NULL : container_of(table, struct poll_waits, table);
	struct epoll *e = f->data;
	uint32_t result = 0, wakes;

	if (e->busy)
		return 0;
	e->busy = true;
	if (t != NULL)
		poll_wait(table, &e->changed);
	list_for_each(link, &e->watches) {
		struct watch *w = container_of(link, struct watch, of_epoll);

		if (t != NULL && !w->disabled)
			(void)ready_events(w, t);
		if (watch_news(w, &wakes) != 0)
			result = POLLIN | POLLRDNORM;
		poll_steps++;
	}
	if (t != NULL)
		t->file = f;
	e->busy = false;
	return result;
}

static void epoll_release(struct file *f)
{
	struct epoll *e = f->data;

	list_for_each(link, &e->watches)
		epoll_forget_watch(container_of(link, struct watch, of_epoll));
	kfree(e);
}

static const struct file_ops epoll_ops = {
	.poll = epoll_poll,
	.release = epoll_release,
	.rewinds = true,
};

long sys_epoll_create1(uint64_t flags)
{
	struct epoll *e;

	if ((uint32_t)flags & ~(uint32_t)EPOLL_CLOEXEC)
		return -EINVAL;
	e = kmalloc(sizeof(*e));
	if (e == NULL)
		return -ENOMEM;
	list_init(&e->watches);
	waitq_init(&e->changed);
	return fd_create(&epoll_ops, "anon_inode:[eventpoll]", O_RDWR | ((uint32_t)flags & EPOLL_CLOEXEC), e);
}

/* ---- what is watched ---- */

static struct watch *epoll_find(const struct epoll *e, const struct file *f, uint32_t fd)
{
	list_for_each(link, &e->watches) {
		struct watch *w = container_of(link, struct watch, of_epoll);

		if (w->file == f && w->fd == fd)
			return w;
	}
	return NULL;
}

/* Does epoll file F watch another epoll file? One level is allowed; Linux allows five. */
static bool watches_epoll(const struct file *f)
{
	const struct epoll *e = f->data;

	list_for_each(link, &e->watches) {
		if (container_of(link, struct watch, of_epoll)->file->ops == &epoll_ops)
			return true;
	}
	return false;
}

static int epoll_add(struct file *epf, struct file *f, uint32_t fd, const struct epoll_event *event)
{
	struct epoll *e = epf->data;
	struct watch *w;

	if (epoll_find(e, f, fd) != NULL)
		return -EEXIST;
	w = kmalloc(sizeof(*w));
	if (w == NULL)
		return -ENOMEM;
	w->file = f;
	w->fd = fd;
	w->event = *event;
	list_init(&w->entries);
	list_add_tail(&w->of_epoll, &e->watches);
	list_add_tail(&w->of_file, &f->watches);
	waitq_wake(&e->changed);
	return 0;
}

static int modify_watch(struct epoll *e, struct watch *w, const struct epoll_event *event)
{
	if (w == NULL)
		return -ENOENT;
	w->event = *event;
	w->reported = false;
	w->disabled = false;
	waitq_wake(&e->changed);
	return 0;
}

/*
 * EPOLLEXCLUSIVE can only be given when a watch is added, with few other events, and not be
 * changed. That all waiters are woken, instead of one, is allowed.
 */
static bool exclusive_fits(uint32_t op, const struct file *f, const struct watch *w, uint32_t events)
{
	const uint32_t others = POLLIN | POLLOUT | POLLERR | POLLHUP | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE;

	if (op == EPOLL_CTL_MOD && w != NULL && (w->event.events & EPOLLEXCLUSIVE) != 0)
		return false;
	if ((events & EPOLLEXCLUSIVE) == 0 || op == EPOLL_CTL_DEL)
		return true;
	return op == EPOLL_CTL_ADD && f->ops != &epoll_ops && (events & ~others) == 0;
}

static int epoll_control(struct file *epf, uint32_t op, struct file *f, uint32_t fd, const struct epoll_event *event)
{
	struct epoll *e = epf->data;
	struct watch *w;

	/* Files that are always ready cannot be watched. */
	if (f->ops->poll == NULL)
		return -EPERM;
	if (epf == f || epf->ops != &epoll_ops)
		return -EINVAL;
	if (op == EPOLL_CTL_ADD && f->ops == &epoll_ops && (watches_epoll(f) || !list_empty(&epf->watches)))
		return -ELOOP;
	w = epoll_find(e, f, fd);
	if (!exclusive_fits(op, f, w, event->events))
		return -EINVAL;
	switch (op) {
	case EPOLL_CTL_ADD:
		return epoll_add(epf, f, fd, event);
	case EPOLL_CTL_MOD:
		return modify_watch(e, w, event);
	case EPOLL_CTL_DEL:
		if (w == NULL)
			return -ENOENT;
		epoll_forget_watch(w);
		return 0;
	default:
		return -EINVAL;
	}
}

long sys_epoll_ctl(uint64_t epfd, uint64_t op, uint64_t fd, uint64_t uevent)
{
	struct epoll_event event = { 0, 0 };
	struct file *epf, *f;
	long result = -EBADF;

	if ((int)op != EPOLL_CTL_DEL && copy_from_user(&event, uevent, sizeof(event)) != 0)
		return -EFAULT;
	epf = fd_get(epfd);
	f = fd_get(fd);
	if (epf != NULL && f != NULL)
		result = epoll_control(epf, (uint32_t)op, f, (uint32_t)fd, &event);
	if (f != NULL)
		file_put(f);
	if (epf != NULL)
		file_put(epf);
	return result;
}

/* ---- waiting ---- */

/* Copies the events to be reported to the user: how many, or -EFAULT. */
static long epoll_report(struct epoll *e, uint64_t uevents, int max)
{
	const struct list *last = e->watches.prev;
	long n = 0;

	list_for_each(link, &e->watches) {
		struct watch *w = container_of(link, struct watch, of_epoll);
		struct epoll_event out = w->event;
		bool end = link == last;
		uint32_t wakes;

		out.events = watch_news(w, &wakes);
		if (out.events != 0) {
			if (copy_to_user(uevents + (uint64_t)n * sizeof(out), &out, sizeof(out)) != 0)
				return n != 0 ? n : -EFAULT;
			n++;
			w->wakes = wakes;
			w->reported = true;
			w->disabled = (w->event.events & EPOLLONESHOT) != 0;
			/* So that every file gets its turn when there is not room for all. */
			list_del(&w->of_epoll);
			list_add_tail(&w->of_epoll, &e->watches);
		}
		if (end || n == max)
			break;
	}
	return n;
}

static long wait_for_events(struct file *f, uint64_t uevents, int max, uint64_t deadline)
{
	struct poll_waits t;
	long n = epoll_report(f->data, uevents, max);
	int err = 0;

	while (n == 0 && err == 0 && deadline != 0) {
		poll_begin(&t);
		(void)poll_file(f, &t);
		err = t.failed ? -ENOMEM : task_sleep(WAIT_INTERRUPTIBLE, deadline);
		poll_end(&t);
		n = epoll_report(f->data, uevents, max);
	}
	return n == 0 && err != -ETIMEDOUT ? err : n;
}

long epoll_wait_until(uint64_t epfd, uint64_t events, uint64_t max, uint64_t deadline, uint64_t sigmask, uint64_t size)
{
	struct file *f;
	long result = poll_set_mask(sigmask, size);

	if (result != 0)
		return result;
	f = fd_get(epfd);
	if ((int)max <= 0 || (int)max > EVENTS_MAX)
		result = -EINVAL;
	else if (!user_range_ok(events, (uint64_t)(int)max * sizeof(struct epoll_event)))
		result = -EFAULT;
	else if (f == NULL)
		result = -EBADF;
	else if (f->ops != &epoll_ops)
		result = -EINVAL;
	else
		result = wait_for_events(f, events, (int)max, deadline);
	if (f != NULL)
		file_put(f);
	/* Unlike ppoll, it is never restarted. */
	if (sigmask != 0 && result != -EINTR) {
		signal_set_blocked(current->saved_blocked);
		current->restore_blocked = false;
	}
	return result;
}
