/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-alternate-stack - SA_ONSTACK handlers run on it, nested ones go on there, it may not be
 * changed while in use, and its refusals; SS_AUTODISARM takes it away while a handler runs.
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
	return 0;
}
