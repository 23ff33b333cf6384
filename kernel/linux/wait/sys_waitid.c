/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_waitid.c - waitid: like wait4, but chooses which events to wait for, and reports a siginfo.
 * [kernel/exit.c of Linux]
 */
#include <abi/errno.h>
#include <abi/wait.h>
#include <string.h>

#include "child.h"
#include "file.h"
#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

/*
 * Replaces the pidfd Q->id by the id of its process, or by 0 if that has been waited for.
 * *NONBLOCK: the pidfd has O_NONBLOCK. 0 or -errno.
 */
static int take_pidfd(struct child_query *q, bool *nonblock)
{
	struct group *g;
	const int err = fd_process(q->id, &g, nonblock);

	q->type = P_PID;
	q->id = g != NULL ? g->id : 0;
	if (*nonblock)
		q->options |= WNOHANG;
	return err;
}

/*
 * Replaces Q->id, as the program gave it for Q->type, by the kernel's id: 0 or -errno.
 * [kernel_waitid_prepare]
 */
static int find_waited(struct child_query *q, bool *nonblock)
{
	*nonblock = false;
	switch (q->type) {
	case P_ALL:
		return 0;
	case P_PID:
		if ((int32_t)q->id <= 0)
			return -EINVAL;
		q->id = pidns_id(q->id);
		return 0;
	case P_PGID:
		if ((int32_t)q->id < 0)
			return -EINVAL;
		q->id = q->id == 0 ? current->group->pgid : pidns_id(q->id);
		return 0;
	case P_PIDFD:
		return (int32_t)q->id < 0 ? -EINVAL : take_pidfd(q, nonblock);
	default:
		return -EINVAL;
	}
}

/* Stores E as a siginfo at user address TO; all zeros if there was no event. 0 or -EFAULT. */
static int put_child_info(uint64_t to, const struct child_event *e)
{
	const bool exited = e->code == CLD_EXITED || e->code == CLD_STOPPED || e->code == CLD_TRAPPED;
	struct siginfo info;

	memset(&info, 0, sizeof(info));
	if (e->code != 0) {
		info.si_signo = SIGCHLD;
		info.si_code = e->code;
		info.si_child_pid = (int32_t)pidns_show(e->pid);
		info.si_child_uid = userns_show_uid(e->uid);
		info.si_status = (int32_t)(exited		      ? e->status >> 8
					   : e->code == CLD_CONTINUED ? SIGCONT
								      : e->status & 0x7f);
	}
	return copy_to_user(to, &info, sizeof(info)) != 0 ? -EFAULT : 0;
}

long sys_waitid(uint64_t type, uint64_t id, uint64_t uinfo, uint64_t options, uint64_t urusage)
{
	struct child_query q = { .type = (int)type, .id = (uint32_t)id, .options = (uint32_t)options };
	struct child_event e = { 0 };
	bool nonblock;
	long err;

	if (q.options & ~(WNOHANG | WNOWAIT | WEXITED | WSTOPPED | WCONTINUED | __WNOTHREAD | __WALL | __WCLONE))
		return -EINVAL;
	if (!(q.options & (WEXITED | WSTOPPED | WCONTINUED)))
		return -EINVAL;
	err = find_waited(&q, &nonblock);
	if (err == 0)
		err = child_wait(&q, &e);
	if (err == 0 && e.code == 0 && nonblock && !(options & WNOHANG))
		err = -EAGAIN;
	if (err != 0)
		return err;
	if (e.code != 0 && child_put_usage(urusage, &e) != 0)
		return -EFAULT;
	return uinfo != 0 ? put_child_info(uinfo, &e) : 0;
}
