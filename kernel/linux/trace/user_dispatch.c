/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user_dispatch.c - see user_dispatch.h. A thread that has turned dispatch on has a gate that sends
 * every system call to the judge. The judge calls user_dispatch_take() first, so tracers and
 * filters see nothing of a call that becomes a signal. [kernel/entry/syscall_user_dispatch.c]
 */
#include "user_dispatch.h"

#include <abi/audit.h>
#include <abi/errno.h>
#include <abi/prctl.h>

#include "filter.h"
#include "signal.h"
#include "task.h"
#include "usercopy.h"

static void switch_to_gate(void)
{
	filter_update_gate(current);
}

/* [set_syscall_user_dispatch] */
static long user_dispatch_set(uint64_t mode, uint64_t offset, uint64_t length, uint64_t selector)
{
	switch (mode) {
	case PR_SYS_DISPATCH_OFF:
		if (offset != 0 || length != 0 || selector != 0)
			return -EINVAL;
		break;
	case PR_SYS_DISPATCH_ON:
		if (offset != 0 && offset + length <= offset)
			return -EINVAL;
		break;
	case PR_SYS_DISPATCH_INCLUSIVE_ON:
		if (length == 0 || offset + length <= offset)
			return -EINVAL;
		/*
		 * Calls from the range become signals. So the rest, which wraps around, is let
		 * through.
		 */
		offset += length;
		length = -length;
		break;
	default:
		return -EINVAL;
	}
	if (selector != 0 && !user_range_ok(selector, 1))
		return -EFAULT;
	current->dispatch = (struct user_dispatch){ mode != PR_SYS_DISPATCH_OFF, offset, length, selector };
	switch_to_gate();
	return 0;
}

bool user_dispatch_prctl(int option, const uint64_t args[4], long *result)
{
	if (option != PR_SET_SYSCALL_USER_DISPATCH)
		return false;
	*result = user_dispatch_set(args[0], args[1], args[2], args[3]);
	return true;
}

void user_dispatch_off(void)
{
	if (!current->dispatch.on)
		return;
	current->dispatch.on = false;
	switch_to_gate();
}

bool user_dispatch_take(struct trapframe *frame)
{
	const struct user_dispatch *d = &current->dispatch;
	const struct siginfo info = {
		.si_signo = SIGSYS,
		.si_code = SYS_USER_DISPATCH,
		.si_call_addr = frame->pc,
		.si_syscall = (int)frame->a[7],
		.si_arch = AUDIT_ARCH_RISCV64,
	};
	uint8_t state = PR_SYS_DISPATCH_SELECTOR_BLOCK;

	if (!d->on || frame->pc - d->offset < d->length)
		return false;
	if (d->selector != 0 && copy_from_user(&state, d->selector, 1) != 0) {
		signal_force_kernel(SIGSEGV, true);
		return true;
	}
	if (state == PR_SYS_DISPATCH_SELECTOR_ALLOW)
		return false;
	if (state != PR_SYS_DISPATCH_SELECTOR_BLOCK)
		signal_force_kernel(SIGSYS, true);
	else
		signal_force(&info, false);
	return true;
}
