/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-unreceived-answers-are-einprogress - a notification can be answered once
 * it was received, and not before.
 */
#include "notify.h"

static void calls(void)
{
	raw0(SYS_getppid);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	const pid_t first = child_of(calls);
	const uint64_t id = receive(listener).id;
	const pid_t second = child_of(calls);

	while (!(polled(listener) & POLLIN))
		sleep_ms(1);
	/* Ids count up, so this is the second child's. */
	REFUSED(answer(listener, id + 1, 0, 0, 0), EINPROGRESS);
	REFUSED(id_valid(listener, id + 1), ENOENT);
	CHECK(answer(listener, id, 0, 0, 0) == 0);
	CHECK(end_of(first) == 0);
	CHECK(receive(listener).id == id + 1);
	CHECK(answer(listener, id + 1, 0, 0, 0) == 0);
	CHECK(end_of(second) == 0);
	return 0;
}
