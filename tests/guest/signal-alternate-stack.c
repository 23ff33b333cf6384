/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-alternate-stack - SA_ONSTACK handlers run on it, nested ones go on there, it may not be
 * changed while in use, and its refusals; SS_AUTODISARM takes it away while a handler runs. A frame
 * that has no room on it is SIGSEGV, and what is below it stays.
 */
#include "guest.h"

static char stack[65536] __attribute__((aligned(16)));
static volatile int runs;

static int on_stack(const void *p)
{
	return (const char *)p >= stack && (const char *)p < stack + sizeof(stack);
}

static void inner(int number)
{
	char here;

	(void)number;
	CHECK(on_stack(&here));
	runs++;
}

static void outer(int number)
{
	stack_t now;
	char here;

	(void)number;
	CHECK(on_stack(&here));
	CHECK(sigaltstack(NULL, &now) == 0);
	CHECK(now.ss_sp == stack && now.ss_size == sizeof(stack) && now.ss_flags == SS_ONSTACK);
	REFUSED(sigaltstack(&(stack_t){ .ss_flags = SS_DISABLE }, NULL), EPERM);
	raise(SIGUSR2);
	runs++;
}

static void disarmed(int number)
{
	stack_t now;
	char here;

	(void)number;
	CHECK(on_stack(&here));
	CHECK(sigaltstack(NULL, &now) == 0);
	CHECK(now.ss_flags == SS_DISABLE);
	runs++;
}

static void elsewhere(int number)
{
	char here;

	(void)number;
	CHECK(!on_stack(&here));
	runs++;
}

/* Who runs on a stack with SS_AUTODISARM may change it. */
static int autodisarm(void *unused)
{
	static char other[8192];
	const stack_t own = { .ss_sp = stack, .ss_size = sizeof(stack), .ss_flags = (int)(1U << 31) };
	const stack_t next = { .ss_sp = other, .ss_size = sizeof(other) };
	stack_t now;

	(void)unused;
	CHECK(sigaltstack(&own, NULL) == 0);
	CHECK(sigaltstack(&next, &now) == 0 && now.ss_flags == own.ss_flags);
	runs++;
	return 0;
}

#ifdef __riscv
static void is_aligned(int number, siginfo_t *info, void *context)
{
	(void)number;
	CHECK((uintptr_t)info % 16 == 0 && (uintptr_t)context % 16 == 0);
	runs++;
}

static void frame_is_aligned(void)
{
	const struct sigaction action = { .sa_sigaction = is_aligned, .sa_flags = SA_SIGINFO };
	register long a0 __asm__("a0");
	register long a1 __asm__("a1");
	register long a7 __asm__("a7");

	runs = 0;
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	a0 = getpid();
	a1 = SIGUSR1;
	a7 = SYS_kill;
	__asm__ volatile("addi sp, sp, -8\n\tecall\n\taddi sp, sp, 8" : "+r"(a0) : "r"(a1), "r"(a7) : "memory");
	CHECK(a0 == 0 && runs == 1);
}
#else
static void frame_is_aligned(void)
{
}
#endif

#define BELOW 65536

static char *low; /* BELOW bytes that stay, and above them a stack */

static void nest(int number)
{
	raise(number);
}

static void overflow(void)
{
	const struct sigaction action = { .sa_handler = nest, .sa_flags = SA_ONSTACK | SA_NODEFER };

	CHECK(sigaltstack(&(stack_t){ .ss_sp = low + BELOW, .ss_size = sizeof(stack) }, NULL) == 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	raise(SIGUSR1);
}

static void overflow_is_a_fault(void)
{
	low = mmap(NULL, BELOW + sizeof(stack), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(low != MAP_FAILED);
	memset(low, 'x', BELOW);
	CHECK(killed_by(status_of(overflow), SIGSEGV));
	for (int i = 0; i < BELOW; i++)
		CHECK(low[i] == 'x');
}

int main(void)
{
	struct sigaction action = { .sa_handler = outer, .sa_flags = SA_ONSTACK };
	stack_t s = { .ss_sp = stack, .ss_size = sizeof(stack) };
	stack_t old;

	CHECK(sigaltstack(NULL, &old) == 0);
	CHECK(old.ss_flags == SS_DISABLE);
	REFUSED(sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = 2047 }, NULL), ENOMEM);
	REFUSED(sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = 65536, .ss_flags = 4 }, NULL), EINVAL);
	REFUSED(syscall(SYS_sigaltstack, KERNEL_ADDRESS, 0), EFAULT);
	CHECK(sigaltstack(&s, NULL) == 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	action.sa_handler = inner;
	CHECK(sigaction(SIGUSR2, &action, NULL) == 0);
	raise(SIGUSR1);
	CHECK(runs == 2);

	s.ss_flags = (int)(1U << 31); /* SS_AUTODISARM */
	CHECK(sigaltstack(&s, NULL) == 0);
	action.sa_handler = disarmed;
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	raise(SIGUSR1);
	CHECK(runs == 3);
	CHECK(sigaltstack(NULL, &old) == 0);
	CHECK(old.ss_sp == stack && old.ss_flags == s.ss_flags);

	CHECK(sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = sizeof(stack), .ss_flags = SS_ONSTACK }, NULL) == 0);
	CHECK(sigaltstack(&(stack_t){ .ss_sp = stack, .ss_flags = SS_DISABLE }, &old) == 0);
	CHECK(old.ss_sp == stack && old.ss_size == sizeof(stack) && old.ss_flags == 0);
	CHECK(sigaltstack(NULL, &old) == 0);
	CHECK(old.ss_sp == NULL && old.ss_size == 0 && old.ss_flags == SS_DISABLE);
	CHECK(sigaltstack(&(stack_t){ .ss_sp = (void *)((uintptr_t)&s + 65536), .ss_size = SIZE_MAX }, NULL) ==
	      0); /* above sp */
	runs = 0;
	CHECK(sigaltstack(&(stack_t){ .ss_sp = stack, .ss_size = 2048 }, NULL) == 0);
	action = (struct sigaction){ .sa_handler = elsewhere };
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	raise(SIGUSR1);
	CHECK(runs == 1);
	CHECK(waitpid(clone(autodisarm, stack + sizeof(stack), CLONE_VM | SIGCHLD, NULL), NULL, 0) > 0 && runs == 2);
	CHECK(exited_with(status_of(frame_is_aligned), 0));
	overflow_is_a_fault();
	return 0;
}
