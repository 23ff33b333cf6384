/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mounts-that-change-wake-who-polls - who waits for POLLPRI of /proc/mounts hears of a mount, of
 * new flags and of an unmount, by poll and by epoll; each time once.
 */
#include "files.h"

#include <poll.h>
#ifdef __riscv
#include <abi/mount.h>
#else
#include <sched.h>
#include <sys/mount.h>
#endif

static int go[2];

static void change(void)
{
	char way;

	while (read(go[0], &way, 1) == 1) {
		sleep_ms(20);
		if (way == 'm')
			CHECK(syscall(SYS_mount, "none", "/tmp", "tmpfs", 0, NULL) == 0);
		else if (way == 'r')
			CHECK(syscall(SYS_mount, NULL, "/tmp", NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) == 0);
		else
			CHECK(syscall(SYS_umount2, "/tmp", 0) == 0);
	}
}

static void hears(int epoll, struct pollfd *mounts, const char *way)
{
	struct epoll_event e = { .events = 0 };

	CHECK(poll(mounts, 1, 0) == 0 && write(go[1], way, 1) == 1);
	CHECK(syscall(SYS_epoll_pwait, epoll, &e, 1, 20000, NULL, 8L) == 1 && e.events == (POLLPRI | POLLERR));
	CHECK(poll(mounts, 1, 0) == 0 && syscall(SYS_epoll_pwait, epoll, &e, 1, 0, NULL, 8L) == 0);
}

int main(void)
{
	struct epoll_event e = { .events = POLLPRI };
	struct pollfd mounts = { .events = POLLPRI };
	const int epoll = (int)syscall(SYS_epoll_create1, 0);
	pid_t child;

	CHECK(raw1(SYS_unshare, CLONE_NEWNS) == 0);
	CHECK(syscall(SYS_mount, NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0);
	mounts.fd = open("/proc/self/mounts", O_RDONLY);
	CHECK(epoll >= 0 && mounts.fd >= 0 && pipe(go) == 0);
	CHECK(syscall(SYS_epoll_ctl, epoll, 1, mounts.fd, &e) == 0); /* EPOLL_CTL_ADD */
	child = child_of(change);
	CHECK(close(go[0]) == 0);
	hears(epoll, &mounts, "m");
	hears(epoll, &mounts, "r");
	hears(epoll, &mounts, "u");
	CHECK(close(go[1]) == 0 && kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
	return 0;
}
