/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-poll-for-writing-waits-for-the-receiver - who polls a listener for POLLOUT is woken when
 * another supervisor has received a notification, and there is something to be answered.
 */
#include "notify.h"

static int listener;

static void calls(void)
{
	CHECK(raw0(SYS_getppid) == 1);
}

static void answers(void)
{
	struct pollfd p = { listener, POLLOUT, 0 };

	CHECK(poll(&p, 1, -1) == 1 && p.revents == POLLOUT);
}

int main(void)
{
	pid_t writer, child;
	uint64_t id;

	listener = listen_for(SYS_getppid, 0);
	writer = child_of(answers);
	until_asleep(writer);
	child = child_of(calls);
	UNTIL(polled(listener) == POLLIN);
	until_asleep(writer);
	id = receive(listener).id;
	CHECK(end_of(writer) == 0);
	CHECK(answer(listener, id, 0, 1, 0) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
