/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal.c - POSIX's signal calls on Linux's rt_ ones. The kernel's mask is 8
 * bytes and so is sigset_t; struct sigaction differs and is converted.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

_Static_assert(sizeof(sigset_t) == 8, "what the rt_ calls are told");
_Static_assert(sizeof(siginfo_t) == SI_MAX_SIZE, "abi/signal.h");
_Static_assert(sizeof(ucontext_t) == sizeof(struct ucontext), "abi/signal.h");
_Static_assert(offsetof(ucontext_t, uc_mcontext) == offsetof(struct ucontext, uc_mcontext), "abi/signal.h");
_Static_assert(offsetof(siginfo_t, si_syscall) == offsetof(struct siginfo, si_syscall), "abi/signal.h");
_Static_assert(offsetof(siginfo_t, si_status) == offsetof(struct siginfo, si_status), "abi/signal.h");
_Static_assert(sizeof(stack_t) == sizeof(struct sigaltstack), "abi/signal.h");

int sigaction(int number, const struct sigaction *new, struct sigaction *old)
{
	struct kernel_sigaction knew, kold;

	if (new != NULL)
		knew = (struct kernel_sigaction){ (uint64_t) new->sa_sigaction, (uint64_t)(unsigned)new->sa_flags,
						  new->sa_mask };
	if (syscall(SYS_rt_sigaction, number, new != NULL ? &knew : NULL, old != NULL ? &kold : NULL, 8) < 0)
		return -1;
	if (old != NULL) {
		old->sa_sigaction = (void (*)(int, siginfo_t *, void *))kold.sa_handler;
		old->sa_flags = (int)kold.sa_flags;
		old->sa_mask = kold.sa_mask;
	}
	return 0;
}

sighandler_t signal(int number, sighandler_t handler)
{
	struct sigaction old, new = { .sa_handler = handler, .sa_flags = SA_RESTART };

	return sigaction(number, &new, &old) < 0 ? SIG_ERR : old.sa_handler;
}

int sigprocmask(int how, const sigset_t *new, sigset_t *old)
{
	return (int)syscall(SYS_rt_sigprocmask, how, new, old, 8);
}

int sigpending(sigset_t *set)
{
	return (int)syscall(SYS_rt_sigpending, set, 8);
}

int sigsuspend(const sigset_t *mask)
{
	return (int)syscall(SYS_rt_sigsuspend, mask, 8);
}

int pause(void)
{
	sigset_t mask;

	sigprocmask(SIG_BLOCK, NULL, &mask);
	return sigsuspend(&mask);
}

int sigtimedwait(const sigset_t *set, siginfo_t *info, const struct timespec *timeout)
{
	return (int)syscall(SYS_rt_sigtimedwait, set, info, timeout, 8);
}

int sigwaitinfo(const sigset_t *set, siginfo_t *info)
{
	return sigtimedwait(set, info, NULL);
}

int sigqueue(pid_t pid, int number, const union sigval value)
{
	siginfo_t info;

	memset(&info, 0, sizeof(info));
	info.si_signo = number;
	info.si_code = SI_QUEUE;
	info.si_pid = getpid();
	info.si_uid = getuid();
	info.si_value = value;
	return (int)syscall(SYS_rt_sigqueueinfo, pid, number, &info);
}

int sigaltstack(const stack_t *new, stack_t *old)
{
	return (int)syscall(SYS_sigaltstack, new, old);
}

int kill(pid_t pid, int number)
{
	return (int)syscall(SYS_kill, pid, number);
}

int tgkill(pid_t group, pid_t thread, int number)
{
	return (int)syscall(SYS_tgkill, group, thread, number);
}

int raise(int number)
{
	return tgkill(getpid(), gettid(), number);
}
