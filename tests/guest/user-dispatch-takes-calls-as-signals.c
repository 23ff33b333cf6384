/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * user-dispatch-takes-calls-as-signals - syscall user dispatch: what prctl refuses, calls
 * that become SIGSYS and those that do not, by where they are made and by the selector;
 * before any filter; not inherited, and off after execve.
 */
#include "guest.h"

#define SET_DISPATCH 59
#define OFF 0
#undef ON
#define ON 1
#define INCLUSIVE_ON 2
#define USER_DISPATCH 2 /* si_code */

/* A call whose place is known: from in_range to in_range_end. */
long in_range(long nr);
extern char in_range_behind[], in_range_end[]; /* behind the call; and one instruction later */
#ifdef __riscv
__asm__(".text\n.globl in_range\nin_range:\n	mv a7, a0\n	ecall\n.globl in_range_behind\nin_range_behind:\n	ret\n.globl in_range_end\nin_range_end:\n	ret\n");
#else
__asm__(".text\n.globl in_range\nin_range:\n	mov %rdi, %rax\n	syscall\n.globl in_range_behind\nin_range_behind:\n	ret\n.globl in_range_end\nin_range_end:\n	ret\n");
#endif

static volatile unsigned char selector;
static volatile int taken;
static siginfo_t seen;

static void handler(int sig, siginfo_t *info, void *context)
{
	(void)sig, (void)context;
	selector = 0;
	seen = *info;
	taken++;
}

static long dispatch(long mode, unsigned long offset, unsigned long len, const volatile void *byte)
{
	return prctl(SET_DISPATCH, mode, offset, len, byte);
}

static void listen(void)
{
	struct sigaction action;

	memset(&action, 0, sizeof(action));
	action.sa_sigaction = handler;
	action.sa_flags = SA_SIGINFO;
	CHECK(sigaction(SIGSYS, &action, NULL) == 0);
}

static void refusals(void)
{
	REFUSED(dispatch(3, 0, 0, NULL), EINVAL);
	REFUSED(dispatch(OFF, 1, 0, NULL), EINVAL);
	REFUSED(dispatch(OFF, 0, 1, NULL), EINVAL);
	REFUSED(dispatch(OFF, 0, 0, (void *)&selector), EINVAL);
	REFUSED(dispatch(ON, 1, 0, (void *)&selector), EINVAL);
	REFUSED(dispatch(ON, 4096, -1UL, (void *)&selector), EINVAL);
	REFUSED(dispatch(ON, 0, 0, (void *)KERNEL_ADDRESS), EFAULT);
	CHECK(dispatch(OFF, 0, 0, NULL) == 0);
}

static void of_a_child(void)
{
	selector = 1;
	CHECK(raw0(SYS_getpid) > 0); /* fork switches it off */
}

static void by_selector(void)
{
	const int before = taken;
	long result;

	CHECK(dispatch(ON, (unsigned long)in_range, (unsigned long)(in_range_end - (char *)in_range), &selector) == 0);
	CHECK(raw0(SYS_getpid) > 0 && taken == before); /* the selector allows */
	selector = 1;
	CHECK(in_range(SYS_getppid) > 0 && taken == before && selector == 1);
	result = raw1(SYS_getppid, 0x1234);
	CHECK(taken == before + 1 && result == TRAP_RESULT(SYS_getppid, 0x1234));
	CHECK(seen.si_signo == SIGSYS && seen.si_code == USER_DISPATCH && seen.si_errno == 0 &&
	      seen.si_syscall == SYS_getppid);
	CHECK(seen.si_call_addr != NULL && seen.si_arch == NATIVE_ARCH);
	CHECK(exited_with(status_of(of_a_child), 0));
	/* The place of a call is the one behind it. */
	CHECK(dispatch(ON, (unsigned long)in_range, (unsigned long)(in_range_behind - (char *)in_range), &selector) ==
	      0);
	selector = 1;
	in_range(SYS_getppid);
	CHECK(taken == before + 2);
	CHECK(dispatch(ON, (unsigned long)in_range, (unsigned long)(in_range_behind - (char *)in_range) + 1,
		       &selector) == 0);
	selector = 1;
	CHECK(in_range(SYS_getppid) > 0 && taken == before + 2);
	selector = 0;
	CHECK(dispatch(OFF, 0, 0, NULL) == 0);
}

static void with_a_bad_state(void)
{
	CHECK(dispatch(ON, 0, 0, &selector) == 0);
	selector = 7;
	raw0(SYS_getppid);
}

static void with_a_bad_selector(void)
{
	void *page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(page != MAP_FAILED &&
	      dispatch(ON, (unsigned long)in_range, (unsigned long)(in_range_end - (char *)in_range), page) == 0);
	munmap(page, 4096); /* from outside the range: by now the byte allows it */
	raw0(SYS_getppid);
}

/* No call that dispatch takes is seen by a filter. */
static void before_filters(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 1), RETURN(SECCOMP_RET_KILL_PROCESS), ALLOW) == 0);
	CHECK(dispatch(ON, 0, 0, &selector) == 0);
	selector = 1;
	raw0(SYS_getppid);
	CHECK(taken > 0);
}

static void then_the_filter(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 1), RETURN(SECCOMP_RET_KILL_PROCESS), ALLOW) == 0);
	CHECK(dispatch(ON, 0, 0, &selector) == 0);
	raw0(SYS_getppid);
}

static char *self;

static void executes(void)
{
	char *arguments[] = { self, (char *)"anew", NULL };

	CHECK(dispatch(ON, 0, 0, &selector) == 0);
	execv(self, arguments);
}

#ifdef __riscv
/* Only calls from inside the range become signals. Linux has this from 6.17 on. */
static void inclusive(void)
{
	const int before = taken;

	REFUSED(dispatch(INCLUSIVE_ON, 0, 0, &selector), EINVAL);
	REFUSED(dispatch(INCLUSIVE_ON, 4096, -1UL, &selector), EINVAL);
	CHECK(dispatch(INCLUSIVE_ON, (unsigned long)in_range, (unsigned long)(in_range_end - (char *)in_range),
		       &selector) == 0);
	selector = 1;
	CHECK(raw0(SYS_getpid) > 0 && taken == before);
	in_range(SYS_getpid);
	CHECK(taken == before + 1 && dispatch(OFF, 0, 0, NULL) == 0);
}
#endif

int main(int argc, char **argv)
{
	self = argv[0];
	if (argc > 1) {
		selector = 1;
		return raw0(SYS_getppid) > 0 ? 7 : 1;
	}
	listen();
	refusals();
	by_selector();
	CHECK(killed_by(status_of(with_a_bad_state), SIGSYS));
	CHECK(killed_by(status_of(with_a_bad_selector), SIGSEGV));
	CHECK(exited_with(status_of(executes), 7));
	CHECK(exited_with(status_of(before_filters), 0));
	selector = 0;
	CHECK(killed_by(status_of(then_the_filter), SIGSYS));
#ifdef __riscv
	inclusive();
#endif
	return 0;
}
