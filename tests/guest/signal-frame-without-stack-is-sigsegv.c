/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-frame-without-stack-is-sigsegv - a handler whose frame cannot be written ends the process,
 * also when SIGSEGV has one too.
 */
#include "guest.h"

static void caught(int number)
{
	_exit(number);
}

int main(void)
{
	const struct sigaction action = { .sa_handler = caught, .sa_flags = SA_ONSTACK };
	const stack_t nowhere = { .ss_sp = (void *)4096, .ss_size = 65536 };

	CHECK(sigaltstack(&nowhere, NULL) == 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
	raise(SIGUSR1);
	return 3;
}
