/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue_notify.c - mq_notify(2): a process is told, once, that a message has come into an empty
 * queue: by a signal, or by a message of the kernel to its netlink socket, which C libraries make a
 * thread of. [ipc/mqueue.c]
 */
#include <string.h>

#include <abi/errno.h>
#include <abi/mqueue.h>

#include "file.h"
#include "mqueue.h"
#include "netlink_tell.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

/* The last byte of a cookie, when it is sent. */
#define WOKEN_UP 1U /* [NOTIFY_WOKENUP] */
#define REMOVED 2U  /* [NOTIFY_REMOVED] */

/* Nobody is to be told of Q any more. Its socket, if any, gets the cookie, and WHY. */
static void end_telling(struct mqueue *q, uint8_t why)
{
	struct file *socket = q->socket;

	q->notified = 0;
	q->socket = NULL;
	if (socket == NULL)
		return;
	q->cookie[NOTIFY_COOKIE_LEN - 1] = why;
	(void)netlink_tell(socket, q->cookie, NOTIFY_COOKIE_LEN);
	file_put(socket);
}

void mqueue_tell(struct mqueue *q)
{
	struct siginfo info = signal_info_user(q->event.sigev_signo, SI_MESGQ);
	struct group *g = q->notified != 0 ? group_find(q->notified) : NULL;

	info.si_value = q->event.sigev_value;
	end_telling(q, WOKEN_UP);
	if (g != NULL && q->event.sigev_notify == SIGEV_SIGNAL && q->event.sigev_signo != 0)
		(void)signal_send_group(g, &info);
}

void mqueue_untell(struct mqueue *q)
{
	end_telling(q, REMOVED);
}

static bool event_is_good(const struct sigevent *e)
{
	return e->sigev_notify == SIGEV_NONE || (e->sigev_notify == SIGEV_THREAD && netlink_tell != NULL) ||
	       (e->sigev_notify == SIGEV_SIGNAL && e->sigev_signo >= 0 && e->sigev_signo <= _NSIG);
}

/* What E asks for: its cookie, and the socket behind it in *SOCKET, with a reference. */
static long find_socket(const struct sigevent *e, uint8_t *cookie, struct file **socket)
{
	long err;

	if (copy_from_user(cookie, e->sigev_value, NOTIFY_COOKIE_LEN) != 0)
		return -EFAULT;
	*socket = fd_get((uint64_t)e->sigev_signo);
	if (*socket == NULL)
		return -EBADF;
	err = netlink_tell(*socket, NULL, 0);
	if (err == 0)
		return 0;
	file_put(*socket);
	*socket = NULL;
	return err;
}

/*
 * E: NULL when the current process does not want to be told any more. SOCKET, NULL or a reference,
 * is taken over on success.
 */
static long set_notified(struct mqueue *q, const struct sigevent *e, struct file *socket, const uint8_t *cookie)
{
	const uint32_t self = current->group->id;

	if (e == NULL) {
		if (q->notified == self)
			mqueue_untell(q);
		return 0;
	}
	if (q->notified != 0)
		return -EBUSY;
	q->notified = self;
	q->event = *e;
	q->socket = socket;
	if (socket != NULL)
		memcpy(q->cookie, cookie, NOTIFY_COOKIE_LEN);
	return 0;
}

long sys_mq_notify(uint64_t fd, uint64_t uevent)
{
	uint8_t cookie[NOTIFY_COOKIE_LEN];
	struct file *f, *socket = NULL;
	struct sigevent e;
	struct mqueue *q;
	long result = 0;

	if (uevent != 0 && copy_from_user(&e, uevent, sizeof(e)) != 0)
		return -EFAULT;
	if (uevent != 0 && !event_is_good(&e))
		return -EINVAL;
	if (uevent != 0 && e.sigev_notify == SIGEV_THREAD)
		result = find_socket(&e, cookie, &socket);
	if (result != 0)
		return result;
	q = mqueue_get(fd, &f);
	if (q != NULL)
		f->inode->closing_matters = true;
	result = q != NULL ? set_notified(q, uevent != 0 ? &e : NULL, socket, cookie) : -EBADF;
	if (result != 0 && socket != NULL)
		file_put(socket);
	if (q != NULL)
		file_put(f);
	return result;
}

struct mqueue *mqueue_get(uint64_t fd, struct file **f)
{
	struct mqueue *q;

	*f = fd_get(fd);
	q = *f != NULL ? mqueue_of(*f) : NULL;
	if (*f != NULL && q == NULL)
		file_put(*f);
	return q;
}

/*
 * The current process gives up a descriptor of F: it is not told of a message any more.
 * [mqueue_flush_file]
 */
static void forget_notified(struct files *files, struct file *f)
{
	struct mqueue *q = mqueue_of(f);

	(void)files;
	if (q != NULL && q->notified == current->group->id)
		mqueue_untell(q);
}

void mqueue_init(void)
{
	static struct file_watcher watcher = { .closing = forget_notified };

	file_watch(&watcher);
}
