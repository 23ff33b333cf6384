/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-things-at-once-give-way - calls that go through all that a program has made give way, too:
 * mappings, descriptors, sockets, pages of a file that goes, names in a folder. The kernel panics
 * when one of them looks at nothing else for a millisecond.
 */
#include "rights.h"

static void show_mappings(void)
{
	static char text[65536];
	char *area = mmap(NULL, 64UL << 30, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	long n, all = 0;
	int fd;

	CHECK(area != MAP_FAILED);
	for (long i = 0; i < 1500; i++)
		CHECK(mprotect(area + i * 8192, 4096, PROT_READ) == 0);
	for (int i = 0; i < 2; i++) {
		fd = open(i == 0 ? "/proc/self/maps" : "/proc/self/smaps", O_RDONLY);
		CHECK(fd >= 0);
		while ((n = read(fd, text, sizeof(text))) > 0)
			all += n;
		CHECK(n == 0 && all > 1500 * 40 && close(fd) == 0);
	}
	CHECK(munmap(area, 64UL << 30) == 0);
}

/* Root's pipe may have hundreds of megabytes; they go when its last end is closed. */
static void close_a_large_pipe(void)
{
	static char bytes[65536];
	int fds[2];

	CHECK(pipe2(fds, O_NONBLOCK) == 0);
	if (fcntl(fds[1], 1031 /* F_SETPIPE_SZ */, 32 << 20) == -1)
		CHECK(errno == EPERM); /* on a Linux whose root lacks CAP_SYS_RESOURCE */
	while (write(fds[1], bytes, sizeof(bytes)) == sizeof(bytes))
		;
	CHECK(errno == EAGAIN && close(fds[0]) == 0 && close(fds[1]) == 0);
}

#define EPOLLS 850

/* Each of many epolls watches many descriptors. */
static void poll_many(void)
{
	static struct pollfd p[EPOLLS];
	struct epoll_event event = { .events = POLLIN };
	int first;

	CHECK(syscall(SYS_close_range, 3L, 100L, 0L) == 0); /* what a runner left open */
	first = (int)syscall(SYS_eventfd2, 0, 0);
	CHECK(first >= 0);
	for (int fd = first + 1; fd < first + 100; fd++)
		CHECK(syscall(SYS_eventfd2, 0, 0) == fd);
	for (int i = 0; i < EPOLLS; i++) {
		p[i].fd = (int)syscall(SYS_epoll_create1, 0);
		p[i].events = POLLIN;
		CHECK(p[i].fd >= 0);
		for (int fd = first; fd < first + 100; fd++)
			CHECK(syscall(SYS_epoll_ctl, p[i].fd, EPOLL_CTL_ADD, fd, &event) == 0);
	}
	CHECK(poll(p, EPOLLS, 0) == 0);
	CHECK(poll(p, EPOLLS, 5) == 0);
	CHECK(syscall(SYS_close_range, (long)first, 2000L, 0L) == 0);
}

/* Some processes have hundreds of sockets each, some of them in flight; and end. */
static void close_sockets(void)
{
	pid_t pid[12];

	for (int k = 0; k < 12; k++) {
		pid[k] = fork();
		CHECK(pid[k] >= 0);
		if (pid[k] == 0) {
			for (int i = 0; i < 350; i++) {
				int ends[2];

				CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, ends) == 0);
				if (i % 10 == 0)
					send_fd(ends[0], ends[1]);
			}
			raise(SIGSTOP);
			_exit(0);
		}
		CHECK(waitpid(pid[k], NULL, WUNTRACED) == pid[k]);
	}
	for (int k = 0; k < 12; k++) {
		int status;

		CHECK(kill(pid[k], SIGKILL) == 0 && waitpid(pid[k], &status, 0) == pid[k]);
	}
}

static void drop_pages(void)
{
	static char page[65536];
	const int fd = (int)syscall(SYS_memfd_create, "large", 0);

	CHECK(fd >= 0);
	for (int i = 0; i < 300; i++)
		CHECK(write(fd, page, sizeof(page)) == sizeof(page));
	/* And one whose pages lie far from each other, so that there are many nodes above them. */
	for (long i = 0; i < 600; i++)
		CHECK(syscall(SYS_pwrite64, fd, page, 1L, 1L << 40 | i << 30) == 1);
	CHECK(close(fd) == 0);
}

#define RECORD_LENGTH 16 /* where d_reclen stands in a struct linux_dirent64 */

static void list_folder(void)
{
	static char entries[1 << 20];
	long n, found = 0;
	int fd;

	enter_new_folder();
	for (int i = 0; i < 6000; i++) {
		char name[24];

		snprintf(name, sizeof(name), "%d", i);
		CHECK(syscall(SYS_mknodat, AT_FDCWD, name, S_IFREG | 0600, 0L) == 0);
	}
	fd = open(".", O_RDONLY | O_DIRECTORY);
	CHECK(fd >= 0);
	while ((n = syscall(SYS_getdents64, fd, entries, sizeof(entries))) > 0)
		for (long at = 0; at < n; found++)
			at += *(const uint16_t *)(const void *)(entries + at + RECORD_LENGTH);
	CHECK(n == 0 && found == 6002 && close(fd) == 0);
	for (int i = 0; i < 6000; i++) {
		char name[24];

		snprintf(name, sizeof(name), "%d", i);
		CHECK(unlink(name) == 0);
	}
	leave_folder();
}

int main(void)
{
	close_a_large_pipe();
	show_mappings();
	poll_many();
	close_sockets();
	drop_pages();
	list_folder();
	return 0;
}
