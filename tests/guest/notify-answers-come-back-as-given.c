/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-answers-come-back-as-given - error, if there is one, else val, is the call's
 * result: unchanged, whatever its sign.
 */
#include "notify.h"

static void calls(void)
{
	CHECK(raw0(SYS_getppid) == -77);
	CHECK(raw0(SYS_getppid) == 33);
	CHECK(raw0(SYS_getppid) == 0x123456789);
	CHECK(raw0(SYS_getppid) == -5);
	CHECK(raw0(SYS_getppid) == 0);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	const pid_t child = child_of(calls);

	CHECK(answer(listener, receive(listener).id, -77, 1, 0) == 0);
	CHECK(answer(listener, receive(listener).id, 33, 0, 0) == 0);
	CHECK(answer(listener, receive(listener).id, 0, 0x123456789, 0) == 0);
	CHECK(answer(listener, receive(listener).id, 0, -5, 0) == 0);
	CHECK(answer(listener, receive(listener).id, 0, 0, 0) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
