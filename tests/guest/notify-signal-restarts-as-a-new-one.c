/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-signal-restarts-as-a-new-one - with SA_RESTART the call is made again after the handler: a
 * new notification, with a new id.
 */
#include "notify.h"

static volatile int handled;

static void on_signal(int number)
{
	(void)number;
	handled = 1;
}

static void calls(void)
{
	const struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raw1(SYS_getppid, 5) == 12);
	CHECK(handled);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	const pid_t child = child_of(calls);
	const uint64_t id = receive(listener).id;
	struct seccomp_notif again;

	CHECK(kill(child, SIGUSR1) == 0);
	again = receive(listener);
	CHECK(again.id == id + 1 && again.data.args[0] == 5 && again.pid == (unsigned)child);
	REFUSED(answer(listener, id, 0, 0, 0), ENOENT);
	CHECK(answer(listener, again.id, 0, 12, 0) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
