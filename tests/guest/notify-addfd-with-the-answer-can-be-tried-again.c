/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-addfd-with-the-answer-can-be-tried-again - a signal ends an ADDFD that was to be the
 * answer, too, before the process that waits has taken it: that waits on, and can be answered.
 */
#include "giving.h"

static void calls(void)
{
	CHECK(close(given[1]) == 0);
	CHECK(raw0(SYS_getppid) == 5);
	CHECK(fcntl(given[1], F_GETFD) == -1);
}

int main(void)
{
	pid_t child, other;
	uint64_t id;

	begin();
	child = child_of(calls);
	id = receive(listener).id;
	other = begin_giving();
	order(id, SECCOMP_ADDFD_FLAG_SEND);
	REFUSED(id_valid(listener, id), ENOENT);
	CHECK(interrupted(other));
	CHECK(id_valid(listener, id) == 0);
	CHECK(answer(listener, id, 0, 5, 0) == 0);
	CHECK(end_of(child) == 0);
	CHECK(kill(other, SIGKILL) == 0 && killed_by(end_of(other), SIGKILL));
	return 0;
}
