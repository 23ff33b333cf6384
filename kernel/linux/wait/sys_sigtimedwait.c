/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_sigtimedwait.c - rt_sigtimedwait: waits for a signal and takes it; no handler runs.
 * [kernel/signal.c]
 */
#include <abi/errno.h>

#include "poll.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

long sys_rt_sigtimedwait(uint64_t uset, uint64_t uinfo, uint64_t timeout, uint64_t size)
{
	struct task *t = current;
	struct siginfo info;
	uint64_t deadline, wanted;
	int err, sig, slept = 0;

	if (size != sizeof(wanted))
		return -EINVAL;
	if (copy_from_user(&wanted, uset, sizeof(wanted)) != 0)
		return -EFAULT;
	err = poll_deadline(timeout, &deadline);
	if (err != 0)
		return err;
	wanted &= ~SIGNALS_NEVER_BLOCKED;
	sig = signal_take(~wanted, &info);
	if (sig == 0 && deadline > time_now()) {
		/*
		 * While the task sleeps, the signals that it waits for are not blocked, so that
		 * they wake it. real_blocked says that they were: one that is fatal by default must
		 * not kill the process at once. [do_sigtimedwait]
		 */
		t->real_blocked = t->blocked;
		t->blocked &= ~wanted;
		signal_recalc(t);
		do
			slept = task_sleep(WAIT_INTERRUPTIBLE, deadline);
		while (slept == 0);
		signal_set_blocked(t->real_blocked);
		t->real_blocked = 0;
		sig = signal_take(~wanted, &info);
	}
	if (sig == 0)
		return slept == -EINTR ? -EINTR : -EAGAIN;
	if (uinfo != 0 && siginfo_to_user(uinfo, &info) != 0)
		return -EFAULT;
	return sig;
}
