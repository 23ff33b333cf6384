/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-shows-the-numbers-of-its-namespace - the ids in status, stat and fdinfo are those of the pid
 * namespace that the /proc is for, whoever reads: inside, the first process is 1 and has no parent,
 * and a group or session from outside is 0.
 */
#include "files.h"

#ifdef __riscv
#include <abi/mount.h>
#else
#include <sys/mount.h>
#endif

/* The text of /proc/NAME/FILE has LINE in it, or begins with it. */
static void says(const char *name, const char *file, const char *line)
{
	char path[64], text[4096];

	snprintf(path, sizeof(path), "/proc/%s/%s", name, file);
	read_text(path, text, sizeof(text));
	if (strstr(text, line) == NULL) {
		dprintf(2, "%s lacks \"%s\":\n%s", path, line, text);
		_exit(1);
	}
}

static void sleeps(void)
{
	for (;;)
		pause();
}

/* Process 1 of the new namespace. */
static void inside(void)
{
	char file[32];
	pid_t child;
	int fd;

	CHECK(getpid() == 1);
	CHECK(syscall(SYS_mount, "none", "/", 0, MS_REC | MS_PRIVATE, 0) == 0);
	CHECK(syscall(SYS_mount, "proc", "/proc", "proc", 0, 0) == 0);
	says("self", "status", "\nTgid:\t1\nNgid:\t0\nPid:\t1\nPPid:\t0\nTracerPid:\t0\n");
	says("self", "status", "\nNStgid:\t1\nNSpid:\t1\nNSpgid:\t0\nNSsid:\t0\n");
	says("self", "stat", "1 (");
	says("self", "stat", ") R 0 0 0 ");
	CHECK(setsid() == 1);
	says("1", "stat", ") R 0 1 1 ");
	child = child_of(sleeps);
	CHECK(child == 2);
	until_asleep(child);
	says("2", "status", "\nTgid:\t2\nNgid:\t0\nPid:\t2\nPPid:\t1\n");
	says("2", "status", "\nNStgid:\t2\nNSpid:\t2\nNSpgid:\t1\nNSsid:\t1\n");
	says("2", "stat", ") S 1 1 1 ");
	fd = (int)syscall(SYS_pidfd_open, child, 0);
	CHECK(fd >= 0);
	snprintf(file, sizeof(file), "fdinfo/%d", fd);
	says("self", file, "\nPid:\t2\nNSpid:\t2\n");
	CHECK(kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
	says("self", file, "\nPid:\t-1\nNSpid:\t-1\n");
}

static void inside_sleeps(void)
{
	setsid();
	sleeps();
}

/* The /proc outside has further numbers inwards. */
static void seen_from_outside(void)
{
	char name[16], file[32], line[64];
	pid_t child;
	int fd;

	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	child = child_of(inside_sleeps);
	until_asleep(child);
	fd = (int)syscall(SYS_pidfd_open, child, 0);
	CHECK(fd >= 0);
	snprintf(name, sizeof(name), "%d", (int)child);
	snprintf(line, sizeof(line), "\nPid:\t%d\nPPid:\t%d\n", (int)child, (int)getpid());
	says(name, "status", line);
	snprintf(line, sizeof(line), ") S %d %d %d ", (int)getpid(), (int)child, (int)child);
	says(name, "stat", line);
	snprintf(file, sizeof(file), "fdinfo/%d", fd);
	snprintf(line, sizeof(line), "\nPid:\t%d\nNSpid:\t%d\t1\n", (int)child, (int)child);
	says("self", file, line);
	CHECK(kill(child, SIGKILL) == 0 && killed_by(end_of(child), SIGKILL));
}

static void seen_from_inside(void)
{
	CHECK(raw1(SYS_unshare, CLONE_NEWNS | CLONE_NEWPID) == 0);
	CHECK(status_of(inside) == 0);
}

int main(void)
{
	CHECK(status_of(seen_from_outside) == 0);
	CHECK(status_of(seen_from_inside) == 0);
	return 0;
}
