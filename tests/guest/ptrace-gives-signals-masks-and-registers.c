/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-gives-signals-masks-and-registers - a signal that the tracer puts in the place of another
 * is the tracer's, and waits where it is blocked; a mask that is set never blocks SIGKILL, lets
 * pending signals through, and stays after sigsuspend; floating-point registers are read and
 * written; who may suspend filters; vectors of many pieces.
 */
#include "capable.h"
#include "tracing.h"

#ifndef PTRACE_GETSIGMASK
#define PTRACE_GETSIGMASK 0x420a
#define PTRACE_SETSIGMASK 0x420b
#endif
#ifndef PTRACE_O_SUSPEND_SECCOMP
#define PTRACE_O_SUSPEND_SECCOMP (1 << 21)
#endif
#define BIT(signal) (1UL << ((signal)-1))

static volatile siginfo_t got[4];
static volatile int handled;

static void handler(int signal, siginfo_t *info, void *context)
{
	(void)signal;
	(void)context;
	memcpy((void *)(uintptr_t)&got[handled++], info, sizeof(*info));
}

static void take(int signal)
{
	const struct sigaction action = { .sa_sigaction = handler, .sa_flags = SA_SIGINFO };

	CHECK(sigaction(signal, &action, NULL) == 0);
}

static unsigned long own_mask(void)
{
	unsigned long mask;

	CHECK(raw(SYS_rt_sigprocmask, SIG_BLOCK, 0, (long)&mask, 8, 0, 0) == 0);
	return mask;
}

static void set_mask(unsigned long mask)
{
	CHECK(raw(SYS_rt_sigprocmask, SIG_SETMASK, (long)&mask, 0, 8, 0, 0) == 0);
}

/* A SIGUSR1 with a value, as sigqueue(3) sends it. */
static void queue_to_self(void)
{
	siginfo_t info;

	memset(&info, 0, sizeof(info));
	info.si_code = SI_QUEUE;
	info.si_pid = getpid();
	info.si_value.sival_ptr = (void *)0x1234;
	CHECK(raw(SYS_rt_sigqueueinfo, getpid(), SIGUSR1, (long)&info, 0, 0, 0) == 0);
}

static void gets_others(void)
{
	take(SIGUSR2);
	queue_to_self();
	CHECK(handled == 1);
	set_mask(BIT(SIGUSR2));
	queue_to_self();
	CHECK(handled == 1);
	set_mask(0);
	CHECK(handled == 2);
	for (int i = 0; i < 2; i++) {
		CHECK(got[i].si_signo == SIGUSR2 && got[i].si_code == SI_USER && got[i].si_pid == getppid());
		CHECK(got[i].si_uid == 0 && got[i].si_value.sival_ptr == NULL);
	}
}

static void signals_are_replaced(void)
{
	const pid_t child = traced(gets_others, 0);
	int status = go_on(child, PTRACE_CONT, 0);
	siginfo_t info;

	CHECK(IS_STOP(status, SIGUSR1));
	CHECK(ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0 && info.si_value.sival_ptr == (void *)0x1234);
	status = go_on(child, PTRACE_CONT, SIGUSR2);
	CHECK(IS_STOP(status, SIGUSR1));
	status = go_on(child, PTRACE_CONT, SIGUSR2); /* it is blocked now */
	CHECK(IS_STOP(status, SIGUSR2));
	CHECK(ptrace(PTRACE_GETSIGINFO, child, 0, &info) == 0 && info.si_pid == getpid() && info.si_code == SI_USER);
	CHECK(exited_with(go_on(child, PTRACE_CONT, SIGUSR2), 0));
}

static void masked(void)
{
	unsigned long all = ~0UL;

	take(SIGUSR1);
	take(SIGUSR2);
	set_mask(BIT(SIGUSR1));
	raise(SIGUSR1);
	raise(SIGUSR2); /* the tracer sets another mask, which lets SIGUSR1 through */
	CHECK(handled == 2 && own_mask() == BIT(SIGHUP));
	all &= ~BIT(SIGUSR2);
	CHECK(raw(SYS_rt_sigsuspend, (long)&all, 8, 0, 0, 0, 0) == -EINTR);
	CHECK(handled == 3 && own_mask() == BIT(SIGUSR1));
}

static void masks_are_set(void)
{
	const pid_t child = traced(masked, 0);
	unsigned long mask = ~0UL;
	int status = go_on(child, PTRACE_CONT, 0);

	CHECK(IS_STOP(status, SIGUSR2));
	CHECK(ptrace(PTRACE_SETSIGMASK, child, 8, &mask) == 0 && ptrace(PTRACE_GETSIGMASK, child, 8, &mask) == 0);
	CHECK(mask == ~(BIT(SIGKILL) | BIT(SIGSTOP)));
	mask = BIT(SIGHUP);
	CHECK(ptrace(PTRACE_SETSIGMASK, child, 8, &mask) == 0);
	status = go_on(child, PTRACE_CONT, SIGUSR2);
	CHECK(IS_STOP(status, SIGUSR1));
	CHECK(ptrace(PTRACE_CONT, child, 0, SIGUSR1) == 0);
	until_asleep(child);
	CHECK(kill(child, SIGUSR2) == 0 && waitpid(child, &status, __WALL) == child && IS_STOP(status, SIGUSR2));
	mask = BIT(SIGUSR1);
	CHECK(ptrace(PTRACE_SETSIGMASK, child, 8, &mask) == 0 && ptrace(PTRACE_GETSIGMASK, child, 8, &mask) == 0);
	CHECK(mask == BIT(SIGUSR1));
	CHECK(exited_with(go_on(child, PTRACE_CONT, SIGUSR2), 0));
}

static void nothing(void)
{
}

static void floating_point(void)
{
	const pid_t child = traced(nothing, 0);
	static uint8_t before[1024], set[1024], after[1024];
	struct iovec was = { before, sizeof(before) }, now = { set, 0 }, then = { after, sizeof(after) };

	CHECK(ptrace(PTRACE_GETREGSET, child, (void *)2, &was) == 0 && was.iov_len > 168 && was.iov_len % 8 == 0);
	memcpy(set, before, sizeof(set));
	for (int i = 160; i < 168; i++)
		set[i] ^= 0x5a; /* f20; xmm0 */
#ifdef __riscv
	set[32 * 8 + 5] = 1; /* above fcsr there is nothing */
#endif
	now.iov_len = was.iov_len;
	CHECK(ptrace(PTRACE_SETREGSET, child, (void *)2, &now) == 0 && now.iov_len == was.iov_len);
	CHECK(ptrace(PTRACE_GETREGSET, child, (void *)2, &then) == 0 && then.iov_len == was.iov_len);
#ifdef __riscv
	set[32 * 8 + 5] = 0;
#endif
	CHECK(memcmp(set, before, was.iov_len) != 0 && memcmp(set, after, was.iov_len) == 0);
	CHECK(exited_with(go_on(child, PTRACE_CONT, 0), 0));
}

/* PTRACE_O_SUSPEND_SECCOMP needs CAP_SYS_ADMIN, however it is asked for. */
static void suspends(void)
{
	const uint64_t all = capable();
	const pid_t child = traced(nothing, 0), other = fork();

	if (other == 0)
		for (;;)
			pause();
	set_capable(all & ~SYS_ADMIN);
	REFUSED(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_SUSPEND_SECCOMP), EPERM);
	REFUSED(ptrace(PTRACE_SEIZE, other, 0, PTRACE_O_SUSPEND_SECCOMP), EPERM);
	REFUSED(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_SUSPEND_SECCOMP | 1 << 30), EINVAL);
	set_capable(all & SYS_ADMIN);
	CHECK(ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_SUSPEND_SECCOMP | PTRACE_O_EXITKILL) == 0);
	CHECK(ptrace(PTRACE_SEIZE, other, 0, PTRACE_O_SUSPEND_SECCOMP) == 0);
	set_capable(all);
	CHECK(exited_with(go_on(child, PTRACE_CONT, 0), 0));
	CHECK(kill(other, SIGKILL) == 0 && killed_by(end_of(other), SIGKILL));
}

#define PIECES 24

static void many_pieces(void)
{
	static char there[PIECES][2], here[PIECES][2];
	struct iovec remote[PIECES], local[PIECES];
	const pid_t child = traced(nothing, 0);

	for (int i = 0; i < PIECES; i++) {
		there[i][0] = (char)('a' + i);
		remote[i] = (struct iovec){ there[i], 1 };
		local[i] = (struct iovec){ here[i], 1 };
	}
	CHECK(raw(SYS_process_vm_writev, child, (long)remote, PIECES, (long)remote, PIECES, 0) == PIECES);
	CHECK(raw(SYS_process_vm_readv, child, (long)local, PIECES, (long)remote, PIECES, 0) == PIECES);
	for (int i = 0; i < PIECES; i++)
		CHECK(here[i][0] == (char)('a' + i) && here[i][1] == 0);
	/* As much as both have. */
	CHECK(raw(SYS_process_vm_readv, child, (long)local, PIECES, (long)remote, 3, 0) == 3);
	CHECK(raw(SYS_process_vm_readv, child, (long)local, 5, (long)remote, PIECES, 0) == 5);
	CHECK(raw(SYS_process_vm_readv, child, (long)local, PIECES, (long)remote, 0, 0) == 0);
	remote[1].iov_len = 0;
	CHECK(raw(SYS_process_vm_readv, child, (long)local, PIECES, (long)remote, 2, 0) == 1);
	remote[0] = (struct iovec){ (void *)8, 1 };
	CHECK(raw(SYS_process_vm_readv, child, (long)local, PIECES, (long)remote, 3, 0) == -EFAULT);
	CHECK(exited_with(go_on(child, PTRACE_CONT, 0), 0));
}

int main(void)
{
	signals_are_replaced();
	masks_are_set();
	floating_point();
	suspends();
	many_pieces();
	return 0;
}
