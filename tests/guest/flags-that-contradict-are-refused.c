/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * flags-that-contradict-are-refused - combinations that mean nothing, and states that forbid: of
 * open, mmap, madvise, futex, epoll_ctl, memfd seals, setpgid.
 */
#include "files.h"

#ifndef MAP_SHARED_VALIDATE
#define MAP_SHARED_VALIDATE 3
#endif
#ifndef MAP_SYNC
#define MAP_SYNC 0x80000
#endif

static void check_memory(void)
{
	char *const p = mmap(NULL, 16384, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	const int fd = (int)syscall(SYS_memfd_create, "sealed", MFD_ALLOW_SEALING);
	void *shared;

	REFUSED(mmap(NULL, 4096, PROT_READ, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1, 0), EINVAL);
	CHECK(munmap(p + 4096, 4096) == 0);
	REFUSED(madvise(p, 16384, MADV_DONTNEED), ENOMEM);
	REFUSED(madvise(p, 0, 99), EINVAL);
	CHECK(madvise(p + 8192, 8192, MADV_NORMAL) == 0);

	CHECK(syscall(SYS_ftruncate, fd, 4096L) == 0);
	REFUSED(mmap(NULL, 4096, PROT_READ, MAP_SHARED_VALIDATE | MAP_SYNC, fd, 0), EOPNOTSUPP);
	CHECK(mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, fd, 0) != MAP_FAILED);
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	CHECK(shared != MAP_FAILED);
	REFUSED(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), EBUSY);
	CHECK(munmap(shared, 4096) == 0);
	CHECK(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE) == 0);
	CHECK(syscall(SYS_fchmod, fd, 0600) == 0);
}

static void check_files(void)
{
	struct epoll_event event = { .events = POLLIN | EPOLLEXCLUSIVE };
	const int e = (int)syscall(SYS_epoll_create1, 0), outer = (int)syscall(SYS_epoll_create1, 0);
	struct stat s;
	int fds[2];

	CHECK(pipe2(fds, 0) == 0);
	CHECK(syscall(SYS_fchmod, fds[0], 0620) == 0 && fstat(fds[1], &s) == 0 && (s.st_mode & 07777) == 0620);
	CHECK(syscall(SYS_epoll_ctl, e, EPOLL_CTL_ADD, fds[0], &event) == 0);
	REFUSED(syscall(SYS_epoll_ctl, e, EPOLL_CTL_MOD, fds[0], &event), EINVAL);
	REFUSED(syscall(SYS_epoll_ctl, outer, EPOLL_CTL_ADD, e, &event), EINVAL);
	event.events = POLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT;
	REFUSED(syscall(SYS_epoll_ctl, outer, EPOLL_CTL_ADD, fds[0], &event), EINVAL);
	event.events = POLLIN;
	REFUSED(syscall(SYS_epoll_ctl, e, EPOLL_CTL_MOD, fds[0], &event), EINVAL);
	CHECK(syscall(SYS_epoll_ctl, e, EPOLL_CTL_DEL, fds[0], &event) == 0);
	CHECK(syscall(SYS_epoll_ctl, outer, EPOLL_CTL_ADD, e, &event) == 0);
	REFUSED(syscall(SYS_epoll_ctl, e, EPOLL_CTL_ADD, outer, &event), ELOOP);
	event.events = POLLIN | EPOLLEXCLUSIVE;
	REFUSED(syscall(SYS_epoll_ctl, e, EPOLL_CTL_ADD, outer, &event), EINVAL);
	REFUSED(syscall(SYS_epoll_ctl, e, EPOLL_CTL_MOD, fds[1], &event), EINVAL);
	REFUSED(syscall(SYS_epoll_ctl, e, EPOLL_CTL_DEL, fds[1], &event), ENOENT);
}

int main(void)
{
	static uint32_t word;

	check_memory();
	check_files();
	REFUSED(open("/tmp/both", O_CREAT | O_DIRECTORY, 0700), EINVAL);
	REFUSED(syscall(SYS_futex, &word, FUTEX_WAKE | FUTEX_CLOCK_REALTIME, 1, 0, 0, 0), ENOSYS);
	REFUSED(syscall(SYS_setpgid, -1, 0), EINVAL);
	return 0;
}
