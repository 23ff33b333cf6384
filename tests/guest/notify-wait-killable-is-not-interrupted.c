/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-wait-killable-is-not-interrupted - WAIT_KILLABLE_RECV: once received, only a fatal signal
 * ends the wait; others come after it.
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
	const struct sigaction action = { .sa_handler = on_signal };

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(raw0(SYS_getppid) == 7);
	CHECK(handled);
	raw0(SYS_getppid);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV);
	const pid_t child = child_of(calls);
	uint64_t id = receive(listener).id;

	CHECK(kill(child, SIGUSR1) == 0);
	sleep_ms(20);
	CHECK(id_valid(listener, id) == 0);
	CHECK(answer(listener, id, 0, 7, 0) == 0);
	id = receive(listener).id;
	CHECK(kill(child, SIGKILL) == 0);
	CHECK(killed_by(end_of(child), SIGKILL));
	REFUSED(id_valid(listener, id), ENOENT);
	return 0;
}
