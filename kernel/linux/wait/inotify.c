/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inotify.c - inotify_init1, inotify_add_watch, inotify_rm_watch: a program reads events of files
 * from an open file. kernel/core/files/tell.h tells of the events. [fs/notify/inotify/]
 */
#include "inotify.h"

#include <string.h>

#include <abi/ioctl.h>

#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "tell.h"
#include "usercopy.h"

#define EVENTS_MAX 16384 /* [fs.inotify.max_queued_events] */
#define WATCHES_MAX 65536
/* Events that are always reported, and flags of a watch that are no events. */
#define ALWAYS (IN_IGNORED | IN_Q_OVERFLOW)
#define FLAGS (IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_CREATE | IN_MASK_ADD | IN_ISDIR | IN_ONESHOT)

struct inotify {
	struct list watches; /* struct watched, by link */
	struct list events;  /* struct queued, by link */
	uint32_t watch_count, event_count;
	int32_t last; /* the last watch descriptor; they are not used again */
	struct waitq changed;
};

struct watched {
	struct inode_mark mark;
	struct list link;
	struct inotify *owner;
	int32_t wd;
	uint32_t mask;
};

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
	if (n->event_count == EVENTS_MAX) {
		e = (struct inotify_event){ -1, IN_Q_OVERFLOW, 0, 0 };
		name = NULL;
	} else if (n->event_count > EVENTS_MAX) {
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

static void end_watch(struct watched *w)
{
	queue_event(w->owner, w->wd, IN_IGNORED, 0, NULL);
	inode_mark_remove(&w->mark);
	list_del(&w->link);
	w->owner->watch_count--;
	kfree(w);
}

static void tell_inotify(struct inode_mark *m, uint32_t event, uint32_t cookie, const char *name)
{
	struct watched *w = container_of(m, struct watched, mark);

	if (event == IN_IGNORED) {
		end_watch(w);
		return;
	}
	if ((event & w->mask & IN_ALL_EVENTS) == 0 || (event & w->mask & IN_EXCL_UNLINK) != 0)
		return;
	queue_event(w->owner, w->wd, event & ~IN_EXCL_UNLINK, cookie, name);
	if (w->mask & IN_ONESHOT)
		end_watch(w);
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
		end_watch(container_of(n->watches.next, struct watched, link));
		(void)sched_worked(&worked, WATCH_WORK);
	}
	while (oldest_event(n) != NULL) {
		drop_event(n, oldest_event(n));
		(void)sched_worked(&worked, WATCH_WORK);
	}
	kfree(n);
}

static const struct file_ops inotify_ops = {
	.read = inotify_read,
	.poll = inotify_poll,
	.ioctl = inotify_ioctl,
	.release = inotify_release,
};

long sys_inotify_init1(uint64_t flags)
{
	struct inotify *n;

	if ((uint32_t)flags & ~(uint32_t)(O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	n = kmalloc(sizeof(*n));
	if (n != NULL) {
		*n = (struct inotify){ .last = 0 };
		list_init(&n->watches);
		list_init(&n->events);
		waitq_init(&n->changed);
	}
	return fd_create(&inotify_ops, "anon_inode:inotify", O_RDONLY | (uint32_t)flags, n);
}

/* ---- watches ---- */

/* Stores the inotify file behind FD in *F, with a reference: 0, -EBADF or -EINVAL. */
static int get_inotify(uint64_t fd, struct file **f)
{
	*f = fd_get(fd);
	if (*f == NULL)
		return -EBADF;
	if ((*f)->ops == &inotify_ops)
		return 0;
	file_put(*f);
	return -EINVAL;
}

static struct watched *find_watch(const struct inotify *n, const struct inode *i, int32_t wd)
{
	list_for_each(link, &n->watches) {
		struct watched *w = container_of(link, struct watched, link);

		if (i != NULL ? w->mark.inode == i : w->wd == wd)
			return w;
	}
	return NULL;
}

/* Adds a watch of I to N, or changes it: its descriptor, or -errno. [inotify_update_watch] */
static long watch_inode(struct inotify *n, struct inode *i, uint32_t mask)
{
	struct watched *w = find_watch(n, i, 0);

	if (w != NULL) {
		if (mask & IN_MASK_CREATE)
			return -EEXIST;
		w->mask = mask & IN_MASK_ADD ? w->mask | mask : mask;
		return w->wd;
	}
	if (n->watch_count >= WATCHES_MAX)
		return -ENOSPC;
	w = kmalloc(sizeof(*w));
	if (w == NULL)
		return -ENOMEM;
	*w = (struct watched){ .owner = n, .wd = ++n->last, .mask = mask };
	list_add_tail(&w->link, &n->watches);
	n->watch_count++;
	inode_mark_add(i, &w->mark);
	return w->wd;
}

long sys_inotify_add_watch(uint64_t fd, uint64_t path, uint64_t umask)
{
	const uint32_t mask = (uint32_t)umask;
	struct inode *i;
	struct file *f;
	long result;

	if ((mask & ~(FLAGS | IN_ALL_EVENTS | ALWAYS | IN_UNMOUNT)) != 0 || (mask & (IN_ALL_EVENTS | FLAGS)) == 0)
		return -EINVAL;
	if ((mask & IN_MASK_ADD) != 0 && (mask & IN_MASK_CREATE) != 0)
		return -EINVAL;
	result = get_inotify(fd, &f);
	if (result != 0)
		return result;
	result = fs_resolve_user(AT_FDCWD, path, mask & IN_DONT_FOLLOW ? AT_SYMLINK_NOFOLLOW : 0, &i);
	if (result == 0) {
		result = mask & IN_ONLYDIR && !inode_is(i, S_IFDIR) ? -ENOTDIR : inode_permission(i, MAY_READ);
		if (result == 0)
			result = watch_inode(f->data, i, mask);
		inode_put(i);
	}
	file_put(f);
	return result;
}

long sys_inotify_rm_watch(uint64_t fd, uint64_t wd)
{
	struct watched *w;
	struct file *f;
	long result = get_inotify(fd, &f);

	if (result != 0)
		return result;
	w = find_watch(f->data, NULL, (int32_t)wd);
	if (w != NULL)
		end_watch(w);
	else
		result = -EINVAL;
	file_put(f);
	return result;
}

void inotify_init(void)
{
	inode_tell_to(tell_inotify);
}
