/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigmask.c - the signals that a thread blocks (its mask). When a thread blocks a signal that is
 * pending for its process, another thread must take it, and is woken. Called by sigprocmask and the
 * like, for handlers, and when a thread ends.
 */
#include "signal.h"

#include "task.h"
#include "trap.h"

/*
 * T does not take the signals in WHICH any more: wakes other threads for those of them that are
 * pending for the process. [retarget_shared_pending]
 */
static void retarget_signals(struct task *t, uint64_t which)
{
	uint64_t left = t->group->pending.set & which;

	group_for_each_thread(other, t->group) {
		if (left == 0)
			return;
		if (other == t || other->exiting || (left & ~other->blocked) == 0)
			continue;
		left &= other->blocked;
		if (!other->signal_work)
			signal_wake(other, false);
	}
}

void signal_set_blocked(uint64_t mask)
{
	mask &= ~SIGNALS_NEVER_BLOCKED;
	if (current->signal_work)
		retarget_signals(current, mask & ~current->blocked);
	current->blocked = mask;
	signal_recalc(current);
}

void signal_set_blocked_for_call(uint64_t mask)
{
	current->saved_blocked = current->blocked;
	current->restore_blocked = true;
	signal_set_blocked(mask);
}

void signal_task_exits(void)
{
	struct task *t = current;

	t->exiting = true;
	if (t->group->exiting || t->group->live <= 1)
		return;
	if (t->signal_work)
		retarget_signals(t, ~t->blocked);
	if ((t->jobctl & JOBCTL_STOP_PENDING) != 0 && jobctl_participate(t))
		sigchld_notify(t, false, CLD_STOPPED);
}
