/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket-waits-as-long-as-it-is-told - SO_RCVTIMEO and SO_SNDTIMEO end a wait with EAGAIN, and are
 * not restarted after a signal; other options are given back as they were set.
 */
#include "files.h"

#define RECEIVE 20 /* SO_RCVTIMEO */
#define SEND 21

struct span {
	long seconds, microseconds;
};

static long set(int fd, int option, const void *value, unsigned size)
{
	return syscall(SYS_setsockopt, fd, SOL_SOCKET, option, value, size);
}

static long get(int fd, int option, void *value, unsigned size)
{
	return syscall(SYS_getsockopt, fd, SOL_SOCKET, option, value, &size) < 0 ? -1 : (long)size;
}

static long now_ms(void)
{
	struct timespec now;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void handler(int sig)
{
	(void)sig;
}

int main(void)
{
	static char much[300000];
	struct span span = { 7, 7 };
	const int one = 1, kept[] = { SO_REUSEADDR, SO_BROADCAST, SO_KEEPALIVE };
	int pair[2], value;
	long began;
	pid_t child;

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	for (size_t n = 0; n < COUNT_OF(kept); n++) {
		CHECK(get(pair[0], kept[n], &value, 4) == 4 && value == 0);
		CHECK(set(pair[0], kept[n], &one, 4) == 0);
		CHECK(get(pair[0], kept[n], &value, 4) == 4 && value == 1);
	}
	REFUSED(set(pair[0], 9999, &one, 4), ENOPROTOOPT);
	REFUSED(set(pair[0], SO_REUSEADDR, &one, 3), EINVAL);
	REFUSED(set(pair[0], SO_REUSEADDR, (void *)8, 4), EFAULT);
	REFUSED(syscall(SYS_setsockopt, pair[0], 77, SO_REUSEADDR, &one, 4), EOPNOTSUPP);

	CHECK(get(pair[0], RECEIVE, &span, 16) == 16 && span.seconds == 0 && span.microseconds == 0);
	REFUSED(set(pair[0], RECEIVE, &span, 8), EINVAL);
	span = (struct span){ 0, 1000000 };
	REFUSED(set(pair[0], RECEIVE, &span, 16), EDOM);
	span = (struct span){ 0, 40000 };
	CHECK(set(pair[0], RECEIVE, &span, 16) == 0 && set(pair[0], SEND, &span, 16) == 0);
	span.microseconds = 0;
	CHECK(get(pair[0], SEND, &span, 16) == 16 && span.seconds == 0 && span.microseconds == 40000);
	began = now_ms();
	REFUSED(read(pair[0], much, 1), EAGAIN);
	CHECK(now_ms() - began >= 38);
	while (write(pair[0], much, sizeof(much)) > 0)
		;
	CHECK(errno == EAGAIN);
	span = (struct span){ -1, 0 };
	CHECK(set(pair[0], RECEIVE, &span, 16) == 0);
	REFUSED(read(pair[0], much, 1), EAGAIN);

	/* A wait that has an end is not restarted. */
	span = (struct span){ 20, 0 };
	CHECK(set(pair[0], RECEIVE, &span, 16) == 0 && signal(SIGUSR1, handler) != SIG_ERR);
	child = fork();
	if (child == 0) {
		sleep_ms(50);
		kill(getppid(), SIGUSR1);
		_exit(0);
	}
	REFUSED(read(pair[0], much, 1), EINTR);
	CHECK(waitpid(child, NULL, 0) == child);
	return 0;
}
