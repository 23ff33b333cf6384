/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_ptrace.c - ptrace(2): finds the tracee, checks that the caller traces it and that it has
 * stopped, and serves the request.
 */
#include "ptrace.h"

#include <string.h>

#include <abi/errno.h>

#include "pidns.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "vm.h"

static long peek_word(struct task *t, uint64_t addr, uint64_t to)
{
	uint64_t word;

	if (vm_access_remote(t->mm, addr, &word, sizeof(word), false) != 0)
		return -EIO;
	return copy_to_user(to, &word, sizeof(word));
}

static long poke_word(struct task *t, uint64_t addr, uint64_t word)
{
	return vm_access_remote(t->mm, addr, &word, sizeof(word), true) != 0 ? -EIO : 0;
}

static long set_options(struct task *t, uint64_t options)
{
	const int err = ptrace_check_options(options);

	if (err == 0)
		t->tracer->options = (uint32_t)options;
	return err;
}

static long get_siginfo(struct task *t, uint64_t to)
{
	const struct siginfo *info = t->tracer->stop->info;

	return info == NULL ? -EINVAL : siginfo_to_user(to, info);
}

static long set_siginfo(struct task *t, uint64_t from)
{
	struct siginfo *to = t->tracer->stop->info;
	struct siginfo info;
	int sig, err;

	if (copy_from_user(&sig, from, sizeof(sig)) != 0)
		return -EFAULT;
	err = siginfo_from_user(&info, sig, from);
	if (err != 0)
		return err;
	if (to == NULL)
		return -EINVAL;
	*to = info;
	return 0;
}

static long get_sigmask(struct task *t, uint64_t size, uint64_t to)
{
	const uint64_t mask = t->restore_blocked ? t->saved_blocked : t->blocked;

	return size != sizeof(mask) ? -EINVAL : copy_to_user(to, &mask, sizeof(mask));
}

static long set_sigmask(struct task *t, uint64_t size, uint64_t from)
{
	uint64_t mask;

	if (size != sizeof(mask))
		return -EINVAL;
	if (copy_from_user(&mask, from, sizeof(mask)) != 0)
		return -EFAULT;
	t->blocked = mask & ~SIGNALS_NEVER_BLOCKED;
	t->restore_blocked = false;
	t->signal_work = true;
	return 0;
}

/*
 * Copies the infos of pending signals, which stay pending, to user address TO. The struct
 * ptrace_peeksiginfo_args at UARGS says from which queue, from which place on, and how many.
 * Returns how many were copied; or -EFAULT, -EINVAL. [ptrace_peek_siginfo]
 */
static long peek_siginfo(struct task *t, uint64_t uargs, uint64_t to)
{
	struct ptrace_peeksiginfo_args args;
	const struct sigpending *p;
	int32_t n;

	if (copy_from_user(&args, uargs, sizeof(args)) != 0)
		return -EFAULT;
	if ((args.flags & ~(uint32_t)PTRACE_PEEKSIGINFO_SHARED) != 0 || args.nr < 0)
		return -EINVAL;
	p = (args.flags & PTRACE_PEEKSIGINFO_SHARED) != 0 ? &t->group->pending : &t->pending;
	for (n = 0; n < args.nr; n++) {
		const struct siginfo *info = sigpending_peek(p, args.off + (uint64_t)n);

		if (info == NULL)
			break;
		if (siginfo_to_user(to + (uint64_t)n * SI_MAX_SIZE, info) != 0)
			return n > 0 ? n : -EFAULT;
	}
	return n;
}

static bool is_signal(uint64_t data)
{
	return data <= _NSIG;
}

/* Serves requests to a tracee that is stopped. */
static long request_stopped(struct task *t, uint64_t request, uint64_t addr, uint64_t data)
{
	switch (request) {
	case PTRACE_PEEKTEXT:
	case PTRACE_PEEKDATA:
		return peek_word(t, addr, data);
	case PTRACE_POKETEXT:
	case PTRACE_POKEDATA:
		return poke_word(t, addr, data);
	case PTRACE_CONT:
	case PTRACE_SYSCALL:
	case PTRACE_DETACH:
		if (!is_signal(data))
			return -EIO;
		if (request == PTRACE_DETACH)
			ptrace_detach(t, (int)data);
		else
			ptrace_resume(t, request == PTRACE_SYSCALL, (int)data);
		return 0;
	case PTRACE_LISTEN:
		return ptrace_listen(t);
	case PTRACE_SETOPTIONS:
		return set_options(t, data);
	case PTRACE_GETEVENTMSG:
		return copy_to_user(data, &t->tracer->stop->message, sizeof(uint64_t));
	case PTRACE_GETSIGINFO:
		return get_siginfo(t, data);
	case PTRACE_SETSIGINFO:
		return set_siginfo(t, data);
	case PTRACE_PEEKSIGINFO:
		return peek_siginfo(t, addr, data);
	case PTRACE_GETSIGMASK:
		return get_sigmask(t, addr, data);
	case PTRACE_SETSIGMASK:
		return set_sigmask(t, addr, data);
	case PTRACE_GETREGSET:
		return ptrace_regset(t, false, addr, data);
	case PTRACE_SETREGSET:
		return ptrace_regset(t, true, addr, data);
	case PTRACE_GET_SYSCALL_INFO:
		return ptrace_syscall_info(t, addr, data);
	case PTRACE_SET_SYSCALL_INFO:
		return ptrace_set_syscall_info(t, addr, data);
	case PTRACE_SECCOMP_GET_FILTER:
		return ptrace_get_filter(t, addr, data);
	case PTRACE_SECCOMP_GET_METADATA:
		return ptrace_get_metadata(t, addr, data);
	default: /* also single steps, which riscv64 lacks */
		return -EIO;
	}
}

long sys_ptrace(uint64_t request, uint64_t pid, uint64_t addr, uint64_t data)
{
	struct task *t;

	if (request == PTRACE_TRACEME)
		return ptrace_traceme();
	t = task_find(pidns_id((uint32_t)pid));
	if (t == NULL)
		return -ESRCH;
	if (request == PTRACE_ATTACH)
		return ptrace_attach(t);
	if (request == PTRACE_SEIZE)
		return ptrace_seize(t, addr, data);
	if (t->tracer == NULL || t->tracer->by != current)
		return -ESRCH;
	if (request == PTRACE_KILL) {
		signal_send_kernel(t, SIGKILL);
		return 0;
	}
	if (request == PTRACE_INTERRUPT) {
		if (!t->tracer->seized)
			return -EIO;
		ptrace_interrupt(t);
		return 0;
	}
	if (!ptrace_has_stopped(t))
		return -ESRCH;
	return request_stopped(t, request, addr, data);
}
