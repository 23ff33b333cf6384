/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-of-the-undumpable-is-roots - a process that has given up root is closed to others of its
 * user until it says that it may be dumped: its files in /proc are root's, it cannot be traced or
 * compared; its own descriptors stay open to it.
 */
#include "files.h"

#include <sys/ptrace.h>

static void check_closed_and_open(void)
{
	char path[64], link[64];
	struct stat s;
	pid_t child;

	drop_privileges();
	CHECK(prctl(PR_GET_DUMPABLE) == 0);
	child = fork();
	if (child == 0) {
		pause();
		_exit(0);
	}
	snprintf(path, sizeof(path), "/proc/%d/syscall", (int)child);
	CHECK(stat(path, &s) == 0 && s.st_uid == 0 && s.st_gid == 0);
	REFUSED(open(path, O_RDONLY), EACCES);
	REFUSED(open("/proc/self/syscall", O_RDONLY), EACCES);
	snprintf(path, sizeof(path), "/proc/%d", (int)child);
	CHECK(stat(path, &s) == 0 && s.st_uid == 65534);
	snprintf(path, sizeof(path), "/proc/%d/exe", (int)child);
	REFUSED(syscall(SYS_readlinkat, AT_FDCWD, path, link, sizeof(link)), EACCES);
	REFUSED(syscall(SYS_ptrace, PTRACE_ATTACH, child, 0, 0), EPERM);
	REFUSED(syscall(SYS_kcmp, child, getpid(), 2, 0, 0), EPERM);
	CHECK(syscall(SYS_kcmp, getpid(), getpid(), 2, 0, 0) == 0);
	CHECK(open("/proc/self/fd", O_RDONLY | O_DIRECTORY) >= 0);
	CHECK(syscall(SYS_readlinkat, AT_FDCWD, "/proc/self/exe", link, sizeof(link)) > 0);
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);

	CHECK(prctl(PR_SET_DUMPABLE, 1) == 0);
	child = fork();
	if (child == 0) {
		pause();
		_exit(0);
	}
	snprintf(path, sizeof(path), "/proc/%d/syscall", (int)child);
	CHECK(stat(path, &s) == 0 && s.st_uid == 65534 && open(path, O_RDONLY) >= 0);
	CHECK(syscall(SYS_ptrace, PTRACE_ATTACH, child, 0, 0) == 0);
	CHECK(waitpid(child, NULL, 0) == child && kill(child, SIGKILL) == 0);
}

int main(void)
{
	char text[256];

	CHECK(exited_with(status_of(check_closed_and_open), 0));
	/* Who asks about itself is in a call: this one. */
	read_text("/proc/self/syscall", text, sizeof(text));
	CHECK(atoi(text) == SYS_read);
	return 0;
}
