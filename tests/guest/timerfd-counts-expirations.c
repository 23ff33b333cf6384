/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timerfd-counts-expirations - a timer as an open file: reading waits for it and tells how often it
 * expired, once or at intervals, from now or at a time; what is left can be asked for.
 */
#include "files.h"

#define MS 1000000L

struct setting {
	struct timespec interval, value;
};

static struct setting in(long value_ns, long interval_ns)
{
	return (struct setting){ { interval_ns / 1000000000, interval_ns % 1000000000 },
				 { value_ns / 1000000000, value_ns % 1000000000 } };
}

static long set(int fd, int flags, struct setting s, struct setting *old)
{
	return syscall(SYS_timerfd_settime, fd, flags, &s, old);
}

int main(void)
{
	const int fd = (int)syscall(SYS_timerfd_create, CLOCK_MONOTONIC, O_CLOEXEC | O_NONBLOCK);
	const int real = (int)syscall(SYS_timerfd_create, CLOCK_REALTIME, 0);
	struct setting old;
	struct timespec now;
	char path[40], text[40];
	uint64_t n;

	CHECK(fd >= 0 && real >= 0);
	CHECK(fcntl(fd, F_GETFD) == FD_CLOEXEC && fcntl(fd, F_GETFL) == (O_RDWR | O_NONBLOCK));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	CHECK(syscall(SYS_readlinkat, AT_FDCWD, path, text, sizeof(text)) == 20 &&
	      memcmp(text, "anon_inode:[timerfd]", 20) == 0);
	REFUSED(syscall(SYS_timerfd_create, CLOCK_PROCESS_CPUTIME_ID, 0), EINVAL);
	REFUSED(syscall(SYS_timerfd_create, CLOCK_MONOTONIC, 1), EINVAL);
	REFUSED(set(fd, 4, in(1, 0), NULL), EINVAL);
	REFUSED(set(fd, 0, (struct setting){ { 0, 0 }, { 0, 1000000000 } }, NULL), EINVAL);
	REFUSED(set(fd, 0, (struct setting){ { -1, 0 }, { 0, 1 } }, NULL), EINVAL);
	REFUSED(set(0, 0, in(1, 0), NULL), EINVAL);
	REFUSED(set(99, 0, in(1, 0), NULL), EBADF);
	REFUSED(syscall(SYS_timerfd_settime, 99, 4, (void *)8, NULL), EFAULT);
	REFUSED(syscall(SYS_timerfd_gettime, 0, &old), EINVAL);
	REFUSED(syscall(SYS_timerfd_gettime, fd, (void *)8), EFAULT);
	REFUSED(write(fd, &n, 8), EINVAL);
	REFUSED(read(fd, &n, 7), EINVAL);
	REFUSED(read(fd, &n, 8), EAGAIN);

	/* Once. */
	CHECK(set(fd, 0, in(1000000000000L, 5), NULL) == 0);
	CHECK(set(fd, 0, in(5 * MS, 0), &old) == 0);
	CHECK(old.value.tv_sec >= 900 && old.interval.tv_nsec == 5);
	{
		struct pollfd p = { fd, POLLIN, 0 };

		CHECK(poll(&p, 1, 20000) == 1 && p.revents == POLLIN);
	}
	CHECK(syscall(SYS_timerfd_gettime, fd, &old) == 0);
	CHECK(old.value.tv_sec == 0 && old.value.tv_nsec == 0);
	CHECK(read(fd, &n, 8) == 8 && n == 1);
	REFUSED(read(fd, &n, 8), EAGAIN);

	/* At intervals; and off. */
	CHECK(set(fd, 0, in(MS, 5 * MS), NULL) == 0);
	sleep_ms(60);
	CHECK(syscall(SYS_timerfd_gettime, fd, &old) == 0);
	CHECK(old.value.tv_sec == 0 && old.value.tv_nsec > 0 && old.value.tv_nsec <= 5 * MS);
	CHECK(read(fd, &n, 8) == 8 && n >= 11);
	CHECK(fcntl(fd, F_SETFL, 0) == 0);
	CHECK(read(fd, &n, 8) == 8 && n >= 1);
	CHECK(set(fd, 0, in(0, 5 * MS), NULL) == 0);
	CHECK(syscall(SYS_timerfd_gettime, fd, &old) == 0 && old.value.tv_nsec == 0 && old.interval.tv_nsec == 5 * MS);
	sleep_ms(20);
	CHECK(is_ready(fd, POLLIN) == 0);

	/* Setting it anew forgets what was not read. */
	CHECK(set(fd, 0, in(1, 0), NULL) == 0);
	sleep_ms(5);
	CHECK(is_ready(fd, POLLIN) == POLLIN && set(fd, 0, in(1000000000000L, 0), NULL) == 0);
	CHECK(is_ready(fd, POLLIN) == 0);

	/* At a time, which may have gone by. */
	CHECK(clock_gettime(CLOCK_REALTIME, &now) == 0);
	now.tv_sec--;
	CHECK(set(real, 1, (struct setting){ { 0, 0 }, now }, NULL) == 0);
	CHECK(read(real, &n, 8) == 8 && n == 1);
	now.tv_sec += 1000;
	CHECK(set(real, 3, (struct setting){ { 0, 0 }, now }, NULL) == 0);
	CHECK(syscall(SYS_timerfd_gettime, real, &old) == 0);
	CHECK(old.value.tv_sec > 900 && old.value.tv_sec <= 1000);
	CHECK(is_ready(real, POLLIN) == 0);
	return 0;
}
