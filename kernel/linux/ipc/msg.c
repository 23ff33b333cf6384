/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * msg.c - message queues: msgget, msgsnd, msgrcv, msgctl. [ipc/msg.c]
 *
 * A task that must wait sleeps at the queue, and finds it again by its id when it wakes.
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "cred.h"
#include "ipc.h"
#include "page.h"
#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"
#include "wait.h"

struct msg {
	struct list link;
	int64_t type;
	uint64_t size;
	char text[];
};

struct msg_queue {
	struct ipc_object object;
	int64_t stime, rtime, ctime;
	uint64_t bytes, count, room; /* its bytes and messages; how many bytes it may hold */
	uint32_t lspid, lrpid;
	struct list messages;
	uint32_t sleepers;
	struct waitq changed;
};

static bool msg_fits(const struct ipc_object *o, uint64_t arg)
{
	(void)o, (void)arg;
	return true;
}

static struct ipc_object *msg_make(struct ipcns *ns, uint64_t arg, uint32_t flags, int *err)
{
	struct msg_queue *q = kmalloc(sizeof(*q));

	(void)ns, (void)arg, (void)flags;
	*err = -ENOMEM;
	if (q == NULL)
		return NULL;
	q->ctime = ipc_time();
	q->room = MSGMNB;
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
		.kind = IPC_MSG, .most = MSGMNI, .fits = msg_fits, .make = msg_make, .discard = msg_discard
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

/* Wakes the tasks that sleep at the queue, which find it gone; the last of them frees it. */
void msg_free(struct ipc_object *o)
{
	struct msg_queue *q = (struct msg_queue *)o;

	while (!list_empty(&q->messages)) {
		struct msg *m = container_of(q->messages.next, struct msg, link);

		take_out(q, m);
		kfree(m);
	}
	ipc_remove(IPC_MSG, o);
	o->ns = NULL;
	if (q->sleepers == 0)
		kfree(q);
	else
		waitq_wake(&q->changed);
}

/* Sleeps until Q changes: 0, -EIDRM (it was removed), -ERESTARTNOHAND. */
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
	if (size > MSGMAX || (int32_t)id < 0 || type < 1)
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

/* The message that msgrcv(TYPE, FLAGS) asks for, or NULL. [find_msg, convert_mode] */
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

/* MSG_COPY is for checkpoints; a Linux without them gives ENOSYS. */
long sys_msgrcv(uint64_t id, uint64_t to, uint64_t size, uint64_t type, uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;
	struct msg *m;
	long result;

	if ((int32_t)id < 0 || (int64_t)size < 0)
		return -EINVAL;
	if (flags & MSG_COPY)
		return (flags & MSG_EXCEPT) != 0 || (flags & IPC_NOWAIT) == 0 ? -EINVAL : -ENOSYS;
	result = receive_from((int32_t)id, (int64_t)type, size, flags, &m);
	if (result != 0)
		return result;
	result = (long)(size < m->size ? size : m->size);
	if (copy_to_user(to, &m->type, sizeof(m->type)) != 0 ||
	    copy_to_user(to + sizeof(m->type), m->text, (size_t)result) != 0)
		result = -EFAULT;
	kfree(m);
	return result;
}

/* ---- msgctl ---- */

static long msg_info(bool in_use, uint64_t to)
{
	const struct ipcns *ns = ipc_namespace();
	struct msginfo info = {
		.msgpool = MSGPOOL,
		.msgmap = MSGMAP,
		.msgmax = MSGMAX,
		.msgmnb = MSGMNB,
		.msgmni = MSGMNI,
		.msgssz = MSGSSZ,
		.msgtql = MSGTQL,
		.msgseg = MSGSEG,
	};

	if (in_use) {
		info.msgpool = (int32_t)ns->table[IPC_MSG].used;
		info.msgmap = (int32_t)ns->msg_count;
		info.msgtql = (int32_t)ns->msg_bytes;
	}
	return copy_to_user(to, &info, sizeof(info)) != 0 ? -EFAULT : ipc_highest(IPC_MSG);
}

static long msg_stat(int32_t id, int32_t command, uint64_t to)
{
	const struct ipc_object *o = command == IPC_STAT ? ipc_find(IPC_MSG, id) : ipc_find_place(IPC_MSG, id);
	const struct msg_queue *q = (const struct msg_queue *)o;
	struct msqid64_ds ds;

	if (o == NULL)
		return -EINVAL;
	if (command != MSG_STAT_ANY && ipc_may(o, IPC_READ) != 0)
		return -EACCES;
	ds = (struct msqid64_ds){
		.msg_stime = q->stime,
		.msg_rtime = q->rtime,
		.msg_ctime = q->ctime,
		.msg_cbytes = q->bytes,
		.msg_qnum = q->count,
		.msg_qbytes = q->room,
		.msg_lspid = (int32_t)pidns_show(q->lspid),
		.msg_lrpid = (int32_t)pidns_show(q->lrpid),
	};
	ipc_show(o, &ds.msg_perm);
	if (copy_to_user(to, &ds, sizeof(ds)) != 0)
		return -EFAULT;
	return command == IPC_STAT ? 0 : o->id;
}

/* IPC_SET and IPC_RMID. [msgctl_down] */
static long msg_change(int32_t id, int32_t command, uint64_t from)
{
	struct msqid64_ds ds;
	struct msg_queue *q;
	long err;

	if (command == IPC_SET && copy_from_user(&ds, from, sizeof(ds)) != 0)
		return -EFAULT;
	q = (struct msg_queue *)ipc_find(IPC_MSG, id);
	if (q == NULL)
		return -EINVAL;
	err = ipc_owns(&q->object);
	if (err != 0)
		return err;
	if (command == IPC_RMID) {
		msg_free(&q->object);
		return 0;
	}
	if (ds.msg_qbytes > MSGMNB && !task_capable(CAP_SYS_RESOURCE))
		return -EPERM;
	err = ipc_set(&q->object, &ds.msg_perm);
	if (err != 0)
		return err;
	q->room = ds.msg_qbytes;
	q->ctime = ipc_time();
	waitq_wake(&q->changed); /* there may be room now, or the right may be gone */
	return 0;
}

long sys_msgctl(uint64_t uid, uint64_t ucommand, uint64_t arg)
{
	const int32_t id = (int32_t)uid, command = (int32_t)ucommand;

	if (id < 0 || command < 0)
		return -EINVAL;
	switch (command) {
	case IPC_INFO:
	case MSG_INFO:
		return msg_info(command == MSG_INFO, arg);
	case IPC_STAT:
	case MSG_STAT:
	case MSG_STAT_ANY:
		return msg_stat(id, command, arg);
	case IPC_SET:
	case IPC_RMID:
		return msg_change(id, command, arg);
	default:
		return -EINVAL;
	}
}
