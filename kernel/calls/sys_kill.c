/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_kill.c - the system calls that send signals, and who may send what to whom. Checks are in
 * Linux's order [kernel/signal.c].
 */
#include "kill.h"

#include <abi/capability.h>
#include <abi/errno.h>

#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

static bool may_signal(const struct task *t)
{
	const struct cred *me = &current->cred;
	const struct cred *c = &t->cred;

	return me->euid == c->suid || me->euid == c->uid || me->uid == c->suid || me->uid == c->uid ||
	       task_capable(CAP_KILL);
}

/* May the current task send SIG to T? 0, -EINVAL, -EPERM. [check_kill_permission] */
static int check_permission(int sig, const struct task *t)
{
	if (sig < 0 || sig > _NSIG)
		return -EINVAL;
	if (t->group == current->group || may_signal(t))
		return 0;
	return sig == SIGCONT && t->group->sid == current->group->sid ? 0 : -EPERM;
}

int kill_process(struct task *t, const struct siginfo *info)
{
	const int err = check_permission(info->si_signo, t);

	if (err != 0 || info->si_signo == 0)
		return err;
	return signal_send_group(t->group, info);
}

static bool is_process(const struct task *t)
{
	return t == t->group->leader;
}

static int send_to_pgrp(uint32_t pgid, const struct siginfo *info)
{
	int ret = -ESRCH;
	bool sent = false;
	struct task *t;

	if (pgid == 0)
		return -ESRCH; /* the current pid namespace has no such group */
	for (uint32_t id = 1; (t = task_next(id)) != NULL; id++) {
		id = t->tid;
		if (!is_process(t) || t->group->pgid != pgid || t->group == group_init)
			continue;
		ret = kill_process(t, info);
		if (ret == 0)
			sent = true;
	}
	return sent ? 0 : ret;
}

static int send_to_all(const struct siginfo *info)
{
	int ret = 0;
	bool any = false;
	struct task *t;

	for (uint32_t id = 1; (t = task_next(id)) != NULL; id++) {
		int err;

		id = t->tid;
		if (!is_process(t) || pidns_show(t->group->id) <= 1 || t->group == current->group)
			continue;
		any = true;
		err = kill_process(t, info);
		if (err != -EPERM)
			ret = err;
	}
	return any ? ret : -ESRCH;
}

/* A thread's id stands for its process, too. [kill_pid_info] */
int kill_id(int pid, const struct siginfo *info)
{
	struct task *t = pid > 0 ? task_find(pidns_id((uint32_t)pid)) : NULL;

	return t == NULL ? -ESRCH : kill_process(t, info);
}

long sys_kill(uint64_t upid, uint64_t sig)
{
	const int pid = (int)upid;
	const struct siginfo info = signal_info_user((int)sig, SI_USER);

	if (pid > 0)
		return kill_id(pid, &info);
	if (pid == INT32_MIN)
		return -ESRCH;
	if (pid == -1)
		return send_to_all(&info);
	return send_to_pgrp(pid == 0 ? current->group->pgid : pidns_id((uint32_t)-pid), &info);
}

/* [do_send_specific] */
int kill_thread(int tgid, int tid, const struct siginfo *info)
{
	struct task *t = task_find(pidns_id((uint32_t)tid));
	int err;

	if (t == NULL || (tgid > 0 && pidns_show(t->group->id) != (uint32_t)tgid))
		return -ESRCH;
	err = check_permission(info->si_signo, t);
	if (err != 0 || info->si_signo == 0)
		return err;
	return signal_send_task(t, info);
}

long sys_tgkill(uint64_t tgid, uint64_t tid, uint64_t sig)
{
	const struct siginfo info = signal_info_user((int)sig, SI_TKILL);

	if ((int)tid <= 0 || (int)tgid <= 0)
		return -EINVAL;
	return kill_thread((int)tgid, (int)tid, &info);
}

long sys_tkill(uint64_t tid, uint64_t sig)
{
	const struct siginfo info = signal_info_user((int)sig, SI_TKILL);

	if ((int)tid <= 0)
		return -EINVAL;
	return kill_thread(0, (int)tid, &info);
}
