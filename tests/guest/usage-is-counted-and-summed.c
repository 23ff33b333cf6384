/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage-is-counted-and-summed - getrusage and wait4: the most memory at once, faults and switches
 * of a process, a thread and children that were waited for; VmHWM and VmLck beside them.
 */
#include "files.h"

#include <sys/resource.h>

#define MIB (1UL << 20)

static struct rusage usage(int who)
{
	struct rusage r;

	CHECK(syscall(SYS_getrusage, who, &r) == 0);
	return r;
}

/* The number behind NAME in /proc/self/status. */
static long status(const char *name)
{
	char text[4096], *at;

	read_text("/proc/self/status", text, sizeof(text));
	at = strstr(text, name);
	CHECK(at != NULL);
	return strtol(at + strlen(name), NULL, 10);
}

static void touch(size_t size)
{
	char *p = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED && madvise(p, size, MADV_NOHUGEPAGE) <= 0);
	for (size_t at = 0; at < size; at += 4096)
		p[at] = 1;
	CHECK(munmap(p, size) == 0);
}

static void needs_much(void)
{
	touch(24 * MIB);
}

/* Of a child that nobody waits for nothing is added. */
static void ignored(void)
{
	const long before = (long)usage(RUSAGE_CHILDREN).ru_maxrss;

	CHECK(signal(SIGCHLD, SIG_IGN) != SIG_ERR && child_of(needs_much) > 0);
	REFUSED(waitpid(-1, NULL, 0), ECHILD); /* it has ended */
	CHECK(usage(RUSAGE_CHILDREN).ru_maxrss == before && signal(SIGCHLD, SIG_DFL) != SIG_ERR);
}

static void locking(void)
{
	char *p = mmap(NULL, 8 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(p != MAP_FAILED && status("VmLck:") == 0);
	CHECK(syscall(SYS_mlock, p + 4096, 3 * 4096) == 0 && status("VmLck:") == 12);
	CHECK(syscall(SYS_mlock, p, 2 * 4096) == 0 && status("VmLck:") == 16);
	CHECK(syscall(SYS_munlock, p + 4096, 4096) == 0 && status("VmLck:") == 12);
	CHECK(munmap(p, 4096) == 0 && status("VmLck:") == 8);
	CHECK(syscall(SYS_munlockall) == 0 && status("VmLck:") == 0);
}

/* Field 14 of /proc/self/stat counts the turn that is under way, too. */
static void computing(void)
{
	struct timespec now, end;
	char text[1024], *at;

	CHECK(clock_gettime(CLOCK_MONOTONIC, &end) == 0);
	end.tv_sec += 20;
	do {
		read_text("/proc/self/stat", text, sizeof(text));
		at = strrchr(text, ')');
		for (int n = 0; n < 12; n++)
			at = strchr(at + 1, ' ');
		CHECK(clock_gettime(CLOCK_MONOTONIC, &now) == 0 && now.tv_sec < end.tv_sec);
	} while (strtol(at, NULL, 10) == 0);
}

int main(void)
{
	const struct rusage before = usage(RUSAGE_SELF);
	struct rusage after, child;
	int result;
	pid_t pid;

	CHECK(before.ru_maxrss > 0 && usage(RUSAGE_CHILDREN).ru_maxrss == 0);
	ignored();
	computing();
	touch(8 * MIB);
	after = usage(RUSAGE_SELF);
	CHECK(after.ru_maxrss >= 8 * 1024 && after.ru_maxrss < 16 * 1024);
	CHECK(after.ru_minflt - before.ru_minflt >= 2048 && after.ru_minflt - before.ru_minflt < 3000);
	CHECK(status("VmHWM:") >= 8 * 1024 && status("VmRSS:") < 8 * 1024);
	sleep_ms(2);
	CHECK(usage(RUSAGE_SELF).ru_nvcsw > after.ru_nvcsw);
	pid = fork();
	CHECK(pid >= 0);
	if (pid == 0) {
		needs_much();
		_exit(0);
	}
	CHECK(syscall(SYS_wait4, pid, &result, 0, &child) == pid && exited_with(result, 0));
	CHECK(child.ru_maxrss >= 24 * 1024 && child.ru_minflt >= 6 * 1024);
	CHECK(usage(RUSAGE_CHILDREN).ru_maxrss == child.ru_maxrss &&
	      usage(RUSAGE_CHILDREN).ru_minflt == child.ru_minflt);
	CHECK(usage(RUSAGE_SELF).ru_maxrss < 24 * 1024);
	CHECK(usage(1).ru_maxrss >= 8 * 1024); /* RUSAGE_THREAD: the process's */
	locking();
	return 0;
}
