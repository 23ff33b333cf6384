/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigchld.c - tells a parent about its children, and a tracer about its tracees: by SIGCHLD with
 * its info, and by a wake-up from wait4, which comes even if the signal is not sent.
 */
#include "signal.h"

#include <string.h>

#include <abi/wait.h>

#include "cputime.h"
#include "pidns.h"
#include "timespec.h"
#include "tracer.h"
#include "userns.h"

/* G's action for SIGCHLD. Pid 1, which is the kernel's own, has the default one. */
static struct kernel_sigaction sigchld_action(const struct group *g)
{
	group_for_each_thread(t, g)
		if (t->sighand != NULL)
			return t->sighand->action[SIGCHLD - 1];
	return (struct kernel_sigaction){ 0 };
}

bool sigchld_is_ignored(const struct group *g)
{
	const struct kernel_sigaction action = sigchld_action(g);

	return action.sa_handler == SIG_IGN || (action.sa_flags & SA_NOCLDWAIT) != 0;
}

/*
 * An info about T, with the numbers by which TO knows T and its user, after it has used TIME, of
 * which SYSTEM is the kernel's.
 */
static struct siginfo info_about(const struct task *t, const struct group *to, int sig, int why, uint64_t time,
				 uint64_t system)
{
	struct siginfo info;

	memset(&info, 0, sizeof(info));
	info.si_signo = sig;
	info.si_code = why;
	info.si_child_pid = (int32_t)pidns_show_to(to->leader, t->tid);
	info.si_child_uid = userns_show_uid_to(to->leader, t->cred.uid);
	info.si_utime = (int64_t)((time - system) / NSEC_PER_CLOCK);
	info.si_stime = (int64_t)(system / NSEC_PER_CLOCK);
	return info;
}

void sigchld_notify(struct task *t, bool for_tracer, int why)
{
	struct group *to = for_tracer ? t->tracer->by->group : t->group->parent;
	const struct task *about = for_tracer ? t : t->group->leader;
	struct kernel_sigaction action;
	struct siginfo info;

	if (to == NULL)
		return;
	info = info_about(about, to, SIGCHLD, why, task_cpu_time(about), about->usage.system);
	if (why == CLD_CONTINUED)
		info.si_status = SIGCONT;
	else if (why == CLD_STOPPED)
		info.si_status = (int32_t)(t->group->stop.code & 0x7f);
	else
		info.si_status = (int32_t)(t->tracer->stop->code & 0x7f);
	action = sigchld_action(to);
	if (action.sa_handler != SIG_IGN && (action.sa_flags & SA_NOCLDSTOP) == 0)
		(void)signal_send_group(to, &info);
	waitq_wake(&to->child_event);
}

/* The same about the end of T with the wait STATUS. */
static struct siginfo info_end(const struct task *t, const struct group *to, int sig, uint32_t status, uint64_t time,
			       uint64_t system)
{
	struct siginfo info;

	if ((status & 0x7f) == 0) {
		info = info_about(t, to, sig, CLD_EXITED, time, system);
		info.si_status = (int32_t)(status >> 8 & 0xff);
	} else {
		info = info_about(t, to, sig, (status & WCOREFLAG) != 0 ? CLD_DUMPED : CLD_KILLED, time, system);
		info.si_status = (int32_t)(status & 0x7f);
	}
	return info;
}

bool signal_group_ended(struct group *g)
{
	struct group *to = g->parent;
	const int sig = (int)g->exit_signal;
	const struct siginfo info = info_end(g->leader, to, sig, g->exit_status, g->time, g->usage.system);
	const struct kernel_sigaction action = sigchld_action(to);
	const bool ignored = sig == SIGCHLD && action.sa_handler == SIG_IGN;
	const bool reap = ignored || (sig == SIGCHLD && (action.sa_flags & SA_NOCLDWAIT) != 0);

	if (sig > 0 && sig <= _NSIG && !ignored)
		(void)signal_send_group(to, &info);
	waitq_wake(&to->child_event);
	return reap;
}

void sigchld_tracee_ended(struct task *t)
{
	struct group *to = t->tracer->by->group;
	const struct siginfo info = info_end(t, to, SIGCHLD, t->exit_status, task_cpu_time(t), t->usage.system);

	if (sigchld_action(to).sa_handler != SIG_IGN)
		(void)signal_send_group(to, &info);
	waitq_wake(&to->child_event);
}
