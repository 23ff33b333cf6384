/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * files.h - what the programs about files, sockets and /proc share: names that only some C
 * libraries have, a folder of their own to work in.
 */
#pragma once

#include "guest.h"

#include <sys/stat.h>
#include <sys/uio.h>
#ifdef __riscv
#include <abi/epoll.h>
#include <abi/fs.h>
#include <abi/memfd.h>
#include <abi/socket.h>
#else
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#endif

/* A struct msghdr, laid out as Linux has it. */
struct message_header {
	void *name;
	uint64_t name_length;
	struct iovec *pieces;
	size_t count;
	void *control;
	size_t control_length;
	uint64_t flags;
};

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A new empty folder below /tmp, which becomes the working directory. */
static inline void enter_new_folder(void)
{
	char path[40];

	for (int n = 0; n < 1000; n++) {
		snprintf(path, sizeof(path), "/tmp/guest-%d-%d", (int)getpid(), n);
		if (syscall(SYS_mkdirat, AT_FDCWD, path, 0755) == 0) {
			CHECK(syscall(SYS_chdir, path) == 0);
			return;
		}
	}
	CHECK(!"a new folder in /tmp");
}

/* And away with it: it must be empty again. */
static inline void leave_folder(void)
{
	char path[64];

	CHECK(syscall(SYS_getcwd, path, sizeof(path)) > 0);
	CHECK(syscall(SYS_chdir, "/") == 0);
	CHECK(syscall(SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR) == 0);
}

static inline int is_ready(int fd, short events)
{
	struct pollfd p = { fd, events, 0 };

	CHECK(poll(&p, 1, 0) >= 0);
	return p.revents;
}

/* The text of a file, all of it if it has fewer than SIZE bytes, terminated. Returns its length. */
static inline long read_text(const char *path, char *text, size_t size)
{
	const int fd = open(path, O_RDONLY);
	size_t length = 0;
	long n;

	CHECK(fd >= 0);
	while ((n = read(fd, text + length, size - 1 - length)) > 0)
		length += (size_t)n;
	CHECK(n == 0);
	text[length] = '\0';
	close(fd);
	return (long)length;
}

/* The seccomp mode that /proc tells of PID. */
static inline int seccomp_mode_of(pid_t pid)
{
	char path[32], text[4096];
	const char *mode;

	snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	read_text(path, text, sizeof(text));
	mode = strstr(text, "\nSeccomp:\t");
	CHECK(mode != NULL);
	return mode[10] - '0';
}

/* Writes VALUE to a file of /proc/sys, where that succeeds (ERROR 0) or is refused with ERROR. */
static inline void write_setting(const char *path, const char *value, int error)
{
	const int fd = open(path, O_WRONLY);

	CHECK(fd >= 0);
	if (error == 0)
		CHECK(write(fd, value, strlen(value)) == (ssize_t)strlen(value));
	else
		REFUSED(write(fd, value, strlen(value)), error);
	CHECK(close(fd) == 0);
}
