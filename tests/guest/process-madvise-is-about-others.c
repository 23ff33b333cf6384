/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * process-madvise-is-about-others - process_madvise: which advice may be given about another
 * process's memory, how much of it was taken, and refusals in Linux's order.
 */
#include "files.h"

#define PAGE 4096UL
#ifndef MADV_COLD
#define MADV_COLD 20
#endif

static long advise(int fd, const struct iovec *v, size_t n, int advice, unsigned flags)
{
	return syscall(SYS_process_madvise, fd, v, n, advice, flags);
}

int main(void)
{
	char *p = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const struct iovec good[2] = { { p, PAGE }, { p + 2 * PAGE, 2 * PAGE } }, odd = { p + 1, PAGE },
			   locked = { p + 7 * PAGE, PAGE };
	struct iovec hole[2] = { { p, PAGE }, { p + 6 * PAGE, PAGE } };
	int status, fd, self;
	pid_t child;

	CHECK(p != MAP_FAILED && munmap(p + 6 * PAGE, PAGE) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		pause();
		_exit(1);
	}
	fd = (int)syscall(SYS_pidfd_open, child, 0);
	CHECK(fd >= 0);
	CHECK(advise(fd, good, 2, MADV_COLD, 0) == 3 * PAGE);
	CHECK(advise(fd, good, 0, MADV_COLD, 0) == 0);
	CHECK(advise(fd, hole, 2, MADV_COLD, 0) == PAGE);
	REFUSED(advise(fd, hole + 1, 1, MADV_COLD, 0), ENOMEM);
	REFUSED(advise(fd, &odd, 1, MADV_COLD, 0), EINVAL);
	self = (int)syscall(SYS_pidfd_open, getpid(), 0);
	CHECK(self >= 0 && syscall(SYS_mlock, locked.iov_base, PAGE) == 0);
	REFUSED(advise(self, &locked, 1, MADV_COLD, 0), EINVAL);
	CHECK(advise(self, &locked, 1, MADV_WILLNEED, 0) == (long)PAGE);
	CHECK(advise(fd, &locked, 1, MADV_COLD, 0) == (long)PAGE); /* the child has not locked it */
	REFUSED(advise(-1, (void *)KERNEL_ADDRESS, 1, MADV_DONTNEED, 1), EINVAL);
	REFUSED(advise(-1, (void *)KERNEL_ADDRESS, 1, MADV_COLD, 0), EFAULT);
	REFUSED(advise(-1, good, 1, MADV_COLD, 0), EBADF);
	REFUSED(advise(0, good, 1, 9999, 0), EBADF); /* no process */
	REFUSED(advise(fd, good, 1, 9999, 0), EINVAL);
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child);
	REFUSED(advise(fd, good, 1, MADV_COLD, 0), ESRCH);
	return 0;
}
