/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-poll-tells-the-state - readable while there is a new one, writable while one waits
 * for its answer, neither after it.
 */
#include "notify.h"

static void calls(void)
{
	raw0(SYS_getppid);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	struct pollfd p = { listener, POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM, 0 };
	pid_t child;
	uint64_t id;

	CHECK(polled(listener) == 0);
	child = child_of(calls);
	CHECK(poll(&p, 1, -1) == 1 && p.revents == (POLLIN | POLLRDNORM));
	id = receive(listener).id;
	CHECK(poll(&p, 1, -1) == 1 && p.revents == (POLLOUT | POLLWRNORM));
	CHECK(polled(listener) == POLLOUT);
	CHECK(answer(listener, id, 0, 0, 0) == 0);
	CHECK(end_of(child) == 0);
	CHECK(polled(listener) == 0);
	return 0;
}
