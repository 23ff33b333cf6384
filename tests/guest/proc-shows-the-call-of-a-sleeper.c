/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-shows-the-call-of-a-sleeper - while a child waits in read, /proc/PID/syscall has its number
 * and arguments, stat has state S, and fd/ leads to what it reads from.
 */
#include "files.h"

int main(void)
{
	char path[64], text[1024], expected[64], link[64], own[64];
	int fds[2];
	char byte;
	long n;
	pid_t child;

	CHECK(pipe2(fds, 0) == 0);
	child = fork();
	if (child == 0)
		_exit((int)raw(SYS_read, fds[0], (long)&byte, 1, 4, 5, 6));
	sleep_ms(50);
	snprintf(path, sizeof(path), "/proc/%d/syscall", (int)child);
	read_text(path, text, sizeof(text));
	snprintf(expected, sizeof(expected), "%d 0x%x 0x%lx 0x1 0x4 0x5 0x6 0x", SYS_read, fds[0],
		 (unsigned long)&byte);
	CHECK(strncmp(text, expected, strlen(expected)) == 0);
	snprintf(path, sizeof(path), "/proc/%d/stat", (int)child);
	read_text(path, text, sizeof(text));
	CHECK(strstr(text, ") S ") != NULL);
	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)child, fds[0]);
	n = syscall(SYS_readlinkat, AT_FDCWD, path, link, sizeof(link));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fds[1]);
	CHECK(n > 0 && syscall(SYS_readlinkat, AT_FDCWD, path, own, sizeof(own)) == n &&
	      memcmp(own, link, (size_t)n) == 0);
	CHECK(memcmp(link, "pipe:[", 6) == 0);
	kill(child, SIGKILL);
	CHECK(waitpid(child, NULL, 0) == child);
	REFUSED(open("/proc/0", O_RDONLY), ENOENT);
	return 0;
}
