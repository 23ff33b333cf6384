/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.c - epoll_create1 and epoll_ctl. [fs/eventpoll.c]
 *
 * A watch (an epitem in Linux) is on the wait queues of its file for as long as it lasts. When one
 * of them is woken, the watch goes to the end of its epoll file's ready list, and a task that waits
 * there is woken. A file on that list is asked again only when events are to be reported. After its
 * events were reported, an edge-triggered watch leaves the list, and a level-triggered one goes to
 * its end.
 */
#include "epoll.h"

#include "epoll_watch.h"

#include <string.h>

#include <abi/epoll.h>

#include "file.h"
#include "page.h"
#include "poll.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

/* What W's file's poll operation is called with. It calls table.add for each of its wait queues. */
struct watch_table {
	struct poll_table table;
	struct watch *w;
	unsigned named; /* wait queues that it has named so far */
};

static struct watch *watch_of(struct avl_node *n)
{
	return container_of(n, struct watch, node);
}

/*
 * W may be ready: puts it on the ready list, and wakes tasks that wait for its epoll file. Epoll
 * files that watch this one come here, too, from within the last line. Each tells those that watch
 * it once, however many ways lead to it, so the work grows with the watches and not with the ways.
 */
static void set_ready(struct watch *w)
{
	static uint64_t round;
	static unsigned depth;
	struct epoll *e = w->epoll;

	if (depth == 0)
		round++;
	if (list_empty(&w->ready))
		list_add_tail(&w->ready, &e->ready);
	waitq_wake_one(&e->wait);
	if (e->round == round)
		return;
	e->round = round;
	depth++;
	waitq_wake(&e->changed);
	depth--;
}

/*
 * A queue of the watched file was woken. With EPOLLEXCLUSIVE the wake-up goes no further (TOOK) if
 * a task sleeps on this epoll file and the file has an event that W watches for.
 * [ep_poll_callback]
 */
static void watch_notify(struct waiter *waiter)
{
	struct watch *w = waiter->data;

	waiter->took = waiter->exclusive && waitq_has_sleeper(&w->epoll->wait) &&
		       (w->file->ops->poll(w->file, NULL) & w->event.events & ~EPOLLEXCLUSIVE) != 0;
	if (!w->disabled)
		set_ready(w);
}

/*
 * Called by the poll operation for each wait queue of the file: puts the watch on Q. The queues are
 * the same as last time, unless the file is a socket that has another peer now.
 */
static void watch_queue(struct poll_table *table, struct waitq *q)
{
	struct watch_table *t = container_of(table, struct watch_table, table);
	struct watch_entry *e = &t->w->entry[t->named++];

	KASSERT(t->named <= EPOLL_QUEUES);
	if (e->queue == q)
		return;
	if (e->queue != NULL)
		wait_end(&e->waiter);
	e->queue = q;
	wait_notify(q, &e->waiter, watch_notify, t->w);
	e->waiter.exclusive = (t->w->event.events & EPOLLEXCLUSIVE) != 0;
}

uint32_t watch_events(struct watch *w)
{
	struct watch_table t = { .table = { watch_queue }, .w = w };
	uint32_t events;

	if (w->disabled)
		return 0;
	poll_steps++;
	events = w->file->ops->poll(w->file, &t.table);
	return events == POLL_UNFINISHED ? events : events & (w->event.events | POLLERR | POLLHUP);
}

static void watch_free(struct watch *w)
{
	list_del(&w->inner);
	list_del(&w->ready);
	for (unsigned i = 0; i < EPOLL_QUEUES; i++)
		if (w->entry[i].queue != NULL)
			wait_end(&w->entry[i].waiter);
	avl_remove(&w->epoll->watches, &w->node);
	list_del(&w->of_file);
	kfree(w);
}

/* Other tasks run meanwhile, and may call F's poll operation: F's data must still be whole. */
void epoll_forget(struct file *f)
{
	uint32_t worked = 0;

	while (!list_empty(&f->watches)) {
		watch_free(container_of(f->watches.next, struct watch, of_file));
		(void)sched_worked(&worked, WATCH_WORK);
	}
}

/* ---- as an open file: ready to be read when anything is to be reported ---- */

#define ASKED_AT_ONCE 256U /* any_ready() stops when this many files have been asked */

/*
 * Is a watch on the list OF ready? POLLIN | POLLRDNORM: yes; 0: no; POLL_UNFINISHED: not all have
 * been asked. Watches that are found not to be ready leave the list.
 */
static uint32_t any_ready(const struct list *of)
{
	while (!list_empty(of)) {
		struct watch *w = container_of(of->next, struct watch, ready);
		const uint32_t events = watch_events(w);

		if (events != 0)
			return events == POLL_UNFINISHED ? events : POLLIN | POLLRDNORM;
		list_del(&w->ready);
		if (poll_steps % ASKED_AT_ONCE == 0)
			return POLL_UNFINISHED;
	}
	return 0;
}

static uint32_t epoll_poll(struct file *f, struct poll_table *table)
{
	struct epoll *e = f->data;
	uint32_t events;

	if (table != NULL)
		poll_wait(table, &e->changed);
	events = any_ready(&e->left);
	return events != 0 ? events : any_ready(&e->ready);
}

static void epoll_release(struct file *f)
{
	struct epoll *e = f->data;
	uint32_t worked = 0;

	while (e->watches.root != NULL) {
		watch_free(watch_of(e->watches.root));
		(void)sched_worked(&worked, WATCH_WORK);
	}
	kfree(e);
}

const struct file_ops epoll_ops = {
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
	list_init(&e->ready);
	list_init(&e->left);
	list_init(&e->inner);
	e->file = NULL;
	e->round = 0;
	waitq_init(&e->wait);
	waitq_init(&e->changed);
	return fd_create(&epoll_ops, "anon_inode:[eventpoll]", O_RDWR | ((uint32_t)flags & EPOLL_CLOEXEC), e);
}

/* ---- what is watched ---- */

/* The watch of F as FD; or NULL, with the place in the tree where it belongs in *PARENT and *AT. */
static struct watch *epoll_find(struct epoll *e, const struct file *f, uint32_t fd, struct avl_node **parent,
				struct avl_node ***at)
{
	*parent = NULL;
	*at = &e->watches.root;
	while (**at != NULL) {
		struct watch *w = watch_of(**at);

		if (w->file == f && w->fd == fd)
			return w;
		*parent = &w->node;
		*at = &w->node.child[w->file != f ? w->file < f : w->fd < fd];
	}
	return NULL;
}

static struct watch *watch_create(struct epoll *e, struct file *f, uint32_t fd, const struct epoll_event *event)
{
	struct watch *w = kmalloc(sizeof(*w));

	if (w == NULL)
		return NULL;
	w->epoll = e;
	w->file = f;
	w->fd = fd;
	w->event = *event;
	list_init(&w->ready);
	list_add_tail(&w->of_file, &f->watches);
	list_init(&w->inner);
	if (f->ops == &epoll_ops)
		list_add_tail(&w->inner, &e->inner);
	return w;
}

/*
 * Do Linux's rules allow the call? EPOLLEXCLUSIVE can be set by EPOLL_CTL_ADD only, beside few
 * other events, and not changed later. [do_epoll_ctl]
 */
static bool exclusive_fits(uint32_t op, const struct file *f, uint32_t events)
{
	const uint32_t others = POLLIN | POLLOUT | POLLERR | POLLHUP | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE;

	if ((events & EPOLLEXCLUSIVE) == 0 || op == EPOLL_CTL_DEL)
		return true;
	return op == EPOLL_CTL_ADD && f->ops != &epoll_ops && (events & ~others) == 0;
}

static int epoll_change(struct epoll *e, uint32_t op, struct file *f, uint32_t fd, const struct epoll_event *event)
{
	struct avl_node *parent, **at;
	struct watch *w = epoll_find(e, f, fd, &parent, &at);

	if (op == EPOLL_CTL_MOD && w != NULL && (w->event.events & EPOLLEXCLUSIVE) != 0)
		return -EINVAL;
	if (op != EPOLL_CTL_ADD && op != EPOLL_CTL_MOD && op != EPOLL_CTL_DEL)
		return -EINVAL;
	if ((w != NULL) == (op == EPOLL_CTL_ADD))
		return w != NULL ? -EEXIST : -ENOENT;
	if (op == EPOLL_CTL_DEL) {
		watch_free(w);
		return 0;
	}
	if (op == EPOLL_CTL_ADD) {
		w = watch_create(e, f, fd, event);
		if (w == NULL)
			return -ENOMEM;
		avl_insert(&e->watches, &w->node, parent, at);
	}
	w->event = *event;
	w->disabled = false;
	if (watch_events(w) != 0)
		set_ready(w);
	return 0;
}

static int epoll_control(struct file *epf, uint32_t op, struct file *f, uint32_t fd, const struct epoll_event *event)
{
	struct epoll *e = epf->data;
	int err = 0;

	/* Files that are always ready cannot be watched. */
	if (f->ops->poll == NULL)
		return -EPERM;
	if (epf == f || epf->ops != &epoll_ops || !exclusive_fits(op, f, event->events))
		return -EINVAL;
	e->file = epf;
	if (op == EPOLL_CTL_ADD)
		err = epoll_check_chain(e, f);
	return err != 0 ? err : epoll_change(e, op, f, fd, event);
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
