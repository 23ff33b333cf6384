/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits-are-kept - prlimit of oneself and of others, who may raise what, and what a program meets
 * at the limits of descriptors, file size, processor time and stack.
 */
#include "files.h"

#include <sys/resource.h>

#define MSGQUEUE 12 /* a limit that nothing here meets */

struct limit {
	uint64_t soft, hard;
};

static long change(pid_t pid, int what, const struct limit *new, struct limit *old)
{
	return raw(SYS_prlimit64, pid, what, (long)new, (long)old, 0, 0);
}

static void limit_to(int what, uint64_t soft)
{
	struct limit l;

	CHECK(change(0, what, NULL, &l) == 0);
	l.soft = soft;
	CHECK(change(0, what, &l, NULL) == 0);
}

/* Root has CAP_SYS_RESOURCE, but on some build machines. */
static int may_raise(void)
{
	const uint32_t header[2] = { 0x20080522, 0 };
	uint32_t data[6];

	CHECK(raw(SYS_capget, (long)header, (long)data, 0, 0, 0, 0) == 0);
	return data[0] >> 24 & 1;
}

static void check_refusals(void)
{
	const struct limit twisted = { 9, 8 }, low = { 8, 8 }, high = { 8, 9 };
	struct limit old;

	CHECK(change(0, 16, NULL, &old) == -EINVAL);
	CHECK(change(0, MSGQUEUE, &twisted, NULL) == -EINVAL);
	CHECK(change(0, MSGQUEUE, (struct limit *)8, NULL) == -EFAULT);
	CHECK(change(4000000, MSGQUEUE, &low, NULL) == -ESRCH);
	CHECK(change(0, MSGQUEUE, &low, NULL) == 0);
	CHECK(change(0, MSGQUEUE, &high, &old) == (may_raise() ? 0 : -EPERM));
	CHECK(change(0, MSGQUEUE, &low, &old) == 0 && old.soft == 8 && old.hard == (may_raise() ? 9 : 8));
	drop_privileges();
	CHECK(change(0, MSGQUEUE, &low, NULL) == 0);
	CHECK(change(0, MSGQUEUE, &high, NULL) == -EPERM);
	CHECK(change(getppid(), MSGQUEUE, NULL, &old) == -EPERM);
}

static void check_descriptors(void)
{
	int fds[2];

	limit_to(RLIMIT_NOFILE, 4);
	CHECK(raw1(SYS_dup, 1) == 3);
	CHECK(raw1(SYS_dup, 1) == -EMFILE);
	CHECK(raw(SYS_pipe2, (long)fds, 0, 0, 0, 0, 0) == -EMFILE);
	CHECK(raw(SYS_dup3, 1, 4, 0, 0, 0, 0) == -EBADF);
	CHECK(raw(SYS_fcntl, 1, F_DUPFD, 4, 0, 0, 0) == -EINVAL);
	CHECK(raw(SYS_fcntl, 1, F_DUPFD, 3, 0, 0, 0) == -EMFILE);
}

static volatile int signals;

static void count(int number)
{
	(void)number;
	signals++;
}

static void check_size(void)
{
	const struct sigaction action = { .sa_handler = count };
	int fd;

	enter_new_folder();
	fd = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
	CHECK(fd >= 0 && unlink("file") == 0);
	leave_folder();
	limit_to(RLIMIT_FSIZE, 10);
	CHECK(sigaction(SIGXFSZ, &action, NULL) == 0);
	CHECK(write(fd, "12345678", 8) == 8 && write(fd, "12345678", 8) == 2 && signals == 0);
	REFUSED(write(fd, "1", 1), EFBIG);
	CHECK(signals == 1);
	REFUSED(syscall(SYS_ftruncate, fd, 11), EFBIG);
	CHECK(signals == 2 && syscall(SYS_ftruncate, fd, 10) == 0);
	signal(SIGXFSZ, SIG_DFL);
	raw(SYS_pwrite64, fd, (long)"1", 1, 100, 0, 0);
}

static void check_time(void)
{
	const struct sigaction action = { .sa_handler = count };

	CHECK(sigaction(SIGXCPU, &action, NULL) == 0);
	CHECK(change(0, RLIMIT_CPU, &(struct limit){ 1, 2 }, NULL) == 0);
	while (signals == 0)
		compute();
	for (;;) /* until the hard limit */
		compute();
}

static int deeper(volatile char *from, int n)
{
	volatile char here[4096];

	here[0] = from[0];
	return n == 0 ? here[0] : deeper(here, n - 1) + here[0];
}

static void check_stack(void)
{
	volatile char zero = 0;

	limit_to(RLIMIT_STACK, 256 * 1024);
	CHECK(deeper(&zero, 20) == 0);
	deeper(&zero, 200);
}

int main(void)
{
	CHECK(exited_with(status_of(check_refusals), 0));
	CHECK(exited_with(status_of(check_descriptors), 0));
	CHECK(killed_by(status_of(check_size), SIGXFSZ));
	CHECK(killed_by(status_of(check_time), SIGKILL));
	CHECK(killed_by(status_of(check_stack), SIGSEGV));
	return 0;
}
