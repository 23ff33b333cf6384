/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sem_control.c - semctl: reports on a set of semaphores, sets values, removes the set.
 */
#include <abi/errno.h>

#include "ipc.h"
#include "page.h"
#include "pidns.h"
#include "sys.h"
#include "usercopy.h"

/* IN_USE (SEM_INFO): two of the fields say how many sets and semaphores there are. [semctl_info] */
static long sem_info(bool in_use, uint64_t to)
{
	const struct ipcns *ns = ipc_namespace();
	struct seminfo info = {
		.semmap = SEMMAP,
		.semmni = (int32_t)ns->limit[SYSV_SEMMNI],
		.semmns = (int32_t)ns->limit[SYSV_SEMMNS],
		.semmnu = SEMMNU,
		.semmsl = (int32_t)ns->limit[SYSV_SEMMSL],
		.semopm = (int32_t)ns->limit[SYSV_SEMOPM],
		.semume = SEMUME,
		.semusz = SEMUSZ,
		.semvmx = SEMVMX,
		.semaem = SEMAEM,
	};

	if (in_use) {
		info.semusz = (int32_t)ns->table[IPC_SEM].used;
		info.semaem = (int32_t)ns->semaphores;
	}
	return copy_to_user(to, &info, sizeof(info)) != 0 ? -EFAULT : ipc_highest(IPC_SEM);
}

static long sem_stat(int32_t id, int32_t command, uint64_t to)
{
	const struct ipc_object *o = command == IPC_STAT ? ipc_find(IPC_SEM, id) : ipc_find_place(IPC_SEM, id);
	const struct sem_set *set = (const struct sem_set *)o;
	struct semid64_ds ds;

	if (o == NULL)
		return -EINVAL;
	if (command != SEM_STAT_ANY && ipc_may(o, IPC_READ) != 0)
		return -EACCES;
	ds = (struct semid64_ds){ .sem_otime = set->otime, .sem_ctime = set->ctime, .sem_nsems = set->count };
	ipc_show(o, &ds.sem_perm);
	if (copy_to_user(to, &ds, sizeof(ds)) != 0)
		return -EFAULT;
	return command == IPC_STAT ? 0 : o->id;
}

static long get_all(const struct sem_set *set, uint64_t to)
{
	const size_t size = set->count * sizeof(uint16_t);
	uint16_t *values = kmalloc_raw(size);
	long result;

	if (values == NULL)
		return -ENOMEM;
	for (uint32_t n = 0; n < set->count; n++)
		values[n] = set->sem[n].value;
	result = copy_to_user(to, values, size) != 0 ? -EFAULT : 0;
	kfree(values);
	return result;
}

static void set_value(struct sem_set *set, uint32_t n, uint16_t value, uint32_t pid)
{
	set->sem[n].value = value;
	set->sem[n].pid = pid;
}

static long set_all(struct sem_set *set, uint64_t from)
{
	uint16_t *values = kmalloc_raw(set->count * sizeof(*values));
	long result = values == NULL ? -ENOMEM : 0;

	if (result == 0 && copy_from_user(values, from, set->count * sizeof(*values)) != 0)
		result = -EFAULT;
	for (uint32_t n = 0; result == 0 && n < set->count; n++)
		if (values[n] > SEMVMX)
			result = -ERANGE;
	for (uint32_t n = 0; result == 0 && n < set->count; n++)
		set_value(set, n, values[n], (uint32_t)ipc_pid());
	kfree(values);
	if (result != 0)
		return result;
	sem_undo_clear_all(set);
	set->ctime = ipc_time();
	sem_wake(set);
	return 0;
}

/* [semctl_setval] */
static long set_one(int32_t id, int32_t number, uint64_t arg)
{
	struct sem_set *set;
	const int32_t value = (int32_t)arg;

	if (value < 0 || value > SEMVMX)
		return -ERANGE;
	set = (struct sem_set *)ipc_find(IPC_SEM, id);
	if (set == NULL || number < 0 || (uint32_t)number >= set->count)
		return -EINVAL;
	if (ipc_may(&set->object, IPC_WRITE) != 0)
		return -EACCES;
	sem_undo_clear(set, (uint32_t)number);
	set_value(set, (uint32_t)number, (uint16_t)value, (uint32_t)ipc_pid());
	set->ctime = ipc_time();
	sem_wake(set);
	return 0;
}

/* [semctl_main] */
static long sem_ask(int32_t id, int32_t number, int32_t command, uint64_t arg)
{
	struct sem_set *set = (struct sem_set *)ipc_find(IPC_SEM, id);

	if (set == NULL)
		return -EINVAL;
	if (ipc_may(&set->object, command == SETALL ? IPC_WRITE : IPC_READ) != 0)
		return -EACCES;
	if (command == GETALL)
		return get_all(set, arg);
	if (command == SETALL)
		return set_all(set, arg);
	if (number < 0 || (uint32_t)number >= set->count)
		return -EINVAL;
	switch (command) {
	case GETVAL:
		return set->sem[number].value;
	case GETPID:
		return pidns_show(set->sem[number].pid);
	case GETNCNT:
		return sem_sleepers(set, (uint32_t)number, false);
	default:
		return sem_sleepers(set, (uint32_t)number, true);
	}
}

/* IPC_SET and IPC_RMID. [semctl_down] */
static long sem_change(int32_t id, int32_t command, uint64_t from)
{
	struct semid64_ds ds;
	struct sem_set *set;
	long err;

	if (command == IPC_SET && copy_from_user(&ds, from, sizeof(ds)) != 0)
		return -EFAULT;
	set = (struct sem_set *)ipc_find(IPC_SEM, id);
	if (set == NULL)
		return -EINVAL;
	err = ipc_owns(&set->object);
	if (err != 0)
		return err;
	if (command == IPC_RMID) {
		sem_free(set);
		return 0;
	}
	err = ipc_set(&set->object, &ds.sem_perm);
	if (err == 0)
		set->ctime = ipc_time();
	return err;
}

long sys_semctl(uint64_t uid, uint64_t unumber, uint64_t ucommand, uint64_t arg)
{
	const int32_t id = (int32_t)uid, number = (int32_t)unumber, command = (int32_t)ucommand;

	if (id < 0)
		return -EINVAL;
	switch (command) {
	case IPC_INFO:
	case SEM_INFO:
		return sem_info(command == SEM_INFO, arg);
	case IPC_STAT:
	case SEM_STAT:
	case SEM_STAT_ANY:
		return sem_stat(id, command, arg);
	case GETALL:
	case GETVAL:
	case GETPID:
	case GETNCNT:
	case GETZCNT:
	case SETALL:
		return sem_ask(id, number, command, arg);
	case SETVAL:
		return set_one(id, number, arg);
	case IPC_SET:
	case IPC_RMID:
		return sem_change(id, command, arg);
	default:
		return -EINVAL;
	}
}
