/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-signal-interrupts - a signal ends the wait, received or not: EINTR without SA_RESTART,
 * and the answer comes too late.
 */
#include "notify.h"

static void on_signal(int number)
{
	(void)number;
}

static void calls(void)
{
	const struct sigaction action = { .sa_handler = on_signal };

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raw0(SYS_getppid) == -EINTR);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	const pid_t child = child_of(calls);
	const uint64_t id = receive(listener).id;

	CHECK(kill(child, SIGUSR1) == 0);
	CHECK(end_of(child) == 0);
	REFUSED(id_valid(listener, id), ENOENT);
	REFUSED(answer(listener, id, 0, 0, 0), ENOENT);
	return 0;
}
