/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for semaphores, shared memory and message queues of System V, and for
 * message queues of POSIX.
 */
#include <abi/errno.h>
#include <abi/sched.h>
#include <string.h>

#include "ipc.h"
#include "module.h"
#include "mqueue.h"
#include "page.h"
#include "report.h"
#include "task.h"

#define DROP_WORK (16 * SCHED_STEP)

/* Removes all objects of NS. */
static void empty_namespace(struct ipcns *ns)
{
	static void (*const drop[IPC_KINDS])(struct ipc_object *
					     o) = { [IPC_SEM] = sem_drop, [IPC_MSG] = msg_free, [IPC_SHM] = shm_leave };

	uint32_t worked = 0;

	for (uint32_t kind = 0; kind < IPC_KINDS; kind++) {
		const struct ipc_table *t = &ns->table[kind];

		for (uint32_t n = 0; n < t->size; n++) {
			if (t->slot[n] != NULL)
				drop[kind](t->slot[n]);
			(void)sched_worked(&worked, DROP_WORK);
		}
	}
}

static void init_namespace(struct ipcns *ns)
{
	memcpy(ns->limit, ipc_default_limits, sizeof(ns->limit));
	memset(ns->next_id, -1, sizeof(ns->next_id));
	list_init(&ns->queues);
}

static int create_ns(struct task *t, struct ns **out)
{
	struct ipcns *new = kmalloc(sizeof(*new));

	if (new == NULL)
		return -ENOMEM;
	init_namespace(new);
	ns_init(&new->ns, t);
	*out = &new->ns;
	return 0;
}

static void free_ns(struct ns *ns)
{
	struct ipcns *i = container_of(ns, struct ipcns, ns);

	empty_namespace(i);
	mqueue_leave(i);
	kfree(i);
}

/*
 * The current task leaves its ipc namespace: what it did to semaphores there with SEM_UNDO is
 * undone. [commit_nsset]
 */
static int enter_ns(struct ns *ns)
{
	(void)ns;
	sem_undo_exit(current);
	return 0;
}

static const struct ns_kind kind = {
	.name = "ipc",
	.flag = CLONE_NEWIPC,
	.initial = 4026531839U,
	.create = create_ns,
	.free = free_ns,
	.enter = enter_ns,
};

static void ipc_init(void)
{
	init_namespace(&ipc_initial);
	ns_register(NS_IPC, &kind);
	sysv_report = &ipc_report;
	mqueue_init();
}

static int fork_ipc(struct task *child, struct fork *f)
{
	return sem_undo_fork(child, (f->args->flags & CLONE_SYSVSEM) != 0);
}

static void cancel_ipc(struct task *child, const struct fork *f)
{
	(void)f;
	sem_undo_exit(child);
}

static void exit_ipc(struct task *t, bool last)
{
	(void)last;
	sem_undo_exit(t);
}

static int unshare_ipc(uint64_t flags)
{
	if (flags & (CLONE_SYSVSEM | CLONE_NEWIPC))
		sem_undo_exit(current);
	return 0;
}

static void purge_ipc(void)
{
	empty_namespace(&ipc_initial);
	mqueue_leave(&ipc_initial);
}

const struct task_part ipc_part = {
	.fork = fork_ipc,
	.fork_failed = cancel_ipc,
	.unshare = unshare_ipc,
	.exit = exit_ipc,
};

const struct module ipc_module = { .name = "ipc", .init = ipc_init, .purge = purge_ipc };
