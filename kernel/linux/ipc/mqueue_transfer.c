/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mqueue_transfer.c - POSIX message queues: mq_timedsend, mq_timedreceive and mq_getsetattr.
 * [ipc/mqueue.c]
 */
#include <abi/errno.h>
#include <abi/mqueue.h>

#include "file.h"
#include "mqueue.h"
#include "page.h"
#include "poll.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

/* ---- who waits ---- */

/* Sleeps until Q changes: 0, -EAGAIN (F does not wait), -ETIMEDOUT or -ERESTARTSYS. [wq_sleep] */
static long wait_for_queue(struct file *f, struct mqueue *q, uint64_t deadline)
{
	struct waiter w;
	int err;

	if (f->flags & O_NONBLOCK)
		return -EAGAIN;
	wait_begin(&q->changed, &w);
	err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	wait_end(&w);
	return err == -EINTR ? -ERESTARTSYS : err;
}

/* ---- messages ---- */

/* Behind those of the same priority. [msg_insert] */
static void insert_message(struct mqueue *q, struct mq_message *m)
{
	struct list *before = q->messages.prev;

	while (before != &q->messages && container_of(before, struct mq_message, link)->priority < m->priority)
		before = before->prev;
	list_add(&m->link, before);
	q->count++;
	q->size += m->size;
	if (q->count == 1 && q->receivers == 0)
		mqueue_tell(q);
	waitq_wake(&q->changed);
}

static long put_in(struct file *f, struct mqueue *q, struct mq_message *m, uint64_t deadline)
{
	while (q->count >= q->max) {
		const long err = wait_for_queue(f, q, deadline);

		if (err != 0)
			return err;
	}
	insert_message(q, m);
	return 0;
}

/* Copies the text of M, which may be long, from user memory or to it: others may run. */
static int copy_text(struct mq_message *m, uint64_t user, bool in)
{
	for (uint64_t done = 0; done < m->size;) {
		const uint64_t step = m->size - done < SCHED_STINT ? m->size - done : SCHED_STINT;
		char *at = m->text + done;

		if ((in ? copy_from_user(at, user + done, step) : copy_to_user(user + done, at, step)) != 0)
			return -EFAULT;
		done += step;
		if (done < m->size)
			(void)sched_give_way();
	}
	return 0;
}

static long mqueue_send(struct file *f, struct mqueue *q, uint64_t from, uint64_t size, uint32_t priority,
			uint64_t deadline)
{
	struct mq_message *m;
	long result;

	if (!f->writable)
		return -EBADF;
	if (size > q->room)
		return -EMSGSIZE;
	m = kmalloc_raw(sizeof(*m) + size);
	if (m == NULL)
		return -ENOMEM;
	list_init(&m->link);
	m->priority = priority;
	m->size = size;
	result = copy_text(m, from, true);
	if (result == 0)
		result = put_in(f, q, m, deadline);
	if (result != 0)
		kfree(m);
	return result;
}

long sys_mq_timedsend(uint64_t fd, uint64_t from, uint64_t size, uint64_t priority, uint64_t timeout)
{
	struct mqueue *q;
	uint64_t deadline;
	struct file *f;
	long result = poll_deadline_at(timeout, true, &deadline);

	if (result != 0)
		return result;
	if ((uint32_t)priority >= MQ_PRIO_MAX)
		return -EINVAL;
	q = mqueue_get(fd, &f);
	if (q == NULL)
		return -EBADF;
	result = mqueue_send(f, q, from, size, (uint32_t)priority, deadline);
	file_put(f);
	return result;
}

/* Waits for a message, which is the caller's then. */
static long take_message(struct file *f, struct mqueue *q, uint64_t deadline, struct mq_message **out)
{
	while (q->count == 0) {
		long err;

		q->receivers++;
		err = wait_for_queue(f, q, deadline);
		q->receivers--;
		if (err != 0)
			return err;
	}
	*out = container_of(q->messages.next, struct mq_message, link);
	list_del(&(*out)->link);
	q->count--;
	q->size -= (*out)->size;
	waitq_wake(&q->changed);
	return 0;
}

static long mqueue_receive(struct file *f, struct mqueue *q, uint64_t to, uint64_t size, uint64_t to_priority,
			   uint64_t deadline)
{
	struct mq_message *m;
	long result;

	if (!f->readable)
		return -EBADF;
	if (size < q->room)
		return -EMSGSIZE;
	result = take_message(f, q, deadline, &m);
	if (result != 0)
		return result;
	if (to_priority != 0 && copy_to_user(to_priority, &m->priority, sizeof(m->priority)) != 0)
		result = -EFAULT;
	if (result == 0)
		result = copy_text(m, to, false);
	if (result == 0)
		result = (long)m->size;
	kfree(m);
	return result;
}

long sys_mq_timedreceive(uint64_t fd, uint64_t to, uint64_t size, uint64_t to_priority, uint64_t timeout)
{
	struct mqueue *q;
	uint64_t deadline;
	struct file *f;
	long result = poll_deadline_at(timeout, true, &deadline);

	if (result != 0)
		return result;
	q = mqueue_get(fd, &f);
	if (q == NULL)
		return -EBADF;
	result = mqueue_receive(f, q, to, size, to_priority, deadline);
	file_put(f);
	return result;
}

/* ---- mq_getsetattr ---- */

long sys_mq_getsetattr(uint64_t fd, uint64_t unew, uint64_t uold)
{
	struct mq_attr new, old;
	struct mqueue *q;
	struct file *f;

	if (unew != 0 && copy_from_user(&new, unew, sizeof(new)) != 0)
		return -EFAULT;
	if (unew != 0 && (new.mq_flags & ~(int64_t)O_NONBLOCK) != 0)
		return -EINVAL;
	q = mqueue_get(fd, &f);
	if (q == NULL)
		return -EBADF;
	old = (struct mq_attr){
		.mq_flags = f->flags & O_NONBLOCK,
		.mq_maxmsg = (int64_t)q->max,
		.mq_msgsize = (int64_t)q->room,
		.mq_curmsgs = (int64_t)q->count,
	};
	if (unew != 0)
		f->flags = (f->flags & ~(uint32_t)O_NONBLOCK) | (uint32_t) new.mq_flags;
	file_put(f);
	return uold != 0 && copy_to_user(uold, &old, sizeof(old)) != 0 ? -EFAULT : 0;
}
