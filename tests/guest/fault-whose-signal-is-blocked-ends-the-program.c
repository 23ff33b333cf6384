/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault-whose-signal-is-blocked-ends-the-program - a handler does not help then, nor that the
 * signal is ignored; here a line says so. One that was only sent waits.
 */
#include "guest.h"

static void leave(int number)
{
	(void)number;
	_exit(3);
}

static void fault_while_blocked(void)
{
	sigset_t set;

	signal(SIGSEGV, leave);
	sigemptyset(&set);
	sigaddset(&set, SIGSEGV);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	CHECK(raise(SIGSEGV) == 0);
	(void)*(volatile int *)0x12345678UL;
}

static void fault_while_ignored(void)
{
	signal(SIGSEGV, SIG_IGN);
	CHECK(raise(SIGSEGV) == 0);
	(void)*(volatile int *)0x12345678UL;
}

int main(void)
{
	CHECK(killed_by(status_of(fault_while_blocked), SIGSEGV));
	CHECK(killed_by(status_of(fault_while_ignored), SIGSEGV));
	return 0;
}
