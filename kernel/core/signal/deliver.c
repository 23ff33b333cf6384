/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * deliver.c - delivers signals to the current task: it runs a handler, ends, stops, or goes on; and
 * restarts the system call that a signal interrupted, or makes it fail with EINTR.
 *
 * Called from trap_work() in trap.c, with the complete trapframe, whenever HART_SIGNAL is set.
 */
#include "signal.h"

#include <abi/errno.h>
#include <abi/syscall.h>

#include "tracer.h"
#include "trap.h"

static void (*on_taken)(struct siginfo *info, bool of_group);

void signal_on_taken(void (*fn)(struct siginfo *info, bool of_group))
{
	on_taken = fn;
}

int signal_take(uint64_t blocked, struct siginfo *info)
{
	struct task *t = current;
	int sig = sigpending_take(&t->pending, blocked, info);
	const bool of_group = sig == 0;

	if (of_group)
		sig = sigpending_take(&t->group->pending, blocked, info);
	if (sig != 0 && on_taken != NULL)
		on_taken(info, of_group);
	signal_recalc(t);
	if (sig != 0 && signal_is(sig, SIGNALS_STOP))
		t->jobctl |= JOBCTL_STOP_DEQUEUED;
	return sig;
}

/* Was SIG forced on T's process in such a way that no tracer may change it? [SA_IMMUTABLE] */
static bool is_immutable(const struct task *t, int sig)
{
	return (t->sighand->immutable & SIGMASK(sig)) != 0;
}

/*
 * Does the default action of SIG, which came with INFO. Returns if that is nothing, or a stop: the
 * task has gone on since, or it still has to stop for its tracer.
 */
static void act_by_default(int sig, const struct siginfo *info)
{
	if (signal_is(sig, SIGNALS_IGNORE) || (signal_is_unkillable(current) && !signal_is(sig, SIGNALS_NEVER_BLOCKED)))
		return;
	if (signal_is(sig, SIGNALS_STOP)) {
		if (sig == SIGSTOP || !jobctl_orphaned(current->group->pgid))
			(void)jobctl_stop(sig);
		return;
	}
	group_exit((uint32_t)sig, signal_is(sig, SIGNALS_CORE) ? info : NULL);
}

/*
 * Takes signals, and does their default actions, until one has a handler. Returns its number, with
 * its *INFO and *ACTION; 0: none is left. [get_signal]
 */
static int next_handled(struct siginfo *info, struct kernel_sigaction *action)
{
	struct task *t = current;

	for (;;) {
		struct kernel_sigaction *a;
		int sig;

		if (jobctl_tell_parent())
			continue;
		if (t->group->exiting || signal_pending_fatal()) {
			t->pending.set &= ~SIGMASK(SIGKILL); /* so that the stop for PTRACE_EVENT_EXIT can sleep */
			group_exit(SIGKILL, NULL);	     /* or with the status that the process has already */
		}
		if ((t->jobctl & JOBCTL_STOP_PENDING) != 0 && jobctl_stop(0))
			continue;
		if ((t->jobctl & JOBCTL_TRAP_MASK) != 0) {
			if (t->tracer != NULL)
				t->tracer->ops->jobctl_stop();
			else
				jobctl_clear(t, JOBCTL_TRAP_MASK);
			continue;
		}
		sig = sigpending_take_synchronous(&t->pending, t->blocked, info);
		if (sig == 0)
			sig = signal_take(t->blocked, info);
		if (sig == 0)
			return 0;
		if (t->tracer != NULL && sig != SIGKILL && !is_immutable(t, sig)) {
			sig = t->tracer->ops->signal_stop(sig, info);
			if (sig == 0)
				continue;
		}
		a = &t->sighand->action[sig - 1];
		*action = *a;
		if (action->sa_handler == SIG_IGN)
			continue;
		if (action->sa_handler == SIG_DFL) {
			act_by_default(sig, info);
			continue;
		}
		if ((action->sa_flags & SA_RESETHAND) != 0)
			a->sa_handler = SIG_DFL;
		return sig;
	}
}

/* ---- the call that was interrupted ---- */

/* Makes the program execute the ecall again. */
static void restart_call(struct trapframe *frame)
{
	frame->a[0] = frame->orig_a0;
	frame->pc -= 4; /* back to the ecall */
}

/*
 * Decides whether the interrupted call is made again, before the handler ACTION runs; NULL: no
 * handler runs. [arch_do_signal_or_restart]
 */
static void settle_call(struct trapframe *frame, const struct kernel_sigaction *action)
{
	if (frame->in_call == 0)
		return; /* no call was interrupted: a0 is not a result, whatever its value */
	frame->in_call = 0;
	switch ((int64_t)frame->a[0]) {
	case -ERESTARTNOINTR:
		restart_call(frame);
		break;
	case -ERESTARTSYS:
		if (action == NULL || (action->sa_flags & SA_RESTART) != 0)
			restart_call(frame);
		else
			frame->a[0] = (uint64_t)-EINTR;
		break;
	case -ERESTARTNOHAND:
		if (action == NULL)
			restart_call(frame);
		else
			frame->a[0] = (uint64_t)-EINTR;
		break;
	case -ERESTART_RESTARTBLOCK:
		if (action == NULL) {
			restart_call(frame);
			/* Filters judge restart_syscall like any call. */
			frame->a[7] = __NR_restart_syscall;
		} else {
			frame->a[0] = (uint64_t)-EINTR;
		}
		break;
	}
}

/* ---- handlers ---- */

/* Makes FRAME run the handler of ACTION; or sends SIGSEGV if that cannot be. [handle_signal] */
static void enter_handler(struct trapframe *frame, const struct siginfo *info, const struct kernel_sigaction *action)
{
	const int sig = info->si_signo;
	const uint64_t old = current->restore_blocked ? current->saved_blocked : current->blocked;
	uint64_t mask = current->blocked | action->sa_mask;

	settle_call(frame, action);
	if (sigframe_setup(frame, info, action, old) != 0) {
		/*
		 * The signal frame could not be written. If the signal was SIGSEGV, a handler for
		 * the next SIGSEGV would have no stack, either: the process dies.
		 */
		signal_force_kernel(SIGSEGV, sig == SIGSEGV);
		return;
	}
	current->restore_blocked = false;
	if ((action->sa_flags & SA_NODEFER) == 0)
		mask |= SIGMASK(sig);
	signal_set_blocked(mask);
}

void signal_deliver(struct trapframe *frame)
{
	struct task *t = current;

	do {
		struct kernel_sigaction action;
		struct siginfo info;

		while (next_handled(&info, &action) != 0) {
			enter_handler(frame, &info, &action);
			if (!t->signal_work)
				return; /* nothing else waits, and the call is settled */
		}
		settle_call(frame, NULL);
		if (t->restore_blocked) {
			t->restore_blocked = false;
			signal_set_blocked(t->saved_blocked);
		} else {
			signal_recalc(t);
		}
	} while (t->signal_work);
}
