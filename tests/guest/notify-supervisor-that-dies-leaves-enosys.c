/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-supervisor-that-dies-leaves-enosys - when the process that holds the listener is killed,
 * calls that it has received, calls that wait to be received and all later ones are ENOSYS.
 */
#include "notify.h"

static int listener, ready[2], started[2];

/* Receives one and never answers. */
static void supervise(void)
{
	CHECK(write(started[1], "x", 1) == 1);
	receive(listener);
	CHECK(write(ready[1], "x", 1) == 1);
	for (;;)
		pause();
}

static void ask_twice(void)
{
	CHECK(raw0(SYS_getppid) == -ENOSYS);
	CHECK(raw0(SYS_getppid) == -ENOSYS);
}

int main(void)
{
	pid_t supervisor, one, two;
	char byte;

	CHECK(pipe2(ready, 0) == 0 && pipe2(started, 0) == 0);
	listener = listen_for(SYS_getppid, 0);
	supervisor = child_of(supervise);
	CHECK(read(started[0], &byte, 1) == 1);
	close(listener);
	one = child_of(ask_twice);
	CHECK(read(ready[0], &byte, 1) == 1);
	two = child_of(ask_twice);
	sleep_ms(20); /* it waits, too */
	CHECK(kill(supervisor, SIGKILL) == 0 && killed_by(end_of(supervisor), SIGKILL));
	CHECK(end_of(one) == 0 && end_of(two) == 0);
	ask_twice();
	return 0;
}
