/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap-nests-when-its-handler-lets-it - with SA_NODEFER, or SIGSYS unblocked, a call that is
 * trapped inside the handler is handled, too; each handler answers its own call.
 */
#include "guest.h"

static volatile int depth, deepest;

static void caught(int number, siginfo_t *info, void *context)
{
	const int mine = ++depth;

	if (mine > deepest)
		deepest = mine;
	CHECK(number == SIGSYS && info->si_code == SYS_SECCOMP && info->si_syscall == SYS_getppid &&
	      info->si_errno == 9);
	if (mine < 4)
		CHECK(raw1(SYS_getppid, mine) == 100 + mine + 1);
	UC_RESULT((ucontext_t *)context) = 100 + mine;
	depth--;
}

static void caught_blocked(int number, siginfo_t *info, void *context)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGSYS);
	CHECK(sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
	caught(number, info, context);
}

static void handle(void (*handler)(int, siginfo_t *, void *), int flags)
{
	struct sigaction action = { .sa_flags = SA_SIGINFO | flags };

	action.sa_sigaction = handler;
	CHECK(sigaction(SIGSYS, &action, NULL) == 0);
	deepest = 0;
	CHECK(raw1(SYS_getppid, 0) == 101);
	CHECK(deepest == 4 && depth == 0);
}

int main(void)
{
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_TRAP | 9)) == 0);
	handle(caught, SA_NODEFER);
	handle(caught_blocked, 0);
	return 0;
}
