/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-addfd-with-the-answer-that-is-interrupted-answers-zero - a signal ends an ADDFD that was
 * to be the answer, too, before the process that waits has taken it: the call is answered all the
 * same, with 0 and no descriptor, and nobody can answer it any more.
 */
#include "giving.h"

static void calls(void)
{
	CHECK(close(given[1]) == 0);
	CHECK(raw0(SYS_getppid) == 0);
	CHECK(fcntl(given[1], F_GETFD) == -1);
}

int main(void)
{
	const uint64_t id = begin(calls);

	order(id, SECCOMP_ADDFD_FLAG_SEND);
	REFUSED(id_valid(listener, id), ENOENT);
	CHECK(interrupted());
	REFUSED(id_valid(listener, id), ENOENT);
	REFUSED(answer(listener, id, 0, 5, 0), EINPROGRESS);
	CHECK(give(id, SECCOMP_ADDFD_FLAG_SEND) == -EINPROGRESS);
	end();
	return 0;
}
