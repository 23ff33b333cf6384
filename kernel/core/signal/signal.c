/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.c - sends signals: decides what is ignored at once, what is queued, which thread is to
 * take it, and who is woken.
 *
 * Called by kill(2) and the like, faults, timers, the end of children and the judge. Nothing here
 * ends or stops a task: the task does that itself, in deliver.c. [kernel/signal.c]
 */
#include "signal.h"

#include <string.h>

#include <abi/errno.h>

#include "kassert.h"
#include "pidns.h"
#include "task.h"
#include "userns.h"
#include "trap.h"

struct waitq signal_event = { .waiters = LIST_INIT(signal_event.waiters) };

/* ---- which task must look at its signals ---- */

/* Has T a signal to take, or a stop to take part in? */
static bool has_work(const struct task *t)
{
	return (t->jobctl & JOBCTL_PENDING_MASK) != 0 || ((t->pending.set | t->group->pending.set) & ~t->blocked) != 0;
}

void signal_wake(struct task *t, bool fatal)
{
	t->signal_work = true;
	if (t == current)
		hart.work |= HART_SIGNAL;
	if (t->state == TASK_SLEEPING && (fatal || t->sleep_how == WAIT_INTERRUPTIBLE))
		sched_wake(t);
	if (fatal && (t->state == TASK_STOPPED || t->state == TASK_TRACED)) {
		t->jobctl &= ~(JOBCTL_STOPPED | JOBCTL_TRACED);
		sched_wake(t);
	}
}

bool signal_note(struct task *t)
{
	if (!has_work(t))
		return false;
	signal_wake(t, signal_is(SIGKILL, t->pending.set));
	return true;
}

void signal_recalc(struct task *t)
{
	if (signal_note(t))
		return;
	t->signal_work = false;
	if (t == current)
		hart.work &= ~(uint64_t)HART_SIGNAL;
}

/* ---- sending ---- */

/* Does T's process ignore SIG? */
static bool ignores_signal(const struct task *t, int sig)
{
	const uint64_t handler = t->sighand->action[sig - 1].sa_handler;

	return handler == SIG_IGN || (handler == SIG_DFL && signal_is(sig, SIGNALS_IGNORE));
}

/* Has SIG its default action in T's process, and does that end the process? [sig_fatal] */
static bool is_fatal(const struct task *t, int sig)
{
	return !signal_is(sig, SIGNALS_IGNORE | SIGNALS_STOP) && t->sighand->action[sig - 1].sa_handler == SIG_DFL;
}

/* Can T take SIG now, so that no other thread is needed? [wants_signal] */
static bool wants_signal(const struct task *t, int sig)
{
	if (t->exiting || t->state == TASK_ZOMBIE || t->state == TASK_DEAD || signal_is(sig, t->blocked))
		return false;
	if (sig == SIGKILL)
		return true;
	if (t->state == TASK_STOPPED || t->state == TASK_TRACED)
		return false;
	return t == current || !t->signal_work;
}

void signal_kill_thread(struct task *t)
{
	jobctl_clear(t, JOBCTL_PENDING_MASK);
	t->pending.set |= SIGMASK(SIGKILL);
	signal_wake(t, true);
}

/* Ends G because of SIG. */
static void kill_all_threads(struct group *g, int sig)
{
	g->exiting = true;
	g->exit_status = (uint32_t)sig;
	g->stop.count = 0;
	group_kill(g, NULL);
}

/*
 * SIG has become pending for T or, ANY, for T's process: finds the thread that is to take it, and
 * wakes it. If SIG ends the process, all threads are killed at once. [complete_signal]
 */
static void choose_thread(struct task *t, int sig, bool any)
{
	struct group *g = t->group;
	struct task *to = wants_signal(t, sig) ? t : NULL;

	if (to == NULL && any) {
		group_for_each_thread(other, g)
			if (to == NULL && wants_signal(other, sig))
				to = other;
	}
	if (to == NULL)
		return; /* all threads block it, or will look at their signals anyway */
	if (is_fatal(t, sig) && !g->exiting && !signal_is(sig, to->real_blocked) &&
	    (sig == SIGKILL || t->tracer == NULL) && !signal_is(sig, SIGNALS_CORE)) {
		kill_all_threads(g, sig);
		return;
	}
	signal_wake(to, sig == SIGKILL);
}

bool signal_is_unkillable(const struct task *t)
{
	return t->pidns != NULL && !t->group->mortal && pidns_number(t->pidns, t->group->id) == 1;
}

/* Is the sender of INFO, the kernel or the current process, outside T's pid namespace? */
static bool is_from_outside(const struct task *t, const struct siginfo *info)
{
	if (info->si_code == SI_KERNEL || info->si_code == SI_TIMER)
		return info->si_code == SI_KERNEL;
	return pidns_number(t->pidns, current->group->id) == 0;
}

/*
 * The first process of a pid namespace gets only signals that it has a handler for, and SIGKILL and
 * SIGSTOP from outside the namespace. Does that spare T this signal? [sig_task_ignored]
 */
static bool spares_init(const struct task *t, const struct siginfo *info)
{
	const int sig = info->si_signo;

	if (!signal_is_unkillable(t) || t->sighand->action[sig - 1].sa_handler != SIG_DFL)
		return false;
	return !signal_is(sig, SIGNALS_NEVER_BLOCKED) || !is_from_outside(t, info);
}

/*
 * Does what INFO's signal does at once when it is sent to T: a stop signal and SIGCONT cancel each
 * other. True: the signal is to be queued. [prepare_signal]
 */
static bool signal_prepare(struct task *t, const struct siginfo *info)
{
	const int sig = info->si_signo;

	if (t->mm == NULL || t->sighand == NULL || t->group->live == 0)
		return false; /* a kernel thread, or one that has ended */
	if (t->group->exiting)
		return false;
	if (signal_is(sig, SIGNALS_STOP))
		jobctl_cancel_continue(t->group);
	else if (sig == SIGCONT)
		jobctl_continue(t->group);
	/*
	 * A blocked signal may have a handler by the time it is unblocked; a tracer sees even
	 * ignored signals.
	 */
	if (signal_is(sig, t->blocked | t->real_blocked) || (t->tracer != NULL && sig != SIGKILL))
		return true;
	return !ignores_signal(t, sig) && !spares_init(t, info);
}

/*
 * INFO as T may see it. A sender from outside T's pid namespace has no number there, and users have
 * the numbers of T's user namespace.
 */
static struct siginfo shown_to(const struct task *t, const struct siginfo *info)
{
	struct siginfo shown = *info;

	if (info->si_code > 0 || info->si_code == SI_TIMER || current == NULL)
		return shown; /* this info has no sender */
	if (t->pidns != current->pidns && pidns_number(t->pidns, current->group->id) == 0)
		shown.si_pid = 0;
	if (t->userns != current->userns)
		shown.si_uid = userns_show_uid_to(t, userns_uid(info->si_uid));
	return shown;
}

/* Sends the signal to T or, TO_GROUP, to T's process: 0 or -EAGAIN. [__send_signal_locked] */
static int signal_send(struct task *t, const struct siginfo *info, bool to_group)
{
	const int sig = info->si_signo;
	struct sigpending *p = to_group ? &t->group->pending : &t->pending;
	struct siginfo shown;

	if (!signal_prepare(t, info))
		return 0;
	shown = shown_to(t, info);
	info = &shown;
	if (sig < SIGRTMIN && signal_is(sig, p->set) && info->si_code != SI_TIMER)
		return 0; /* it is pending already, and only real-time signals are queued more than once */
	if (sig == SIGKILL) {
		p->set |= SIGMASK(sig);
	} else if (!sigpending_add(p, t, info, sig < SIGRTMIN && info->si_code >= 0)) {
		if (sig >= SIGRTMIN && info->si_code != SI_USER && info->si_code != SI_KERNEL)
			return -EAGAIN;
		p->set |= SIGMASK(sig); /* the signal arrives, without its info */
	}
	waitq_wake(&signal_event);
	choose_thread(t, sig, to_group);
	return 0;
}

int signal_send_task(struct task *t, const struct siginfo *info)
{
	return signal_send(t, info, false);
}

int signal_send_group(struct group *g, const struct siginfo *info)
{
	struct task *t = g->leader;

	/* The leader may have ended before its threads. */
	if (t == NULL || t->state == TASK_ZOMBIE || t->state == TASK_DEAD || t->sighand == NULL) {
		t = NULL;
		group_for_each_thread(other, g)
			if (t == NULL && other->state != TASK_ZOMBIE && other->state != TASK_DEAD)
				t = other;
	}
	return t == NULL ? 0 : signal_send(t, info, true);
}

struct siginfo signal_info(int sig, int code)
{
	struct siginfo info;

	memset(&info, 0, sizeof(info)); /* every byte reaches the user */
	info.si_signo = sig;
	info.si_code = code;
	return info;
}

void signal_send_kernel(struct task *t, int sig)
{
	const struct siginfo info = signal_info(sig, SI_KERNEL);

	(void)signal_send_task(t, &info);
}

void signal_send_kernel_group(struct group *g, int sig)
{
	const struct siginfo info = signal_info(sig, SI_KERNEL);

	(void)signal_send_group(g, &info);
}

struct siginfo signal_info_user(int sig, int code)
{
	struct siginfo info = signal_info(sig, code);

	KASSERT(current->state == TASK_RUNNING);
	info.si_pid = (int32_t)pidns_show(current->group->id);
	info.si_uid = userns_show_uid(current->cred.uid);
	return info;
}

/* ---- forcing ---- */

/* Sends the current task a signal that it cannot block or ignore. [force_sig_info_to_task] */
static void force_signal(const struct siginfo *info, bool default_action, bool immutable)
{
	struct task *t = current;
	const int sig = info->si_signo;
	struct kernel_sigaction *a = &t->sighand->action[sig - 1];
	const bool blocked = signal_is(sig, t->blocked);

	t->group->mortal = true;
	if (blocked || default_action || a->sa_handler == SIG_IGN) {
		a->sa_handler = SIG_DFL;
		if (immutable)
			t->sighand->immutable |= SIGMASK(sig);
		t->blocked &= ~SIGMASK(sig);
	}
	(void)signal_send(t, info, false);
	signal_recalc(t); /* the signal may have been pending before, and blocked */
}

void signal_force(const struct siginfo *info, bool fatal)
{
	force_signal(info, fatal, fatal);
}

void signal_force_kernel(int sig, bool default_action)
{
	const struct siginfo info = signal_info(sig, SI_KERNEL);

	force_signal(&info, default_action, false);
}
