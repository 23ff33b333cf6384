/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-refusals - of those who may not ask, of pointers that lead nowhere, of sizes and signals
 * that there are not; and that what is refused changes nothing.
 */
#include "tracing.h"

#ifndef PTRACE_PEEKSIGINFO
#define PTRACE_PEEKSIGINFO 0x4209
#endif
#ifndef PTRACE_GETSIGMASK
#define PTRACE_GETSIGMASK 0x420a
#define PTRACE_SETSIGMASK 0x420b
#endif
#define TYPE(n) ((void *)(long)(n))
#define NT_FLOATING TYPE(2)
#define NT_NONE TYPE(0x777)
#define NOWHERE ((void *)8)

static pid_t tracee;

static void body(void)
{
	sigset_t two;

	sigemptyset(&two);
	sigaddset(&two, SIGUSR1);
	sigaddset(&two, SIGUSR2);
	CHECK(sigprocmask(SIG_BLOCK, &two, NULL) == 0);
	raise(SIGUSR1);
	raise(SIGUSR2);
	CHECK(raw0(SYS_getppid) == getppid());
	CHECK(sigprocmask(SIG_BLOCK, NULL, &two) == 0 && sigismember(&two, SIGUSR1) && !sigismember(&two, SIGHUP));
	REFUSED(ptrace(PTRACE_TRACEME, 0, 0, 0), EPERM);
}

/* Nobody but its tracer. */
static void stranger(void)
{
	REFUSED(ptrace(PTRACE_CONT, tracee, 0, 0), ESRCH);
	REFUSED(ptrace(PTRACE_KILL, tracee, 0, 0), ESRCH);
	REFUSED(ptrace(PTRACE_ATTACH, tracee, 0, 0), EPERM);
	REFUSED(ptrace(PTRACE_SEIZE, tracee, 0, 0), EPERM);
}

static void registers(void)
{
	struct registers regs = registers_of(tracee);
	struct iovec iov = { NOWHERE, sizeof(regs.r) };

	REFUSED(ptrace(PTRACE_GETREGSET, tracee, NT_PRSTATUS_SET, NOWHERE), EFAULT);
	REFUSED(ptrace(PTRACE_SETREGSET, tracee, NT_PRSTATUS_SET, NOWHERE), EFAULT);
	REFUSED(ptrace(PTRACE_GETREGSET, tracee, NT_PRSTATUS_SET, &iov), EFAULT);
	REFUSED(ptrace(PTRACE_SETREGSET, tracee, NT_PRSTATUS_SET, &iov), EFAULT);
	iov.iov_len = 4096; /* more than there is */
	REFUSED(ptrace(PTRACE_GETREGSET, tracee, NT_FLOATING, &iov), EFAULT);
	REFUSED(ptrace(PTRACE_SETREGSET, tracee, NT_FLOATING, &iov), EFAULT);
	iov.iov_base = &regs;
	REFUSED(ptrace(PTRACE_GETREGSET, tracee, NT_NONE, &iov), EINVAL);
	iov.iov_len = 12;
	REFUSED(ptrace(PTRACE_GETREGSET, tracee, NT_PRSTATUS_SET, &iov), EINVAL);
	iov.iov_len = 16;
	CHECK(ptrace(PTRACE_GETREGSET, tracee, NT_PRSTATUS_SET, &iov) == 0 && iov.iov_len == 16);
	CHECK(ptrace(PTRACE_SETREGSET, tracee, NT_PRSTATUS_SET, &iov) == 0 && iov.iov_len == 16);
}

static void signals(void)
{
	struct {
		uint64_t off;
		uint32_t flags;
		int32_t nr;
	} all = { 0, 0, 8 };
	siginfo_t *const two = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	siginfo_t *const last = (siginfo_t *)((char *)two + 4096) - 1;
	uint64_t mask;

	CHECK(two != MAP_FAILED && munmap((char *)two + 4096, 4096) == 0);
	REFUSED(ptrace(PTRACE_GETSIGINFO, tracee, 0, NOWHERE), EFAULT);
	REFUSED(ptrace(PTRACE_SETSIGINFO, tracee, 0, NOWHERE), EFAULT);
	REFUSED(ptrace(PTRACE_GETSIGMASK, tracee, TYPE(4), &mask), EINVAL);
	REFUSED(ptrace(PTRACE_SETSIGMASK, tracee, TYPE(16), &mask), EINVAL);
	REFUSED(ptrace(PTRACE_SETSIGMASK, tracee, TYPE(8), NOWHERE), EFAULT);
	CHECK(ptrace(PTRACE_GETSIGMASK, tracee, TYPE(8), &mask) == 0);
	CHECK(mask == (1UL << (SIGUSR1 - 1) | 1UL << (SIGUSR2 - 1)));
	REFUSED(ptrace(PTRACE_PEEKSIGINFO, tracee, NOWHERE, two), EFAULT);
	REFUSED(ptrace(PTRACE_PEEKSIGINFO, tracee, &all, NOWHERE), EFAULT);
	CHECK(ptrace(PTRACE_PEEKSIGINFO, tracee, &all, last) == 1);
	CHECK(last->si_signo == SIGUSR1);
	REFUSED(ptrace(PTRACE_CONT, tracee, 0, TYPE(65)), EIO);
	REFUSED(ptrace(PTRACE_CONT, tracee, 0, TYPE(-1)), EIO);
}

static void of_the_seized(void)
{
	REFUSED(ptrace(PTRACE_INTERRUPT, tracee, 0, 0), EIO);
	REFUSED(ptrace(PTRACE_LISTEN, tracee, 0, 0), EIO);
}

static void whom(void)
{
	pid_t child;
	siginfo_t info;

	REFUSED(ptrace(PTRACE_ATTACH, getpid(), 0, 0), EPERM);
	REFUSED(ptrace(PTRACE_ATTACH, 0x3ffffff, 0, 0), ESRCH);
	child = child_of(stranger); /* for a zombie, whatever it finds */
	CHECK(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
	REFUSED(ptrace(PTRACE_ATTACH, child, 0, 0), EPERM);
	REFUSED(ptrace(PTRACE_SEIZE, child, 0, 0), EPERM);
	REFUSED(ptrace(PTRACE_SEIZE, child, TYPE(1), 0), EIO);
	CHECK(exited_with(end_of(child), 0));
}

int main(void)
{
	int status;

	tracee = traced(body, PTRACE_O_TRACESYSGOOD);
	REFUSED(ptrace(PTRACE_SETOPTIONS, tracee, 0, TYPE(1 << 30)), EINVAL);
	while (status = go_on(tracee, PTRACE_SYSCALL, 0), IS_CALL(status)) {
		if (REG_NR(registers_of(tracee)) != SYS_getppid)
			continue;
		registers();
		signals();
		of_the_seized();
		whom();
	}
	CHECK(exited_with(status, 0));
	REFUSED(ptrace(PTRACE_CONT, tracee, 0, 0), ESRCH);
	return 0;
}
