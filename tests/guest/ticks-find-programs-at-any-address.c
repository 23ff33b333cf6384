/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ticks-find-programs-at-any-address - a program that goes on at addresses that are not its own,
 * below, above and beyond all that can be mapped, gets a signal for each, whatever a timer's tick
 * finds there.
 */
#include "guest.h"

#include <time.h>

#define PLACES 7

static volatile unsigned long faults;

static uint64_t ms_used(void)
{
	struct timespec t;

	CHECK(syscall(SYS_clock_gettime, CLOCK_PROCESS_CPUTIME_ID, &t) == 0);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static void go_on(int number, siginfo_t *info, void *context)
{
	static const uint64_t places[PLACES] = {
		0, 2, 0x3ffffffffe, 0x4000000000, 0x8000000000000000, 0xffffffc000000002, 0xffffffff80001000
	};
	ucontext_t *const c = context;

	(void)info;
	CHECK(number == SIGSEGV || number == SIGBUS);
	if (++faults % 64 == 0 && ms_used() >= 100)
		_exit(faults > 1000 ? 0 : 1);
	UC_PC(c) = (long)places[faults % PLACES];
}

int main(void)
{
	struct sigaction act = { .sa_sigaction = go_on, .sa_flags = SA_SIGINFO };

	CHECK(sigaction(SIGSEGV, &act, NULL) == 0 && sigaction(SIGBUS, &act, NULL) == 0);
	raise(SIGSEGV);
	return 1;
}
