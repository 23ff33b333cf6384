/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-tells-who-and-what - a notification holds the thread's id, no flags, and what
 * filters saw; ids count up by one.
 */
#include "notify.h"

static void calls(void)
{
	raw(SYS_getppid, 11, 22, 33, 44, 55, 66);
	raw0(SYS_getppid);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	const pid_t child = child_of(calls);
	const struct seccomp_notif first = receive(listener);
	struct seccomp_notif second;

	CHECK(first.pid == (unsigned)child && first.flags == 0);
	CHECK(first.data.nr == SYS_getppid && first.data.arch == NATIVE_ARCH && first.data.instruction_pointer != 0);
	for (unsigned i = 0; i < 6; i++)
		CHECK(first.data.args[i] == 11 * (i + 1));
	CHECK(answer(listener, first.id, 0, 0, 0) == 0);
	second = receive(listener);
	CHECK(second.id == first.id + 1);
	CHECK(answer(listener, second.id, 0, 0, 0) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
