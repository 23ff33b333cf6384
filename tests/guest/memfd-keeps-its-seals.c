/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memfd-keeps-its-seals - what is sealed can no more be shortened, extended, written or unsealed;
 * shared mappings show what is written. A write that would extend the file fills its whole pages.
 * RLIMIT_FSIZE is looked at before the seals.
 */
#include "files.h"

#include <sys/resource.h>

static long write_at(int fd, unsigned long n, unsigned long at)
{
	static char zeroes[3 * 4096];

	return syscall(SYS_pwrite64, fd, zeroes, n, at);
}

static void write_beyond_the_end(void)
{
	const int fd = (int)syscall(SYS_memfd_create, "two pages", MFD_ALLOW_SEALING);
	struct rlimit all, none;

	CHECK(syscall(SYS_ftruncate, fd, 8192L) == 0);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW) == 0);
	CHECK(write_at(fd, 12288, 0) == 8192 && write_at(fd, 12288, 100) == 8092);
	REFUSED(write_at(fd, 1, 8192), EPERM);
	CHECK(syscall(SYS_ftruncate, fd, 8000L) == 0);
	CHECK(write_at(fd, 12288, 0) == 4096 && write_at(fd, 8000, 0) == 8000);
	REFUSED(write_at(fd, 4096, 4096), EPERM);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) == 0);
	CHECK(getrlimit(RLIMIT_FSIZE, &all) == 0);
	none = (struct rlimit){ 0, all.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	CHECK(setrlimit(RLIMIT_FSIZE, &none) == 0);
	REFUSED(write_at(fd, 1, 0), EFBIG);
	CHECK(setrlimit(RLIMIT_FSIZE, &all) == 0);
	REFUSED(write_at(fd, 1, 0), EPERM);
}

int main(void)
{
	char *shared;
	int fd = (int)syscall(SYS_memfd_create, "sealed", MFD_ALLOW_SEALING);

	CHECK(fd >= 0);
	CHECK(write(fd, "hello", 5) == 5);
	shared = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED && memcmp(shared, "hello", 5) == 0);
	CHECK(syscall(SYS_pwrite64, fd, "J", 1L, 0L) == 1 && shared[0] == 'J');
	REFUSED(fcntl(fd, F_ADD_SEALS, 0x100), EINVAL);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW) == 0);
	REFUSED(syscall(SYS_ftruncate, fd, 1L), EPERM);
	REFUSED(syscall(SYS_ftruncate, fd, 10L), EPERM);
	REFUSED(write(fd, "x", 1), EPERM);
	CHECK(munmap(shared, 4096) == 0);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_SEAL) == 0);
	REFUSED(syscall(SYS_pwrite64, fd, "x", 1L, 0L), EPERM);
	REFUSED(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW), EPERM);
	CHECK(fcntl(fd, F_GET_SEALS) == (F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL));
	REFUSED(mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), EPERM);
	fd = (int)syscall(SYS_memfd_create, "plain", 0);
	REFUSED(fcntl(fd, F_ADD_SEALS, F_SEAL_GROW), EPERM);
	REFUSED(fcntl(0, F_GET_SEALS), EINVAL);
	write_beyond_the_end();
	return 0;
}
