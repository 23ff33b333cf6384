/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * listener.c - the supervisor's side of USER_NOTIF: an open file whose ioctls receive calls and
 * decide about them.
 *
 * They name a notification by its id, because its task may stop waiting for the answer at any time.
 * [seccomp_notify_ioctl]
 */
#include "listener.h"

#include <string.h>

#include <abi/errno.h>

#include "file.h"
#include "kassert.h"
#include "notify.h"
#include "page.h"
#include "pidns.h"
#include "random.h"
#include "signal.h"
#include "usercopy.h"

static struct notif *listener_find(const struct notify_listener *l, uint64_t id)
{
	list_for_each(link, &l->notifs) {
		struct notif *n = container_of(link, struct notif, link);

		if (n->id == id)
			return n;
	}
	return NULL;
}

/* The oldest notification that was not received yet. */
static struct notif *find_new(const struct notify_listener *l)
{
	list_for_each(link, &l->notifs) {
		struct notif *n = container_of(link, struct notif, link);

		if (n->state == NOTIF_INIT)
			return n;
	}
	return NULL;
}

/* ---- RECV, SEND, ID_VALID, SET_FLAGS ---- */

static long receive_notif(struct notify_listener *l, uint64_t ubuf)
{
	static const struct seccomp_notif zero;
	struct seccomp_notif out;
	struct notif *n;

	if (copy_from_user(&out, ubuf, sizeof(out)) != 0)
		return -EFAULT;
	if (memcmp(&out, &zero, sizeof(out)) != 0) /* must be zero: later versions may have input fields */
		return -EINVAL;
	if (wait_event(&l->event, l->requests > 0 || l->orphan, WAIT_INTERRUPTIBLE, TIME_NEVER) != 0)
		return -ERESTARTSYS;
	n = find_new(l);
	if (n != NULL) {
		out = (struct seccomp_notif){ .id = n->id, .pid = pidns_show(n->tid), .data = *n->data };
		/* If the copy fails, the notification stays new. No other task runs meanwhile. */
		if (copy_to_user(ubuf, &out, sizeof(out)) != 0)
			return -EFAULT;
		n->state = NOTIF_SENT;
		waitq_wake(&n->ready); /* the task may have to sleep killably now: see sleeps_killable() */
		waitq_wake(&l->event);
	}
	if (l->requests > 0)
		l->requests--;
	return n != NULL ? 0 : -ENOENT;
}

static void reply_notif(struct notif *n, int32_t error, int64_t val, uint32_t flags)
{
	n->state = NOTIF_REPLIED;
	n->error = error;
	n->val = val;
	n->flags = flags;
	waitq_wake(&n->ready);
}

static long listener_send(struct notify_listener *l, uint64_t ubuf)
{
	struct seccomp_notif_resp resp;
	struct notif *n;

	if (copy_from_user(&resp, ubuf, sizeof(resp)) != 0)
		return -EFAULT;
	if (resp.flags & ~(uint32_t)SECCOMP_USER_NOTIF_FLAG_CONTINUE)
		return -EINVAL;
	if ((resp.flags & SECCOMP_USER_NOTIF_FLAG_CONTINUE) && (resp.error != 0 || resp.val != 0))
		return -EINVAL;
	n = listener_find(l, resp.id);
	if (n == NULL)
		return -ENOENT;
	if (n->state != NOTIF_SENT)
		return -EINPROGRESS;
	reply_notif(n, resp.error, resp.val, resp.flags);
	return 0;
}

static long id_valid(const struct notify_listener *l, uint64_t ubuf)
{
	const struct notif *n;
	uint64_t id;

	if (copy_from_user(&id, ubuf, sizeof(id)) != 0)
		return -EFAULT;
	n = listener_find(l, id);
	return n != NULL && n->state == NOTIF_SENT ? 0 : -ENOENT;
}

/* SYNC_WAKE_UP has no effect, as there is one processor. */
static long listener_set_flags(uint64_t flags)
{
	return flags & ~SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP ? -EINVAL : 0;
}

/* ---- ADDFD ---- */

/*
 * Reads the SIZE bytes that the program takes for a struct seccomp_notif_addfd. The structure may
 * have grown since this kernel was made: what is beyond the fields known here must be zero. 0,
 * -EINVAL, -EFAULT or -E2BIG. [copy_struct_from_user]
 */
static long read_addfd(struct seccomp_notif_addfd *to, uint64_t ubuf, size_t size)
{
	if (size < sizeof(*to) || size >= PAGE_SIZE)
		return -EINVAL;
	for (size_t at = sizeof(*to); at < size; at++) {
		uint8_t byte;

		if (copy_from_user(&byte, ubuf + at, 1) != 0)
			return -EFAULT;
		if (byte != 0)
			return -E2BIG;
	}
	return copy_from_user(to, ubuf, sizeof(*to)) != 0 ? -EFAULT : 0;
}

/*
 * Hands G to the task that waits for the answer to notification ID, and waits until that task has
 * taken it. Returns the descriptor that the task got, or -errno.
 */
static long give_gift(struct notify_listener *l, uint64_t id, struct gift *g)
{
	struct notif *n = listener_find(l, id);

	if (n == NULL)
		return -ENOENT;
	if (n->state != NOTIF_SENT)
		return -EINPROGRESS;
	if (g->reply) {
		if (!list_empty(&n->gifts))
			return -EBUSY;
		n->state = NOTIF_REPLIED;
	}
	list_add(&g->link, &n->gifts);
	waitq_wake(&n->ready);
	if (wait_event(&g->ready, g->done, WAIT_INTERRUPTIBLE, TIME_NEVER) != 0) {
		/* The task has not run since: with SEND, too, it goes on waiting for an answer. */
		list_del(&g->link);
		if (g->reply)
			n->state = NOTIF_SENT;
		return -ERESTARTSYS;
	}
	return g->result;
}

static long add_fd(struct notify_listener *l, uint64_t ubuf, size_t size)
{
	struct seccomp_notif_addfd addfd;
	struct gift g = { .done = false };
	long result = read_addfd(&addfd, ubuf, size);

	if (result != 0)
		return result;
	if (addfd.newfd_flags & ~(uint32_t)O_CLOEXEC)
		return -EINVAL;
	if (addfd.flags & ~(uint32_t)(SECCOMP_ADDFD_FLAG_SETFD | SECCOMP_ADDFD_FLAG_SEND))
		return -EINVAL;
	if (addfd.newfd != 0 && !(addfd.flags & SECCOMP_ADDFD_FLAG_SETFD))
		return -EINVAL;
	g.file = fd_get(addfd.srcfd);
	if (g.file == NULL)
		return -EBADF;
	g.cloexec = addfd.newfd_flags & O_CLOEXEC;
	g.at_fd = addfd.flags & SECCOMP_ADDFD_FLAG_SETFD;
	g.reply = addfd.flags & SECCOMP_ADDFD_FLAG_SEND;
	g.fd = addfd.newfd;
	waitq_init(&g.ready);
	result = give_gift(l, addfd.id, &g);
	file_put(g.file);
	return result;
}

/* ---- the file ---- */

/* The number of ADDFD contains a size, which may grow, and a direction, which is not checked. */
#define IOC_ANY_SIZE(cmd) ((cmd) & ~0xffff0000U)
#define IOC_SIZE(cmd) ((cmd) >> 16 & 0x3fff)

static long listener_ioctl(struct file *f, uint64_t ucmd, uint64_t arg)
{
	struct notify_listener *l = f->data;
	const uint32_t cmd = (uint32_t)ucmd;

	switch (cmd) {
	case SECCOMP_IOCTL_NOTIF_RECV:
		return receive_notif(l, arg);
	case SECCOMP_IOCTL_NOTIF_SEND:
		return listener_send(l, arg);
	case SECCOMP_IOCTL_NOTIF_ID_VALID:
	case SECCOMP_IOCTL_NOTIF_ID_VALID_WRONG_DIR:
		return id_valid(l, arg);
	case SECCOMP_IOCTL_NOTIF_SET_FLAGS:
		return listener_set_flags(arg);
	}
	if (IOC_ANY_SIZE(cmd) == IOC_ANY_SIZE(SECCOMP_IOCTL_NOTIF_ADDFD))
		return add_fd(l, arg, IOC_SIZE(cmd));
	return -EINVAL; /* EINVAL, not ENOTTY, as on Linux */
}

static uint32_t listener_poll(struct file *f, struct poll_table *q)
{
	struct notify_listener *l = f->data;
	uint32_t ready = l->orphan ? POLLHUP : 0;

	if (q != NULL)
		poll_wait(q, &l->event);
	list_for_each(link, &l->notifs) {
		const struct notif *n = container_of(link, struct notif, link);

		if (n->state == NOTIF_INIT)
			ready |= POLLIN | POLLRDNORM;
		if (n->state == NOTIF_SENT)
			ready |= POLLOUT | POLLWRNORM;
	}
	return ready;
}

void listener_put(struct notify_listener *l)
{
	KASSERT(l->refs != 0);
	if (--l->refs != 0)
		return;
	KASSERT(list_empty(&l->notifs) && list_empty(&l->event.waiters));
	kfree(l);
}

/*
 * The listener's last descriptor is closed, so nobody answers any more. Calls that wait get ENOSYS,
 * and so do later ones. [seccomp_notify_release]
 */
static void listener_release(struct file *f)
{
	struct notify_listener *l = f->data;

	l->closed = true;
	list_for_each(link, &l->notifs) {
		struct notif *n = container_of(link, struct notif, link);

		if (n->state != NOTIF_REPLIED)
			reply_notif(n, -ENOSYS, 0, 0);
	}
	listener_put(l);
}

static const struct file_ops listener_ops = {
	.ioctl = listener_ioctl,
	.poll = listener_poll,
	.release = listener_release,
};

static bool is_open(const struct listener *listener)
{
	return !container_of(listener, const struct notify_listener, base)->closed;
}

static void listener_orphan(struct listener *listener)
{
	struct notify_listener *l = container_of(listener, struct notify_listener, base);

	l->orphan = true;
	waitq_wake(&l->event);
	listener_put(l);
}

static const struct listener_ops filter_ops = { .is_open = is_open, .orphan = listener_orphan, .ask = notify_ask };

struct file *listener_create(bool killable, struct listener **out)
{
	struct notify_listener *l = kmalloc(sizeof(*l));
	struct file *f;

	if (l == NULL)
		return NULL;
	f = file_create(&listener_ops, NULL, O_RDWR, l);
	if (f == NULL) {
		kfree(l);
		return NULL;
	}
	f->name = "anon_inode:seccomp notify";
	l->refs = 2;
	l->killable = killable;
	random_bytes(&l->next_id, sizeof(l->next_id));
	list_init(&l->notifs);
	waitq_init(&l->event);
	l->base.ops = &filter_ops;
	*out = &l->base;
	return f;
}
