/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limits-hold-back-memory-and-processes - RLIMIT_AS counts all that is mapped, RLIMIT_DATA what is
 * private and written, RLIMIT_NPROC a user's threads, which root may exceed.
 */
#include "files.h"

#include <sys/resource.h>

struct limit {
	unsigned long now, most;
};

static void set_limit(int which, unsigned long value)
{
	const struct limit limit = { value, value };

	CHECK(syscall(SYS_prlimit64, 0, which, &limit, NULL) == 0);
}

static void *map(size_t size, int prot, int flags)
{
	return mmap(NULL, size, prot, flags | MAP_ANONYMOUS, -1, 0);
}

static void limit_all(void)
{
	char *const p = map(1 << 20, PROT_READ, MAP_PRIVATE);

	CHECK(p != MAP_FAILED);
	set_limit(RLIMIT_AS, 16 << 20);
	CHECK(map(1 << 20, PROT_READ, MAP_PRIVATE) != MAP_FAILED);
	REFUSED(map(32 << 20, PROT_NONE, MAP_PRIVATE), ENOMEM);
	REFUSED(map(32 << 20, PROT_READ, MAP_SHARED), ENOMEM);
	REFUSED(syscall(SYS_mremap, p, 1 << 20, 32 << 20, 1, 0), ENOMEM);
}

static void limit_data(void)
{
	set_limit(RLIMIT_DATA, 64 << 10);
	CHECK(map(1 << 20, PROT_READ, MAP_PRIVATE) != MAP_FAILED);
	CHECK(map(1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED) != MAP_FAILED);
	REFUSED(map(1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE), ENOMEM);
}

static void nothing(void)
{
}

static void limit_processes(void)
{
	set_limit(RLIMIT_NPROC, 2);
	CHECK(exited_with(status_of(nothing), 0)); /* root */
	CHECK(syscall(SYS_setgid, 54325) == 0 && syscall(SYS_setuid, 54325) == 0);
	CHECK(exited_with(status_of(nothing), 0));
	set_limit(RLIMIT_NPROC, 1);
	REFUSED(fork(), EAGAIN);
}

int main(void)
{
	CHECK(exited_with(status_of(limit_all), 0));
	CHECK(exited_with(status_of(limit_data), 0));
	CHECK(exited_with(status_of(limit_processes), 0));
	return 0;
}
