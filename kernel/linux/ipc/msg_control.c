/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * msg_control.c - msgctl: reports on a queue, changes and removes it.
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "msg.h"
#include "pidns.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "wait.h"

static long msg_info(bool in_use, uint64_t to)
{
	const struct ipcns *ns = ipc_namespace();
	struct msginfo info = {
		.msgpool = MSGPOOL,
		.msgmap = MSGMAP,
		.msgmax = (int32_t)ns->limit[SYSV_MSGMAX],
		.msgmnb = (int32_t)ns->limit[SYSV_MSGMNB],
		.msgmni = (int32_t)ns->limit[SYSV_MSGMNI],
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
	if (ds.msg_qbytes > q->object.ns->limit[SYSV_MSGMNB] && !task_capable(CAP_SYS_RESOURCE))
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
