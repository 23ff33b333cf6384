/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for semaphores, shared memory and message queues of System V.
 */
#include <abi/errno.h>
#include <abi/sched.h>

#include "ipc.h"
#include "module.h"
#include "task.h"

static struct ipcns initial;

struct ipcns *ipc_namespace(void)
{
	return &initial;
}

static void empty_namespace(struct ipcns *ns)
{
	static void (*const drop[IPC_KINDS])(struct ipc_object *
					     o) = { [IPC_SEM] = sem_drop, [IPC_MSG] = msg_free, [IPC_SHM] = shm_leave };

	for (uint32_t kind = 0; kind < IPC_KINDS; kind++) {
		const struct ipc_table *t = &ns->table[kind];

		for (uint32_t n = 0; n < t->size; n++)
			if (t->slot[n] != NULL)
				drop[kind](t->slot[n]);
	}
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
	if (flags & CLONE_SYSVSEM)
		sem_undo_exit(current);
	return 0;
}

static void purge_ipc(void)
{
	empty_namespace(&initial);
}

const struct task_part ipc_part = {
	.fork = fork_ipc,
	.fork_failed = cancel_ipc,
	.unshare = unshare_ipc,
	.exit = exit_ipc,
};

const struct module ipc_module = { .name = "ipc", .purge = purge_ipc };
