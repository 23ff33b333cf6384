/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tty_job.c - the session that a terminal controls, its foreground process group, and what
 * processes in the background may do. [drivers/tty/tty_jobctrl.c]
 */
#include <abi/capability.h>
#include <abi/errno.h>

#include "absent.h"
#include "file.h"
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

/* Is T the controlling terminal of G? */
static bool tty_controls(const struct tty *t, const struct group *g)
{
	return t->sid != 0 && g->sid == t->sid && g->tty_taking == t->taking;
}

struct tty *tty_controlling(const struct group *g)
{
	list_for_each(link, &tty_all) {
		struct tty *t = container_of(link, struct tty, all);

		if (tty_controls(t, g))
			return t;
	}
	return NULL;
}

int tty_check_job(struct tty *t, int sig)
{
	const struct group *g = current->group;
	uint64_t handler = current->sighand->action[sig - 1].sa_handler;

	if (!tty_controls(t, g) || t->pgrp == 0 || g->pgid == t->pgrp)
		return 0;
	if ((current->blocked & SIGMASK(sig)) != 0 || handler == SIG_IGN)
		return sig == SIGTTIN ? -EIO : 0;
	if (jobctl_orphaned(g->pgid))
		return -EIO;
	signal_send_kernel_pgrp(g->pgid, sig);
	return -ERESTARTSYS;
}

/* The session of process group PGRP; 0: there is no such group. */
static uint32_t session_of(uint32_t pgrp)
{
	pgrp_for_each(g, pgrp) return g->sid;
	return 0;
}

static bool leads_tty_session(const struct group *g)
{
	return g->sid == g->id;
}

void tty_take(struct tty *t, struct group *g)
{
	static uint64_t last;

	t->sid = g->sid;
	t->pgrp = g->pgid;
	t->taking = g->tty_taking = ++last;
}

/* T controls no session any more. */
static void give_up_session(struct tty *t)
{
	t->sid = t->pgrp = 0;
}

void tty_session_hang_up(struct tty *t)
{
	const struct task *leader = t->sid != 0 ? task_find(t->sid) : NULL;

	if (leader != NULL) {
		signal_send_kernel_group(leader->group, SIGHUP);
		signal_send_kernel_group(leader->group, SIGCONT);
		leader->group->tty_old_pgrp = t->pgrp;
	}
	give_up_session(t);
}

void tty_session_ended(struct group *g)
{
	struct tty *t = tty_controlling(g);

	if (!leads_tty_session(g))
		return;
	if (t != NULL) {
		tty_signal(t, SIGHUP);
		give_up_session(t);
	} else if (g->tty_old_pgrp != 0 && session_of(g->tty_old_pgrp) == g->sid) {
		signal_send_kernel_pgrp(g->tty_old_pgrp, SIGHUP);
		signal_send_kernel_pgrp(g->tty_old_pgrp, SIGCONT);
	}
}

uint64_t tty_of_group(const struct group *g, int *pgrp)
{
	const struct tty *t = tty_controlling(g);

	*pgrp = t != NULL ? (int)t->pgrp : -1;
	return t != NULL ? t->rdev : 0;
}

/*
 * TIOCSCTTY on F: T controls the current session, whose leader must ask, and be able to read from
 * F. With ARG 1, CAP_SYS_ADMIN takes T from another session. 0 or -EPERM. [tiocsctty]
 */
static long set_controlling(struct tty *t, const struct file *f, uint64_t arg)
{
	struct group *g = current->group;

	if (leads_tty_session(g) && t->sid == g->sid)
		return 0;
	if (!leads_tty_session(g) || tty_controlling(g) != NULL)
		return -EPERM;
	if (t->sid != 0 && !(arg == 1 && task_capable(CAP_SYS_ADMIN)))
		return -EPERM;
	if (!f->readable && !task_capable(CAP_SYS_ADMIN))
		return -EPERM;
	tty_take(t, g);
	return 0;
}

/*
 * TIOCNOTTY: the current process has no controlling terminal any more; and if it leads the session,
 * nobody in that has. 0 or -ENOTTY. [no_tty]
 */
static long give_up_controlling(struct tty *t)
{
	struct group *g = current->group;

	if (!tty_controls(t, g))
		return -ENOTTY;
	if (leads_tty_session(g)) {
		tty_signal(t, SIGHUP);
		tty_signal(t, SIGCONT);
		give_up_session(t);
	}
	g->tty_taking = 0;
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
	if (!tty_controls(t, current->group))
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
 * -EFAULT, or -ENOTTY: T does not control the current process, and it is not the master that asks.
 */
static long tty_job_tell(const struct tty *t, uint32_t id, uint64_t to, bool master)
{
	const uint32_t shown = id != 0 ? pidns_show(id) : 0;

	return master || tty_controls(t, current->group) ? copy_to_user(to, &shown, sizeof(shown)) : -ENOTTY;
}

long tty_job_ioctl(struct tty *t, const struct file *f, uint64_t cmd, uint64_t arg, bool master)
{
	switch (cmd) {
	case TIOCSCTTY:
		return set_controlling(t, f, arg);
	case TIOCNOTTY:
		return give_up_controlling(t);
	case TIOCSPGRP:
		return set_foreground(t, arg);
	case TIOCGPGRP:
		return tty_job_tell(t, t->pgrp, arg, master);
	case TIOCGSID:
		return master && t->sid == 0 ? -ENOTTY : tty_job_tell(t, t->sid, arg, master);
	default:
		if ((cmd >> _IOC_TYPESHIFT & 0xff) == 'T')
			absent_say("ioctl", "request", cmd, "ENOTTY");
		return -ENOTTY;
	}
}
