/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_signal.c - the system calls with which a process prepares for signals and waits for one.
 * sys_kill.c sends.
 *
 * Checks are in Linux's order [kernel/signal.c].
 */
#include <abi/errno.h>

#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "wait.h"

#define SA_KNOWN                                                                                          \
	(SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_ONSTACK | SA_RESTART | SA_NODEFER | SA_RESETHAND | \
	 SA_EXPOSE_TAGBITS)

/* Removes pending signals SIG that are ignored from now on. [do_sigaction] */
static void flush_ignored(int sig)
{
	const uint64_t handler = current->sighand->action[sig - 1].sa_handler;

	if (handler != SIG_IGN && (handler != SIG_DFL || !signal_is(sig, SIGNALS_IGNORE)))
		return;
	sigpending_flush_mask(&current->group->pending, SIGMASK(sig));
	group_for_each_thread(t, current->group)
		sigpending_flush_mask(&t->pending, SIGMASK(sig));
}

long sys_rt_sigaction(uint64_t usig, uint64_t act, uint64_t old, uint64_t size)
{
	const int sig = (int)usig;
	struct kernel_sigaction new, was;

	if (size != sizeof(uint64_t))
		return -EINVAL;
	if (act != 0 && copy_from_user(&new, act, sizeof(new)) != 0)
		return -EFAULT;
	if (sig < 1 || sig > _NSIG || (act != 0 && signal_is(sig, SIGNALS_NEVER_BLOCKED)))
		return -EINVAL;
	if ((current->sighand->immutable & SIGMASK(sig)) != 0)
		return -EINVAL;
	was = current->sighand->action[sig - 1];
	if (act != 0) {
		new.sa_flags &= SA_KNOWN; /* unknown flags are cleared, so that programs can find out which are known */
		new.sa_mask &= ~SIGNALS_NEVER_BLOCKED;
		current->sighand->action[sig - 1] = new;
		flush_ignored(sig);
	}
	return old != 0 ? copy_to_user(old, &was, sizeof(was)) : 0;
}

long sys_rt_sigprocmask(uint64_t how, uint64_t set, uint64_t old, uint64_t size)
{
	const uint64_t was = current->blocked;
	uint64_t mask;

	if (size != sizeof(uint64_t))
		return -EINVAL;
	if (set != 0) {
		if (copy_from_user(&mask, set, sizeof(mask)) != 0)
			return -EFAULT;
		switch ((int)how) {
		case SIG_BLOCK:
			mask |= was;
			break;
		case SIG_UNBLOCK:
			mask = was & ~mask;
			break;
		case SIG_SETMASK:
			break;
		default:
			return -EINVAL;
		}
		signal_set_blocked(mask);
	}
	return old != 0 ? copy_to_user(old, &was, sizeof(was)) : 0;
}

long sys_rt_sigpending(uint64_t set, uint64_t size)
{
	const uint64_t pending = (current->pending.set | current->group->pending.set) & current->blocked;

	if (size > sizeof(pending))
		return -EINVAL;
	return copy_to_user(set, &pending, size);
}

long sys_rt_sigsuspend(uint64_t set, uint64_t size)
{
	uint64_t mask;

	if (size != sizeof(mask))
		return -EINVAL;
	if (copy_from_user(&mask, set, sizeof(mask)) != 0)
		return -EFAULT;
	signal_set_blocked_for_call(mask);
	while (!signal_pending())
		(void)task_sleep(WAIT_INTERRUPTIBLE, TIME_NEVER);
	return -ERESTARTNOHAND;
}

long sys_sigaltstack(uint64_t new, uint64_t old)
{
	const uint64_t sp = current->frame->sp;
	const struct sigaltstack was = altstack_get(sp);
	struct sigaltstack s;
	int err = 0;

	if (new != 0) {
		if (copy_from_user(&s, new, sizeof(s)) != 0)
			return -EFAULT;
		err = altstack_set(&s, sp);
	}
	if (err == 0 && old != 0)
		err = copy_to_user(old, &was, sizeof(was));
	return err;
}

long sys_rt_sigreturn(void)
{
	return signal_return(current->frame);
}
