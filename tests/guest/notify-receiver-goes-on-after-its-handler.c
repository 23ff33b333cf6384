/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-receiver-goes-on-after-its-handler - a supervisor that waits for a notification when a
 * signal comes waits on where the handler says SA_RESTART, and receives what comes then.
 */
#include "interrupted.h"

static void interrupt_and_call(void)
{
	interrupt();
	CHECK(raw1(SYS_getpgid, 0) == 3);
}

int main(void)
{
	const int listener = listen_for(SYS_getpgid, 0);
	pid_t child;

	handle_signals(SA_RESTART);
	child = child_of(interrupt_and_call);
	CHECK(answer(listener, receive(listener).id, 0, 3, 0) == 0);
	CHECK(signals == 1 && end_of(child) == 0);
	return 0;
}
