/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * async.c - signal-driven I/O: O_ASYNC, F_SETOWN, F_SETSIG and their like. See
 * kernel/core/files/async.h. While O_ASYNC is set, an open file has a waiter on each wait queue of
 * its poll operation. Waking that waiter sends a signal to the file's owner. [fs/fcntl.c]
 */
#include "asyncs.h"

#include <abi/ioctl.h>

#include "file.h"
#include "page.h"
#include "pgrp.h"
#include "pidns.h"
#include "signal.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

#define QUEUES 4 /* the most wait queues that a poll operation names */

struct async {
	struct file *file;
	int type;		 /* F_OWNER_* */
	uint32_t id;		 /* the kernel's id of who gets the signal; 0: nobody */
	struct signal_sender by; /* the ids of the task that set the owner */
	int sig;		 /* set by F_SETSIG; 0: SIGIO, without an info */
	uint32_t fd;		 /* the descriptor when O_ASYNC was set */
	struct poll_table table;
	struct waiter waiter[QUEUES];
	unsigned used; /* how many of waiter[] are on a queue; 0: no signals are sent */
};

static struct async *async_of(struct file *f)
{
	if (f->async == NULL) {
		f->async = kmalloc(sizeof(*f->async));
		if (f->async != NULL)
			f->async->file = f;
	}
	return f->async;
}

/* ---- sending the signal ---- */

/* The signal to send when the poll events READY hold. [send_sigio_to_task] */
static struct siginfo info_of(const struct async *a, uint32_t ready)
{
	const bool in = (ready & POLLIN) != 0;
	struct siginfo info = { .si_signo = SIGIO, .si_code = SI_KERNEL };

	if (a->sig != 0) {
		info = (struct siginfo){ .si_signo = a->sig, .si_code = in ? POLL_IN : POLL_OUT };
		info.si_band = in ? POLLIN | POLLRDNORM : POLLOUT | POLLWRNORM | POLLWRBAND;
		info.si_fd = (int32_t)a->fd;
	}
	return info;
}

/* Sends INFO's signal to the owner. */
static void send_to_owner(const struct async *a, const struct siginfo *info)
{
	struct task *t;

	if (a->id == 0)
		return;
	if (a->type == F_OWNER_PGRP) {
		signal_send_pgrp(a->id, info, a->by);
		return;
	}
	t = task_find(a->id);
	if (t == NULL || !signal_sender_may(&a->by, t))
		return;
	if (a->type == F_OWNER_TID)
		(void)signal_send_task(t, info);
	else
		(void)signal_send_group(t->group, info);
}

/* Called when a queue of the file is woken, by whichever task. */
static void async_notify(struct waiter *w)
{
	const struct async *a = w->data;
	const uint32_t ready = a->file->ops->poll(a->file, NULL);
	const struct siginfo info = info_of(a, ready);

	if (ready & (POLLIN | POLLOUT))
		send_to_owner(a, &info);
}

void async_tell(const struct file *f, uint32_t fd)
{
	struct siginfo info = info_of(f->async, POLLIN);

	if (f->async->sig != 0) {
		info.si_code = POLL_MSG;
		info.si_band = POLLIN | POLLRDNORM | POLLMSG;
		info.si_fd = (int32_t)fd;
	}
	send_to_owner(f->async, &info);
}

static void async_join(struct poll_table *table, struct waitq *q)
{
	struct async *a = container_of(table, struct async, table);
	struct waiter *w = &a->waiter[a->used];

	if (a->used == QUEUES)
		return;
	a->used++;
	wait_notify(q, w, async_notify, a);
}

static void leave_queues(struct async *a)
{
	while (a->used > 0)
		wait_end(&a->waiter[--a->used]);
}

static int async_set(struct file *f, uint32_t fd, bool on)
{
	const uint32_t type = f->inode->mode & S_IFMT;
	struct async *a;

	/* Only pipes, sockets and terminals can signal. [file_operations.fasync] */
	if (f->ops->poll == NULL || (type != S_IFIFO && type != S_IFSOCK && type != S_IFCHR))
		return -ENOTTY;
	a = on ? async_of(f) : f->async;
	if (on && a == NULL)
		return -ENOMEM;
	if (a != NULL)
		leave_queues(a);
	f->flags = on ? f->flags | FASYNC : f->flags & ~(uint32_t)FASYNC;
	if (on) {
		a->fd = fd;
		a->table.add = async_join;
		(void)f->ops->poll(f, &a->table);
	}
	return 0;
}

static void async_drop(struct file *f)
{
	leave_queues(f->async);
	kfree(f->async);
	f->async = NULL;
}

/* ---- the owner, who gets the signal ---- */

static bool owner_exists(int type, uint32_t id)
{
	const struct task *t = task_find(id);

	if (type == F_OWNER_TID)
		return t != NULL;
	if (type == F_OWNER_PID)
		return t != NULL && t == t->group->leader;
	pgrp_for_each(g, id) return true;
	return false;
}

/* Makes ID the owner of F: 0 or -ENOMEM. */
static int async_give_to(struct file *f, int type, uint32_t id)
{
	struct async *a = async_of(f);

	if (a == NULL)
		return -ENOMEM;
	a->type = type;
	a->id = id;
	a->by = (struct signal_sender){ current->cred.uid, current->cred.euid };
	return 0;
}

static long set_owner(struct file *f, int type, int pid)
{
	uint32_t id;

	if (pid < 0)
		return -EINVAL;
	id = pid != 0 ? pidns_id((uint32_t)pid) : 0;
	if (pid != 0 && (id == 0 || !owner_exists(type, id)))
		return -ESRCH;
	return async_give_to(f, type, id);
}

int async_own(struct file *f)
{
	if (f->async != NULL && f->async->id != 0)
		return 0;
	return async_give_to(f, F_OWNER_PID, current->group->id);
}

/* F_SETOWN: a negative ARG names a process group. [f_setown] */
static long set_owner_number(struct file *f, uint64_t arg)
{
	const int who = (int)arg;

	if (who == INT32_MIN)
		return -EINVAL;
	return set_owner(f, who < 0 ? F_OWNER_PGRP : F_OWNER_PID, who < 0 ? -who : who);
}

static int owner_number(const struct file *f)
{
	const struct async *a = f->async;
	const int shown = a == NULL || a->id == 0 ? 0 : (int)pidns_show(a->id);

	return a != NULL && a->type == F_OWNER_PGRP ? -shown : shown;
}

static long set_owner_ex(struct file *f, uint64_t arg)
{
	struct f_owner_ex ex;

	if (copy_from_user(&ex, arg, sizeof(ex)) != 0)
		return -EFAULT;
	if (ex.type < F_OWNER_TID || ex.type > F_OWNER_PGRP)
		return -EINVAL;
	return set_owner(f, ex.type, ex.pid);
}

static long get_owner_ex(const struct file *f, uint64_t arg)
{
	const int number = owner_number(f);
	const struct f_owner_ex ex = { f->async != NULL ? f->async->type : F_OWNER_TID, number < 0 ? -number : number };

	return copy_to_user(arg, &ex, sizeof(ex));
}

static long set_signal(struct file *f, uint64_t arg)
{
	struct async *a;

	if (arg > _NSIG)
		return -EINVAL;
	a = async_of(f);
	if (a == NULL)
		return -ENOMEM;
	a->sig = (int)arg;
	return 0;
}

bool async_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result)
{
	(void)fd;
	switch (cmd) {
	case F_SETOWN:
		*result = set_owner_number(f, arg);
		return true;
	case F_GETOWN:
		*result = owner_number(f);
		return true;
	case F_SETOWN_EX:
		*result = set_owner_ex(f, arg);
		return true;
	case F_GETOWN_EX:
		*result = get_owner_ex(f, arg);
		return true;
	case F_SETSIG:
		*result = set_signal(f, arg);
		return true;
	case F_GETSIG:
		*result = f->async != NULL ? f->async->sig : 0;
		return true;
	default:
		return false;
	}
}

static bool async_ioctl(struct file *f, uint32_t cmd, uint64_t arg, long *result)
{
	int32_t number;

	if (!inode_is(f->inode, S_IFSOCK))
		return false;
	switch (cmd) {
	case FIOSETOWN:
	case SIOCSPGRP:
		*result = copy_from_user(&number, arg, sizeof(number)) != 0 ? -EFAULT
									    : set_owner_number(f, (uint64_t)number);
		return true;
	case FIOGETOWN:
	case SIOCGPGRP:
		number = owner_number(f);
		*result = copy_to_user(arg, &number, sizeof(number));
		return true;
	default:
		return false;
	}
}

const struct async_ops async_signals = {
	.ioctl = async_ioctl,
	.set = async_set,
	.drop = async_drop,
};
