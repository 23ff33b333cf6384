/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * msg.c - message queues: msgget, msgsnd, msgrcv. [ipc/msg.c]
 *
 * A task that must wait sleeps on the queue's wait queue, and counts as one of its sleepers. If the
 * queue is removed meanwhile, the last sleeper frees it.
 */
#include <string.h>

#include <abi/errno.h>

#include "msg.h"
#include "page.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "wait.h"

static bool msg_fits(const struct ipc_object *o, uint64_t arg)
{
	(void)o, (void)arg;
	return true;
}

static struct ipc_object *msg_make(struct ipcns *ns, uint64_t arg, uint32_t flags, int *err)
{
	struct msg_queue *q = kmalloc(sizeof(*q));

	(void)arg, (void)flags;
	*err = -ENOMEM;
	if (q == NULL)
		return NULL;
	q->ctime = ipc_time();
	q->room = ns->limit[SYSV_MSGMNB];
	list_init(&q->messages);
	waitq_init(&q->changed);
	return &q->object;
}

static void msg_discard(struct ipc_object *o)
{
	kfree(o);
}

long sys_msgget(uint64_t key, uint64_t flags)
{
	static const struct ipc_maker maker = {
		.kind = IPC_MSG, .most = SYSV_MSGMNI, .fits = msg_fits, .make = msg_make, .discard = msg_discard
	};

	return ipc_get(&maker, (int32_t)key, (uint32_t)flags, 0);
}

static void take_out(struct msg_queue *q, struct msg *m)
{
	list_del(&m->link);
	q->bytes -= m->size;
	q->count--;
	q->object.ns->msg_bytes -= m->size;
	q->object.ns->msg_count--;
}

/* The tasks that sleep at the queue are woken, and find it gone. The last of them frees it. */
void msg_free(struct ipc_object *o)
{
	struct msg_queue *q = (struct msg_queue *)o;

	struct list messages = LIST_INIT(messages);
	uint32_t worked = 0;

	list_move_all(&q->messages, &messages);
	o->ns->msg_bytes -= q->bytes;
	o->ns->msg_count -= q->count;
	ipc_remove(IPC_MSG, o);
	o->ns = NULL;
	if (q->sleepers == 0)
		kfree(q);
	else
		waitq_wake(&q->changed);
	while (!list_empty(&messages)) {
		struct msg *m = container_of(messages.next, struct msg, link);

		list_del(&m->link);
		kfree(m);
		(void)sched_worked(&worked, 4UL * SCHED_STEP);
	}
}

/* Sleeps until Q changes: 0, -ERESTARTNOHAND, or -EIDRM: Q was removed, and may be freed. */
static long wait_for_change(struct msg_queue *q)
{
	struct waiter w;
	long err;

	q->sleepers++;
	wait_begin(&q->changed, &w);
	err = task_sleep(WAIT_INTERRUPTIBLE, TIME_NEVER) == -EINTR ? -ERESTARTNOHAND : 0;
	wait_end(&w);
	q->sleepers--;
	if (q->object.ns != NULL)
		return err;
	if (q->sleepers == 0)
		kfree(q);
	return -EIDRM;
}

static long send_to(int32_t id, struct msg *m, uint32_t flags)
{
	struct msg_queue *q = (struct msg_queue *)ipc_find(IPC_MSG, id);
	long err;

	if (q == NULL)
		return -EINVAL;
	for (;;) {
		if (ipc_may(&q->object, IPC_WRITE) != 0)
			return -EACCES;
		if (q->bytes + m->size <= q->room && q->count + 1 <= q->room)
			break;
		if (flags & IPC_NOWAIT)
			return -EAGAIN;
		err = wait_for_change(q);
		if (err != 0)
			return err;
	}
	q->lspid = (uint32_t)ipc_pid();
	q->stime = ipc_time();
	list_add_tail(&m->link, &q->messages);
	q->bytes += m->size;
	q->count++;
	q->object.ns->msg_bytes += m->size;
	q->object.ns->msg_count++;
	waitq_wake(&q->changed);
	return 0;
}

long sys_msgsnd(uint64_t id, uint64_t from, uint64_t size, uint64_t flags)
{
	struct msg *m;
	int64_t type;
	long err;

	if (copy_from_user(&type, from, sizeof(type)) != 0)
		return -EFAULT;
	if (size > ipc_namespace()->limit[SYSV_MSGMAX] || (int32_t)id < 0 || type < 1)
		return -EINVAL;
	m = kmalloc_raw(sizeof(*m) + size);
	if (m == NULL)
		return -ENOMEM;
	list_init(&m->link);
	m->type = type;
	m->size = size;
	err = copy_from_user(m->text, from + sizeof(type), size) != 0 ? -EFAULT
								      : send_to((int32_t)id, m, (uint32_t)flags);
	if (err != 0)
		kfree(m);
	return err;
}

/*
 * The message that msgrcv(2) asks for with TYPE and FLAGS: the first (0), the first of TYPE, or of
 * another with MSG_EXCEPT; if TYPE is negative, the first of the lowest type up to -TYPE. NULL:
 * there is none. [find_msg, convert_mode]
 */
static struct msg *find_message(const struct msg_queue *q, int64_t type, uint32_t flags)
{
	const int64_t most = type == INT64_MIN ? INT64_MAX : -type;
	struct msg *best = NULL;

	list_for_each(link, &q->messages) {
		struct msg *m = container_of(link, struct msg, link);

		if (type == 0 || (type > 0 && (m->type == type) != ((flags & MSG_EXCEPT) != 0)))
			return m;
		if (type < 0 && m->type <= (best == NULL ? most : best->type - 1))
			best = m;
	}
	return best;
}

static long receive_from(int32_t id, int64_t type, uint64_t size, uint32_t flags, struct msg **out)
{
	struct msg_queue *q = (struct msg_queue *)ipc_find(IPC_MSG, id);
	struct msg *m;
	long err;

	if (q == NULL)
		return -EINVAL;
	for (;;) {
		if (ipc_may(&q->object, IPC_READ) != 0)
			return -EACCES;
		m = find_message(q, type, flags);
		if (m != NULL)
			break;
		if (flags & IPC_NOWAIT)
			return -ENOMSG;
		err = wait_for_change(q);
		if (err != 0)
			return err;
	}
	if (size < m->size && (flags & MSG_NOERROR) == 0)
		return -E2BIG;
	take_out(q, m);
	q->rtime = ipc_time();
	q->lrpid = (uint32_t)ipc_pid();
	waitq_wake(&q->changed);
	*out = m;
	return 0;
}

/* Message NUMBER of Q, from 0 on; NULL: it has fewer. Lets no other task run. */
static struct msg *message_at(const struct msg_queue *q, int64_t number)
{
	list_for_each(link, &q->messages)
		if (number-- == 0)
			return container_of(link, struct msg, link);
	return NULL;
}

/*
 * MSG_COPY: makes COPY, which has SIZE bytes of room, the same as message NUMBER of the queue ID.
 * The message stays there. [copy_msg]
 */
static long copy_from_queue(int32_t id, int64_t number, uint64_t size, uint32_t flags, struct msg *copy)
{
	const struct msg_queue *q = (struct msg_queue *)ipc_find(IPC_MSG, id);
	const struct msg *m;

	if (q == NULL)
		return -EINVAL;
	if (ipc_may(&q->object, IPC_READ) != 0)
		return -EACCES;
	m = message_at(q, number);
	if (m == NULL)
		return -ENOMSG;
	if (size < m->size && (flags & MSG_NOERROR) == 0)
		return -E2BIG;
	if (copy->size < m->size)
		return -EINVAL;
	copy->type = m->type;
	copy->size = m->size;
	memcpy(copy->text, m->text, m->size);
	return 0;
}

/* Room for a copy. Linux reads what is at TO first, so that must be readable. [prepare_copy] */
static long prepare_copy(uint64_t to, uint64_t size, struct msg **out)
{
	const uint64_t most = ipc_namespace()->limit[SYSV_MSGMAX], n = size < most ? size : most;
	struct msg *m = kmalloc_raw(sizeof(*m) + n);

	if (m == NULL)
		return -ENOMEM;
	m->size = n;
	if (copy_from_user(m->text, to, n) != 0) {
		kfree(m);
		return -EFAULT;
	}
	*out = m;
	return 0;
}

static long receive_copy(int32_t id, int64_t number, uint64_t to, uint64_t size, uint32_t flags, struct msg **out)
{
	long err;

	if ((flags & MSG_EXCEPT) != 0 || (flags & IPC_NOWAIT) == 0)
		return -EINVAL;
	err = prepare_copy(to, size, out);
	if (err != 0)
		return err;
	err = copy_from_queue(id, number, size, flags, *out);
	if (err != 0)
		kfree(*out);
	return err;
}

long sys_msgrcv(uint64_t id, uint64_t to, uint64_t size, uint64_t type, uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;
	struct msg *m;
	long result;

	if ((int32_t)id < 0 || (int64_t)size < 0)
		return -EINVAL;
	result = (flags & MSG_COPY) != 0 ? receive_copy((int32_t)id, (int64_t)type, to, size, flags, &m)
					 : receive_from((int32_t)id, (int64_t)type, size, flags, &m);
	if (result != 0)
		return result;
	result = (long)(size < m->size ? size : m->size);
	if (copy_to_user(to, &m->type, sizeof(m->type)) != 0 ||
	    copy_to_user(to + sizeof(m->type), m->text, (size_t)result) != 0)
		result = -EFAULT;
	kfree(m);
	return result;
}
