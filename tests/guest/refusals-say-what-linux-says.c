/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * refusals-say-what-linux-says - errors that programs tell apart: of mmap and mprotect on files, of
 * futexes on memory that cannot be reached, of sleeps by a thread's own time, of groups, of address
 * spaces with too many mappings.
 */
#include "files.h"

#define PAGE 4096UL

static void mappings(void)
{
	const int zero = open("/dev/zero", O_RDONLY), only = open("/dev/zero", O_WRONLY);
	char *p;
	int file;

	CHECK(zero >= 0 && only >= 0);
	CHECK(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, -1, 0) == MAP_FAILED && errno == EBADF);
	CHECK(mmap(NULL, PAGE, PROT_READ, 0, -1, 0) == MAP_FAILED && errno == EBADF);
	CHECK(mmap(NULL, 0, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(mmap(NULL, 0, PROT_READ, MAP_PRIVATE, zero, 0) == MAP_FAILED && errno == EINVAL);
	CHECK(mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, zero, 0) == MAP_FAILED && errno == EACCES);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, only, 0) == MAP_FAILED && errno == EACCES);
	p = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, zero, 0);
	CHECK(p != MAP_FAILED && *p == 0);
	REFUSED(mprotect(p, PAGE, PROT_READ | PROT_WRITE), EACCES);
	p = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, zero, 0);
	CHECK(p != MAP_FAILED && mprotect(p, PAGE, PROT_READ | PROT_WRITE) == 0);
	*p = 1;
	/*
	 * Too much is refused before what it should be, and an offset that a file cannot have at
	 * the end.
	 */
	CHECK(mmap(NULL, 1UL << 62, PROT_READ, MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == ENOMEM);
	CHECK(mmap(NULL, PAGE, PROT_READ, MAP_ANONYMOUS, -1, 0) == MAP_FAILED && errno == EINVAL);
	file = (int)syscall(SYS_memfd_create, "", 0);
	CHECK(raw(SYS_mmap, 0, PAGE, PROT_READ, MAP_PRIVATE, file, (long)(INT64_MAX - PAGE + 1)) == -EOVERFLOW);
	CHECK(raw(SYS_mmap, 0, PAGE, PROT_READ, MAP_PRIVATE, file, (long)(INT64_MAX - 2 * PAGE + 1)) > 0);
	CHECK(raw(SYS_mmap, 0, 1L << 62, PROT_READ, MAP_PRIVATE, file, (long)(INT64_MAX - PAGE + 1)) == -ENOMEM);
}

static void futexes(void)
{
	char *p = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED);
	REFUSED(syscall(SYS_futex, p, FUTEX_WAKE, 1, NULL, NULL, 0), EFAULT);
	CHECK(syscall(SYS_futex, p, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0) == 0);
	REFUSED(syscall(SYS_futex, p, FUTEX_WAIT, 0, NULL, NULL, 0), EFAULT);
	REFUSED(syscall(SYS_futex, p, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 0, NULL, NULL, 0), EFAULT);
}

static void sleeps(void)
{
	REFUSED(syscall(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, KERNEL_ADDRESS, NULL), EOPNOTSUPP);
	REFUSED(syscall(SYS_clock_nanosleep, 99, 0, KERNEL_ADDRESS, NULL), EINVAL);
}

static void groups(void)
{
	REFUSED(syscall(SYS_setgroups, 65536, KERNEL_ADDRESS), EFAULT);
	REFUSED(syscall(SYS_setgroups, 65537, KERNEL_ADDRESS), EINVAL);
}

int main(void)
{
	mappings();
	futexes();
	sleeps();
	CHECK(exited_with(status_of(groups), 0));
	return 0;
}
