/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll-waits-for-the-first-of-many - of a hundred pipes one becomes ready; a time-out ends the
 * wait; a signal ends it, and under the call's own mask only a signal that the mask lets through.
 */
#include "files.h"

#define PIPES 100

static volatile int alarms;

static void count(int number)
{
	alarms += number == SIGALRM;
}

static void in_a_while(void (*what)(int), int argument)
{
	if (fork() == 0) {
		sleep_ms(30);
		what(argument);
		_exit(0);
	}
}

static void write_byte(int fd)
{
	CHECK(write(fd, "x", 1) == 1);
}

static void alarm_parent(int unused)
{
	(void)unused;
	kill(getppid(), SIGALRM);
}

int main(void)
{
	static struct pollfd fds[PIPES + 1];
	struct timespec timeout = { 0, 20000000 };
	const uint64_t blocked = 1UL << (SIGALRM - 1), none = 0;
	int ends[2];

	for (int n = 0; n < PIPES; n++) {
		CHECK(pipe2(ends, 0) == 0);
		fds[n] = (struct pollfd){ ends[0], POLLIN, 0 };
	}
	fds[PIPES] = (struct pollfd){ -1, POLLIN, 0 };
	in_a_while(write_byte, ends[1]);
	CHECK(poll(fds, PIPES + 1, -1) == 1 && fds[PIPES - 1].revents == POLLIN && fds[0].revents == 0);
	CHECK(syscall(SYS_ppoll, fds, PIPES - 1L, &timeout, NULL, 8L) == 0);
	CHECK(timeout.tv_sec == 0 && timeout.tv_nsec == 0);

	signal(SIGALRM, count);
	in_a_while(alarm_parent, 0);
	REFUSED(poll(fds, PIPES - 1, -1), EINTR);
	CHECK(alarms == 1);
	CHECK(syscall(SYS_rt_sigprocmask, SIG_BLOCK, &blocked, NULL, 8L) == 0);
	in_a_while(alarm_parent, 0);
	timeout.tv_nsec = 100000000;
	CHECK(syscall(SYS_ppoll, fds, PIPES - 1L, &timeout, NULL, 8L) == 0);
	CHECK(alarms == 1);
	REFUSED(syscall(SYS_ppoll, fds, PIPES - 1L, NULL, &none, 8L), EINTR);
	CHECK(alarms == 2);
	fds[0].fd = 999;
	CHECK(poll(fds, 1, -1) == 1 && fds[0].revents == POLLNVAL);
	return 0;
}
