/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-addfd-that-is-interrupted-gives-nothing - a signal ends ADDFD's wait for the process that
 * is to take the descriptor: it gets none, and the call can be answered still. Until then another
 * supervisor that would answer by a descriptor is told EBUSY; when one has, EINPROGRESS. An answer
 * that came before the signal stays.
 */
#include "giving.h"

static void calls(void)
{
	CHECK(close(given[1]) == 0);
	CHECK(raw0(SYS_getppid) == 5);
	CHECK(fcntl(given[1], F_GETFD) == -1);
	CHECK(raw0(SYS_getppid) == given[1]);
	CHECK(raw0(SYS_getppid) == 6);
}

int main(void)
{
	uint64_t id = begin(calls);
	int result;

	order(id, 0);
	CHECK(give(id, SECCOMP_ADDFD_FLAG_SEND) == -EBUSY);
	CHECK(interrupted());
	CHECK(id_valid(listener, id) == 0);
	CHECK(answer(listener, id, 0, 5, 0) == 0);
	until_asleep(child);
	id = receive(listener).id;
	order(id, SECCOMP_ADDFD_FLAG_SEND);
	CHECK(give(id, 0) == -EINPROGRESS);
	REFUSED(answer(listener, id, 0, 4, 0), EINPROGRESS);
	REFUSED(id_valid(listener, id), ENOENT);
	CHECK(read(results[0], &result, sizeof(result)) == sizeof(result) && result == 0);
	until_asleep(child);
	id = receive(listener).id;
	order(id, 0);
	CHECK(answer(listener, id, 0, 6, 0) == 0);
	CHECK(interrupted());
	end();
	return 0;
}
