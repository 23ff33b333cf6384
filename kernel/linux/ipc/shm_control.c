/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * shm_control.c - shmctl: reports on a segment, locks, changes and removes it.
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "inode.h"
#include "pidns.h"
#include "shm.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

static long shm_limits(uint64_t to)
{
	const uint64_t *limit = ipc_namespace()->limit;
	const struct shminfo64 info = {
		.shmmax = limit[SYSV_SHMMAX],
		.shmmin = SHMMIN,
		.shmmni = limit[SYSV_SHMMNI],
		.shmseg = limit[SYSV_SHMMNI],
		.shmall = limit[SYSV_SHMALL],
	};

	return copy_to_user(to, &info, sizeof(info)) != 0 ? -EFAULT : ipc_highest(IPC_SHM);
}

static long shm_in_use(uint64_t to)
{
	const struct ipcns *ns = ipc_namespace();
	const struct ipc_table *t = &ns->table[IPC_SHM];
	struct shm_info info = { .used_ids = (int32_t)t->used, .shm_tot = ns->shm_pages };

	for (uint32_t n = 0; n < t->size; n++)
		if (t->slot[n] != NULL)
			info.shm_rss += ((const struct shm_segment *)t->slot[n])->inode->pages.count;
	return copy_to_user(to, &info, sizeof(info)) != 0 ? -EFAULT : ipc_highest(IPC_SHM);
}

static long shm_stat(int32_t id, int32_t command, uint64_t to)
{
	const struct ipc_object *o = command == IPC_STAT ? ipc_find(IPC_SHM, id) : ipc_find_place(IPC_SHM, id);
	const struct shm_segment *s = (const struct shm_segment *)o;
	struct shmid64_ds ds;

	if (o == NULL)
		return -EINVAL;
	if (command != SHM_STAT_ANY && ipc_may(o, IPC_READ) != 0)
		return -EACCES;
	ds = (struct shmid64_ds){
		.shm_segsz = s->size,
		.shm_atime = s->atime,
		.shm_dtime = s->dtime,
		.shm_ctime = s->ctime,
		.shm_cpid = (int32_t)pidns_show(s->cpid),
		.shm_lpid = (int32_t)pidns_show(s->lpid),
		.shm_nattch = s->mappings,
	};
	ipc_show(o, &ds.shm_perm);
	if (copy_to_user(to, &ds, sizeof(ds)) != 0)
		return -EFAULT;
	return command == IPC_STAT ? 0 : o->id;
}

/*
 * No memory is ever swapped out, so locking only checks for the right, and sets a bit that shmctl
 * shows. [shmctl_do_lock]
 */
static long shm_lock(int32_t id, bool on)
{
	struct shm_segment *s = (struct shm_segment *)ipc_find(IPC_SHM, id);
	const uint32_t euid = current->cred.euid;

	if (s == NULL)
		return -EINVAL;
	if (!userns_capable(CAP_IPC_LOCK) && ((euid != s->object.uid && euid != s->object.cuid) ||
					      (on && current->group->limits[RLIMIT_MEMLOCK].rlim_cur == 0)))
		return -EPERM;
	s->object.mode = on ? s->object.mode | SHM_LOCKED : s->object.mode & ~(uint32_t)SHM_LOCKED;
	return 0;
}

/* IPC_SET and IPC_RMID. [shmctl_down] */
static long shm_change(int32_t id, int32_t command, uint64_t from)
{
	struct shmid64_ds ds;
	struct shm_segment *s;
	long err;

	if (command == IPC_SET && copy_from_user(&ds, from, sizeof(ds)) != 0)
		return -EFAULT;
	s = (struct shm_segment *)ipc_find(IPC_SHM, id);
	if (s == NULL)
		return -EINVAL;
	err = ipc_owns(&s->object);
	if (err != 0)
		return err;
	if (command == IPC_RMID) {
		shm_remove(s);
		return 0;
	}
	err = ipc_set(&s->object, &ds.shm_perm);
	if (err == 0)
		s->ctime = ipc_time();
	return err;
}

long sys_shmctl(uint64_t uid, uint64_t ucommand, uint64_t arg)
{
	const int32_t id = (int32_t)uid, command = (int32_t)ucommand;

	if (id < 0 || command < 0)
		return -EINVAL;
	switch (command) {
	case IPC_INFO:
		return shm_limits(arg);
	case SHM_INFO:
		return shm_in_use(arg);
	case IPC_STAT:
	case SHM_STAT:
	case SHM_STAT_ANY:
		return shm_stat(id, command, arg);
	case SHM_LOCK:
	case SHM_UNLOCK:
		return shm_lock(id, command == SHM_LOCK);
	case IPC_SET:
	case IPC_RMID:
		return shm_change(id, command, arg);
	default:
		return -EINVAL;
	}
}
