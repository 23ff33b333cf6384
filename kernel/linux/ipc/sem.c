/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sem.c - sets of semaphores: semget, semop, semtimedop. The operations of one call are done all
 * together, or the task sleeps until they can be. [ipc/sem.c]
 *
 * No other task runs while the operations of a call are tried, so those that were done can be
 * undone when one of them must wait. The task that changes values tries the operations of the
 * sleepers for them, in order of arrival.
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <string.h>

#include "ipc.h"
#include "page.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "timespec.h"
#include "usercopy.h"

struct sem_sleeper {
	struct list link;
	struct task *task;
	const struct sembuf *ops;
	uint32_t count;
	uint32_t blocking; /* the index of the operation that it waits for */
	struct sem_undo *undo;
	uint64_t tried; /* the set's `changes` when it was tried last */
	int32_t pid;
	bool done;
	int result; /* set when the operations were done */
};

#define BLOCKS 1 /* a third result beside 0 and -errno: it must wait */

static bool sem_fits(const struct ipc_object *o, uint64_t arg)
{
	return arg <= ((const struct sem_set *)o)->count;
}

static struct ipc_object *sem_make(struct ipcns *ns, uint64_t count, uint32_t flags, int *err)
{
	struct sem_set *set;

	(void)flags;
	*err = count == 0 ? -EINVAL : ns->semaphores + count > ns->limit[SYSV_SEMMNS] ? -ENOSPC : -ENOMEM;
	set = *err == -ENOMEM ? kmalloc(sizeof(*set) + count * sizeof(set->sem[0])) : NULL;
	if (set == NULL)
		return NULL;
	set->count = (uint32_t)count;
	set->ctime = ipc_time();
	list_init(&set->sleepers);
	list_init(&set->undos);
	ns->semaphores += count;
	set->object.ns = ns;
	return &set->object;
}

static void sem_discard(struct ipc_object *o)
{
	struct sem_set *set = (struct sem_set *)o;

	o->ns->semaphores -= set->count;
	kfree(set);
}

long sys_semget(uint64_t key, uint64_t ucount, uint64_t flags)
{
	static const struct ipc_maker maker = {
		.kind = IPC_SEM, .most = SYSV_SEMMNI, .fits = sem_fits, .make = sem_make, .discard = sem_discard
	};
	const int32_t count = (int32_t)ucount;

	if (count < 0 || (uint32_t)count > ipc_namespace()->limit[SYSV_SEMMSL])
		return -EINVAL;
	return ipc_get(&maker, (int32_t)key, (uint32_t)flags, (uint64_t)count);
}

/* Takes S out of its set's sleepers and wakes its task, whose call returns RESULT. */
static void end_operation(struct sem_sleeper *s, int result)
{
	list_del(&s->link);
	s->done = true;
	s->result = result;
	if (s->task->state == TASK_SLEEPING)
		sched_wake(s->task);
}

void sem_free(struct sem_set *set)
{
	struct ipcns *ns = set->object.ns;

	sem_undo_drop(set);
	while (!list_empty(&set->sleepers))
		end_operation(container_of(set->sleepers.next, struct sem_sleeper, link), -EIDRM);
	ipc_remove(IPC_SEM, &set->object);
	ns->semaphores -= set->count;
	set->object.ns = NULL;
	if (set->holders == 0)
		kfree(set);
}

void sem_drop(struct ipc_object *o)
{
	sem_free((struct sem_set *)o);
}

/* ---- operations ---- */

/* Does one operation, and notes in UNDO what to undo at the end: 0, BLOCKS or -ERANGE. */
static int sem_apply(struct sem_set *set, const struct sembuf *op, struct sem_undo *undo)
{
	struct semaphore *sem = &set->sem[op->sem_num];
	const int32_t value = sem->value + op->sem_op;

	if (op->sem_op == 0 && sem->value != 0)
		return BLOCKS;
	if (value < 0)
		return BLOCKS;
	if (value > SEMVMX)
		return -ERANGE;
	if (op->sem_flg & SEM_UNDO) {
		const int32_t adjust = undo->adjust[op->sem_num] - op->sem_op;

		if (adjust < -SEMAEM - 1 || adjust > SEMAEM)
			return -ERANGE;
		undo->adjust[op->sem_num] = (int16_t)adjust;
	}
	sem->value = (uint16_t)value;
	return 0;
}

/* Does all of S's operations or none: 0, BLOCKS, -EAGAIN or -ERANGE. [perform_atomic_semop_slow] */
static int sem_try(struct sem_set *set, struct sem_sleeper *s)
{
	uint32_t n = 0;
	int err = 0;

	if (s->undo != NULL)
		sem_undo_refresh(s->undo);
	while (n < s->count && (err = sem_apply(set, &s->ops[n], s->undo)) == 0)
		n++;
	if (err == 0) {
		for (n = 0; n < s->count; n++)
			set->sem[s->ops[n].sem_num].pid = (uint32_t)s->pid;
		set->otime = ipc_time();
		return 0;
	}
	if (err == BLOCKS && s->ops[n].sem_flg & IPC_NOWAIT)
		err = -EAGAIN;
	s->blocking = n;
	while (n-- > 0) {
		const struct sembuf *op = &s->ops[n];

		set->sem[op->sem_num].value = (uint16_t)(set->sem[op->sem_num].value - op->sem_op);
		if (op->sem_flg & SEM_UNDO)
			s->undo->adjust[op->sem_num] = (int16_t)(s->undo->adjust[op->sem_num] + op->sem_op);
	}
	return err;
}

static bool changes_values(const struct sembuf *ops, uint32_t count)
{
	for (uint32_t n = 0; n < count; n++)
		if (ops[n].sem_op != 0)
			return true;
	return false;
}

#define OPERATION_WORK SCHED_STEP

void sem_wake(struct sem_set *set)
{
	uint64_t change = ++set->changes;
	uint32_t worked = 0;
	struct list *next;

	set->holders++;
	for (struct list *link = set->sleepers.next; link != &set->sleepers; link = next) {
		struct sem_sleeper *s = container_of(link, struct sem_sleeper, link);
		const uint64_t work = (1UL + s->count) * OPERATION_WORK;
		int result;

		next = link->next;
		if (s->tried >= change)
			continue;
		s->tried = change;
		result = sem_try(set, s);
		if (result != BLOCKS)
			end_operation(s, result);
		if (result == 0 && changes_values(s->ops, s->count)) {
			change = ++set->changes;
			next = set->sleepers.next;
		}
		(void)sched_worked(&worked, work);
		if (worked == 0)
			next = set->sleepers.next; /* others ran: the list may have changed */
	}
	if (--set->holders == 0 && set->object.ns == NULL)
		kfree(set);
}

long sem_sleepers(const struct sem_set *set, uint32_t number, bool zero)
{
	long n = 0;

	list_for_each(link, &set->sleepers) {
		const struct sem_sleeper *s = container_of(link, struct sem_sleeper, link);
		const struct sembuf *op = &s->ops[s->blocking];

		n += op->sem_num == number && (op->sem_op == 0) == zero;
	}
	return n;
}

/*
 * Checks that the operations fit the set: 0, -ENOMEM, -EFBIG or -EACCES. *UNDO becomes the record
 * to note them in, or NULL if none of them has SEM_UNDO.
 */
static int check_ops(struct sem_set *set, const struct sembuf *ops, uint32_t count, struct sem_undo **undo)
{
	bool undos = false;

	for (uint32_t n = 0; n < count; n++)
		undos |= (ops[n].sem_flg & SEM_UNDO) != 0;
	*undo = undos ? sem_undo_of(set) : NULL;
	if (undos && *undo == NULL)
		return -ENOMEM;
	for (uint32_t n = 0; n < count; n++)
		if (ops[n].sem_num >= set->count)
			return -EFBIG;
	return ipc_may(&set->object, changes_values(ops, count) ? IPC_WRITE : IPC_READ);
}

static long sem_operate(int32_t id, const struct sembuf *ops, uint32_t count, uint64_t deadline)
{
	struct sem_set *set = (struct sem_set *)ipc_find(IPC_SEM, id);
	struct sem_sleeper s = { .task = current, .ops = ops, .count = count, .pid = ipc_pid() };
	int err;

	if (set == NULL)
		return -EINVAL;
	err = check_ops(set, ops, count, &s.undo);
	if (err == 0)
		err = sem_try(set, &s);
	if (err == 0 && changes_values(ops, count))
		sem_wake(set);
	if (err != BLOCKS)
		return err;
	list_add_tail(&s.link, &set->sleepers);
	while (!s.done && err >= 0)
		err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	if (s.done)
		return s.result;
	list_del(&s.link);
	return err == -ETIMEDOUT ? -EAGAIN : err;
}

long sys_semtimedop(uint64_t id, uint64_t uops, uint64_t ucount, uint64_t utimeout)
{
	struct __kernel_timespec ts = { 0 };
	const uint32_t count = (uint32_t)ucount;
	uint64_t deadline = TIME_NEVER;
	struct sembuf *ops;
	long result;

	if (utimeout != 0 && copy_from_user(&ts, utimeout, sizeof(ts)) != 0)
		return -EFAULT;
	if (count > ipc_namespace()->limit[SYSV_SEMOPM])
		return -E2BIG;
	if (count < 1)
		return -EINVAL;
	ops = kmalloc(count * sizeof(*ops));
	if (ops == NULL)
		return -ENOMEM;
	result = copy_from_user(ops, uops, count * sizeof(*ops)) != 0		 ? -EFAULT
		 : (int32_t)id < 0 || (utimeout != 0 && !timespec_is_valid(&ts)) ? -EINVAL
										 : 0;
	if (result == 0 && utimeout != 0)
		deadline = time_now() + timespec_to_ns(&ts);
	if (result == 0)
		result = sem_operate((int32_t)id, ops, count, deadline);
	kfree(ops);
	return result;
}

long sys_semop(uint64_t id, uint64_t ops, uint64_t count)
{
	return sys_semtimedop(id, ops, count, 0);
}
