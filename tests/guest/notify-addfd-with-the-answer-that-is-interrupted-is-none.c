/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-addfd-with-the-answer-that-is-interrupted-is-none - a signal ends an ADDFD that was to be
 * the answer, too, before the process that waits has taken it: the call is not answered, and waits
 * for another descriptor, or for an answer without one.
 */
#include "giving.h"

static void calls(void)
{
	CHECK(close(given[1]) == 0);
	CHECK(raw0(SYS_getppid) == given[1]);
	CHECK(raw0(SYS_getppid) == 5);
}

static void give_in_vain(uint64_t id)
{
	order(id, SECCOMP_ADDFD_FLAG_SEND);
	REFUSED(id_valid(listener, id), ENOENT);
	REFUSED(answer(listener, id, 0, 4, 0), EINPROGRESS);
	CHECK(interrupted());
	CHECK(id_valid(listener, id) == 0);
	until_asleep(child); /* it has looked for an answer */
}

int main(void)
{
	uint64_t id = begin(calls);
	int result;

	give_in_vain(id);
	order(id, SECCOMP_ADDFD_FLAG_SEND);
	CHECK(read(results[0], &result, sizeof(result)) == sizeof(result) && result == 0);
	id = receive(listener).id;
	give_in_vain(id);
	CHECK(answer(listener, id, 0, 5, 0) == 0);
	end();
	return 0;
}
