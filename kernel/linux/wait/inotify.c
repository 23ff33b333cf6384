/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify.c - the events of files that a program reads from an inotify file. sys_inotify.c makes
 * them, kernel/core/files/tell.h tells of the events. [fs/notify/inotify/]
 */
#include "inotify.h"

#include <string.h>

#include <abi/ioctl.h>

#include "file.h"
#include "page.h"
#include "task.h"
#include "text.h"
#include "user.h"
#include "usercopy.h"

struct queued {
	struct list link;
	struct inotify_event e; /* its name follows */
};

/* ---- queueing events ---- */

static struct queued *newest_event(const struct inotify *n)
{
	return list_empty(&n->events) ? NULL : container_of(n->events.prev, struct queued, link);
}

static struct queued *oldest_event(const struct inotify *n)
{
	return list_empty(&n->events) ? NULL : container_of(n->events.next, struct queued, link);
}

static void drop_event(struct inotify *n, struct queued *q)
{
	list_del(&q->link);
	n->event_count--;
	kfree(q);
}

/* Is E with NAME the same as the newest queued event? Then E is dropped. [event_compare] */
static bool is_repeated(const struct inotify *n, const struct inotify_event *e, const char *name)
{
	const struct queued *last = newest_event(n);

	return last != NULL && last->e.wd == e->wd && last->e.mask == e->mask && last->e.cookie == e->cookie &&
	       last->e.len == e->len && (name == NULL || strcmp(last->e.name, name) == 0);
}

/* Queues an event. When the queue is full, IN_Q_OVERFLOW is queued once, and events are lost. */
static void queue_event(struct inotify *n, int32_t wd, uint32_t mask, uint32_t cookie, const char *name)
{
	const size_t step = sizeof(struct inotify_event), bytes = name != NULL ? strlen(name) + 1 : 0;
	struct inotify_event e = { wd, mask, cookie, (uint32_t)((bytes + step - 1) / step * step) };
	struct queued *q;

	if (is_repeated(n, &e, name))
		return;
	if (n->event_count == n->events_max) {
		e = (struct inotify_event){ -1, IN_Q_OVERFLOW, 0, 0 };
		name = NULL;
	} else if (n->event_count > n->events_max) {
		return;
	}
	q = kmalloc(sizeof(*q) + e.len);
	if (q == NULL)
		return;
	q->e = e;
	memset(q->e.name, 0, e.len);
	if (name != NULL)
		memcpy(q->e.name, name, bytes);
	list_add_tail(&q->link, &n->events);
	n->event_count++;
	waitq_wake(&n->changed);
}

void inotify_end_watch(struct watched *w)
{
	queue_event(w->owner, w->wd, IN_IGNORED, 0, NULL);
	inode_mark_remove(&w->mark);
	list_del(&w->link);
	w->owner->watch_count--;
	w->owner->by->inotify_watches--;
	kfree(w);
}

void inotify_tell(struct inode_mark *m, uint32_t event, uint32_t cookie, const char *name)
{
	struct watched *w = container_of(m, struct watched, mark);

	if (event == IN_IGNORED) {
		inotify_end_watch(w);
		return;
	}
	if ((event & w->mask & IN_ALL_EVENTS) == 0 || (event & w->mask & IN_EXCL_UNLINK) != 0)
		return;
	queue_event(w->owner, w->wd, event & ~IN_EXCL_UNLINK, cookie, name);
	if (w->mask & IN_ONESHOT)
		inotify_end_watch(w);
}

/* ---- the open file ---- */

/* Reads whole events only; -EINVAL when the first one does not fit. [inotify_read] */
static long inotify_read(struct file *f, struct uio *to, uint64_t *pos)
{
	struct inotify *n = f->data;
	struct queued *q;
	long done = 0;

	(void)pos;
	while ((q = oldest_event(n)) == NULL) {
		const int err = file_wait(f, &n->changed);

		if (err != 0)
			return err;
	}
	for (; q != NULL; q = oldest_event(n)) {
		const uint64_t size = sizeof(q->e) + q->e.len;

		if (size > to->left)
			return done != 0 ? done : -EINVAL;
		if (uio_put(to, &q->e, size) != size)
			return done != 0 ? done : -EFAULT;
		done += (long)size;
		drop_event(n, q);
		if (sched_give_way())
			break;
	}
	return done;
}

static uint32_t inotify_poll(struct file *f, struct poll_table *q)
{
	struct inotify *n = f->data;

	if (q != NULL)
		poll_wait(q, &n->changed);
	return oldest_event(n) != NULL ? POLLIN | POLLRDNORM : 0;
}

static long inotify_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	const struct inotify *n = f->data;
	int32_t bytes = 0;

	if (cmd != FIONREAD)
		return -ENOTTY;
	list_for_each(link, &n->events)
		bytes += (int32_t)(sizeof(struct inotify_event) + container_of(link, struct queued, link)->e.len);
	return copy_to_user(arg, &bytes, sizeof(bytes));
}

#define WATCH_WORK (8 * SCHED_STEP) /* ending a watch or freeing an event, for sched_worked() */

static void inotify_release(struct file *f)
{
	struct inotify *n = f->data;
	uint32_t worked = 0;

	while (!list_empty(&n->watches)) {
		inotify_end_watch(container_of(n->watches.next, struct watched, link));
		(void)sched_worked(&worked, WATCH_WORK);
	}
	while (oldest_event(n) != NULL) {
		drop_event(n, oldest_event(n));
		(void)sched_worked(&worked, WATCH_WORK);
	}
	inotify_forget_file(n->by);
	kfree(n);
}

/* The first watch with a descriptor above WD, in the order in which they were added; NULL: none. */
static const struct watched *watch_after(const struct inotify *n, int32_t wd)
{
	list_for_each(link, &n->watches) {
		const struct watched *w = container_of(link, struct watched, link);

		if (w->wd > wd)
			return w;
	}
	return NULL;
}

#define SHOWN_AT_ONCE 64 /* watches, before others may run */

/* A line for each watch. Lets others run, who may change the watches. [inotify_fdinfo] */
static void inotify_describe(const struct file *f, struct text *t)
{
	const struct inotify *n = f->data;
	const struct list *link = n->watches.next;
	int32_t last = 0;

	for (unsigned shown = 1; link != &n->watches; shown++) {
		const struct watched *w = container_of(link, struct watched, link);

		text_add(t, "inotify wd:%x ino:%lx sdev:%lx mask:%x ignored_mask:0 \n", (uint32_t)w->wd,
			 w->mark.inode->ino, (uint64_t)w->mark.inode->volume->dev,
			 w->mask & (IN_ALL_EVENTS | IN_ONESHOT | IN_EXCL_UNLINK));
		last = w->wd;
		link = link->next;
		if (shown % SHOWN_AT_ONCE != 0)
			continue;
		if (sched_give_way())
			return;
		w = watch_after(n, last);
		link = w != NULL ? &w->link : &n->watches;
	}
}

const struct file_ops inotify_ops = {
	.read = inotify_read,
	.poll = inotify_poll,
	.ioctl = inotify_ioctl,
	.release = inotify_release,
	.describe = inotify_describe,
};
