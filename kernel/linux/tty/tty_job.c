/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_job.c - which session the terminal controls, who is in the foreground, and
 * what that means for the others.
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "pidns.h"
#include "signal.h"
#include "task.h"
#include "tty.h"
#include "tty_line.h"
#include "usercopy.h"

#define group_leaders(t)                                                                     \
	list_for_each(t##_link, &task_all)                                                   \
		for (struct task *t = container_of(t##_link, struct task, all); t; t = NULL) \
			if (t == t->group->leader)

static void signal_pgrp(uint32_t pgrp, int sig)
{
	group_leaders(t)
	{
		if (t->group->pgid == pgrp)
			signal_send_kernel_group(t->group, sig);
	}
}

void tty_signal(int sig)
{
	if (tty.pgrp != 0)
		signal_pgrp(tty.pgrp, sig);
}

static bool controls_current(void)
{
	return tty.sid != 0 && current->group->sid == tty.sid;
}

int tty_check_job(int sig)
{
	const struct group *g = current->group;
	uint64_t handler = current->sighand->action[sig - 1].sa_handler;

	if (!controls_current() || tty.pgrp == 0 || g->pgid == tty.pgrp)
		return 0;
	if ((current->blocked & SIGMASK(sig)) != 0 || handler == SIG_IGN)
		return sig == SIGTTIN ? -EIO : 0;
	if (jobctl_orphaned(g->pgid))
		return -EIO;
	signal_pgrp(g->pgid, sig);
	return -ERESTARTSYS;
}

void tty_set_session(uint32_t sid, uint32_t pgrp)
{
	tty.sid = sid;
	tty.pgrp = pgrp;
}

void tty_session_ended(uint32_t sid)
{
	if (sid == 0 || tty.sid != sid)
		return;
	tty_signal(SIGHUP);
	tty_signal(SIGCONT);
	tty_set_session(0, 0);
}

uint64_t tty_of_session(uint32_t sid, int *pgrp)
{
	if (sid == 0 || tty.sid != sid) {
		*pgrp = -1;
		return 0;
	}
	*pgrp = (int)tty.pgrp;
	return TTY_CONSOLE;
}

static long set_controlling(uint64_t arg)
{
	const struct group *g = current->group;

	if (g->sid == g->id && tty.sid == g->sid)
		return 0;
	if (g->sid != g->id)
		return -EPERM;
	if (tty.sid != 0 && !(arg == 1 && task_capable(CAP_SYS_ADMIN)))
		return -EPERM;
	tty_set_session(g->sid, g->pgid);
	return 0;
}

static long give_up_controlling(void)
{
	if (!controls_current())
		return -ENOTTY;
	if (current->group->sid == current->group->id)
		tty_session_ended(tty.sid);
	return 0;
}

/* The session of process group PGRP; 0: there is no such group. */
static uint32_t session_of(uint32_t pgrp)
{
	group_leaders(t)
	{
		if (t->group->pgid == pgrp)
			return t->group->sid;
	}
	return 0;
}

static long set_foreground(uint64_t arg)
{
	uint32_t pgrp, sid;
	int err = tty_check_job(SIGTTOU);

	if (err != 0)
		return err == -EIO ? -ENOTTY : err;
	if (copy_from_user(&pgrp, arg, sizeof(pgrp)) != 0)
		return -EFAULT;
	if ((int)pgrp < 0)
		return -EINVAL;
	if (!controls_current())
		return -ENOTTY;
	pgrp = pidns_id(pgrp);
	sid = session_of(pgrp);
	if (sid == 0)
		return -ESRCH;
	if (sid != current->group->sid)
		return -EPERM;
	tty.pgrp = pgrp;
	return 0;
}

static long tell(uint32_t id, uint64_t to)
{
	const uint32_t shown = pidns_show(id);

	return controls_current() ? copy_to_user(to, &shown, sizeof(shown)) : -ENOTTY;
}

long tty_job_ioctl(uint64_t cmd, uint64_t arg)
{
	switch (cmd) {
	case TIOCSCTTY:
		return set_controlling(arg);
	case TIOCNOTTY:
		return give_up_controlling();
	case TIOCSPGRP:
		return set_foreground(arg);
	case TIOCGPGRP:
		return tell(tty.pgrp, arg);
	case TIOCGSID:
		return tell(tty.sid, arg);
	default:
		return -ENOTTY;
	}
}
