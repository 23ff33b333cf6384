/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-answer-outlives-its-listener - what was answered stays so when the supervisor closes the
 * listener before the process that asked has run again.
 */
#include "notify.h"

static int listener;

static void calls(void)
{
	close(listener);
	CHECK(raw0(SYS_getppid) == 7);
	CHECK(raw0(SYS_getppid) == -ENOSYS);
}

static void calls_another(void)
{
	close(listener);
	CHECK(raw0(SYS_getpid) > 0);
	CHECK(raw0(SYS_getpid) == -ENOSYS);
}

int main(void)
{
	pid_t child;

	listener = listen_for(SYS_getppid, 0);
	child = child_of(calls);
	CHECK(answer(listener, receive(listener).id, 0, 7, 0) == 0);
	CHECK(close(listener) == 0);
	CHECK(end_of(child) == 0);

	listener = listen_for(SYS_getpid, 0);
	child = child_of(calls_another);
	CHECK(answer(listener, receive(listener).id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE) == 0);
	CHECK(close(listener) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
