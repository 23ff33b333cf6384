/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_job.c - the session that a terminal controls, its foreground process group, and what
 * processes in the background may do. [drivers/tty/tty_jobctrl.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "pgrp.h"
#include "pidns.h"
#include "signal.h"
#include "task.h"
#include "tty.h"
#include "tty_line.h"
#include "usercopy.h"

void tty_signal(struct tty *t, int sig)
{
	if (t->pgrp != 0)
		signal_send_kernel_pgrp(t->pgrp, sig);
}

static bool controls_current(const struct tty *t)
{
	return t->sid != 0 && current->group->sid == t->sid;
}

struct tty *tty_controlling(uint32_t sid)
{
	list_for_each(link, &tty_all) {
		struct tty *t = container_of(link, struct tty, all);

		if (sid != 0 && t->sid == sid)
			return t;
	}
	return NULL;
}

int tty_check_job(struct tty *t, int sig)
{
	const struct group *g = current->group;
	uint64_t handler = current->sighand->action[sig - 1].sa_handler;

	if (!controls_current(t) || t->pgrp == 0 || g->pgid == t->pgrp)
		return 0;
	if ((current->blocked & SIGMASK(sig)) != 0 || handler == SIG_IGN)
		return sig == SIGTTIN ? -EIO : 0;
	if (jobctl_orphaned(g->pgid))
		return -EIO;
	signal_send_kernel_pgrp(g->pgid, sig);
	return -ERESTARTSYS;
}

void tty_set_session(struct tty *t, uint32_t sid, uint32_t pgrp)
{
	t->sid = sid;
	t->pgrp = pgrp;
}

void tty_session_let_go(struct tty *t)
{
	tty_signal(t, SIGHUP);
	tty_signal(t, SIGCONT);
	tty_set_session(t, 0, 0);
}

void tty_session_hang_up(struct tty *t)
{
	struct task *leader = t->sid != 0 ? task_find(t->sid) : NULL;

	if (leader != NULL) {
		signal_send_kernel_group(leader->group, SIGHUP);
		signal_send_kernel_group(leader->group, SIGCONT);
	}
	tty_set_session(t, 0, 0);
}

/* The console is not hung up: its open files stay usable, and it can control another session. */
void tty_session_ended(uint32_t sid)
{
	struct tty *t = tty_controlling(sid);

	if (t == NULL)
		return;
	tty_session_let_go(t);
	if (t->rdev != TTY_CONSOLE)
		tty_hang_up(t);
}

uint64_t tty_of_session(uint32_t sid, int *pgrp)
{
	const struct tty *t = tty_controlling(sid);

	*pgrp = t != NULL ? (int)t->pgrp : -1;
	return t != NULL ? t->rdev : 0;
}

/*
 * TIOCSCTTY: T controls the current session, whose leader must ask. With ARG 1, CAP_SYS_ADMIN takes
 * T from another session. 0 or -EPERM. [tiocsctty]
 */
static long set_controlling(struct tty *t, uint64_t arg)
{
	const struct group *g = current->group;

	if (g->sid == g->id && t->sid == g->sid)
		return 0;
	if (g->sid != g->id || tty_controlling(g->sid) != NULL)
		return -EPERM;
	if (t->sid != 0 && !(arg == 1 && task_capable(CAP_SYS_ADMIN)))
		return -EPERM;
	tty_set_session(t, g->sid, g->pgid);
	return 0;
}

/* TIOCNOTTY: 0 or -ENOTTY. It has no effect unless the session's leader asks. */
static long give_up_controlling(struct tty *t)
{
	if (!controls_current(t))
		return -ENOTTY;
	if (current->group->sid == current->group->id)
		tty_session_let_go(t);
	return 0;
}

/* The session of process group PGRP; 0: there is no such group. */
static uint32_t session_of(uint32_t pgrp)
{
	pgrp_for_each(g, pgrp) return g->sid;
	return 0;
}

/* TIOCSPGRP: the process group whose id is at ARG comes to the foreground. [tiocspgrp] */
static long set_foreground(struct tty *t, uint64_t arg)
{
	uint32_t pgrp, sid;
	int err = tty_check_job(t, SIGTTOU);

	if (err != 0)
		return err == -EIO ? -ENOTTY : err;
	if (copy_from_user(&pgrp, arg, sizeof(pgrp)) != 0)
		return -EFAULT;
	if ((int)pgrp < 0)
		return -EINVAL;
	if (!controls_current(t))
		return -ENOTTY;
	pgrp = pidns_id(pgrp);
	sid = session_of(pgrp);
	if (sid == 0)
		return -ESRCH;
	if (sid != current->group->sid)
		return -EPERM;
	t->pgrp = pgrp;
	return 0;
}

/*
 * Stores ID, a process group or session, at user address TO, as the current task sees it: 0,
 * -EFAULT, or -ENOTTY: T does not control the current session, and it is not the master that asks.
 */
static long tty_job_tell(const struct tty *t, uint32_t id, uint64_t to, bool master)
{
	const uint32_t shown = id != 0 ? pidns_show(id) : 0;

	return master || controls_current(t) ? copy_to_user(to, &shown, sizeof(shown)) : -ENOTTY;
}

long tty_job_ioctl(struct tty *t, uint64_t cmd, uint64_t arg, bool master)
{
	switch (cmd) {
	case TIOCSCTTY:
		return set_controlling(t, arg);
	case TIOCNOTTY:
		return give_up_controlling(t);
	case TIOCSPGRP:
		return set_foreground(t, arg);
	case TIOCGPGRP:
		return tty_job_tell(t, t->pgrp, arg, master);
	case TIOCGSID:
		return master && t->sid == 0 ? -ENOTTY : tty_job_tell(t, t->sid, arg, master);
	default:
		return -ENOTTY;
	}
}
