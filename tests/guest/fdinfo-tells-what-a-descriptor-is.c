/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fdinfo-tells-what-a-descriptor-is - /proc/PID/fdinfo of an eventfd, a signalfd, a timerfd, of an
 * inotify file with its watches, and of a pidfd, whose process may be alive, dead or waited for.
 */
#include "files.h"

#include <sys/stat.h>
#ifdef __riscv
#include <abi/inotify.h>
#else
#include <sys/inotify.h>
#endif

static int has(int fd, const char *lines)
{
	char path[64], text[1024];

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", fd);
	read_text(path, text, sizeof(text));
	if (strstr(text, lines) == NULL)
		printf("%s: %s", path, text);
	return strstr(text, lines) != NULL;
}

static void of_watches(void)
{
	const int fd = (int)syscall(SYS_inotify_init1, 0);
	struct stat st;
	char lines[256];

	enter_new_folder();
	CHECK(stat(".", &st) == 0);
	CHECK(fd >= 0 && syscall(SYS_inotify_add_watch, fd, ".", IN_MODIFY | IN_EXCL_UNLINK | IN_ONLYDIR) == 1);
	CHECK(syscall(SYS_inotify_add_watch, fd, "/", IN_OPEN | IN_ONESHOT) == 2);
	snprintf(lines, sizeof(lines), "\ninotify wd:1 ino:%lx sdev:", (unsigned long)st.st_ino);
	CHECK(has(fd, lines) && has(fd, " mask:4000002 ignored_mask:0 ") && has(fd, " mask:80000020 ignored_mask:0 "));
}

static void sleep_for_ever(void)
{
	for (;;)
		sleep_ms(1000);
}

int main(void)
{
	const uint64_t set = 1UL << (SIGUSR1 - 1) | 1UL << (SIGKILL - 1), none = 0;
	const struct itimerspec later = { { 3, 5 }, { 0, 0 } };
	const int event = (int)syscall(SYS_eventfd2, 18, 0),
		  timer = (int)syscall(SYS_timerfd_create, CLOCK_MONOTONIC, 0);
	const int signals = (int)syscall(SYS_signalfd4, -1, &set, sizeof(set), 0);
	siginfo_t end;
	char line[64];
	pid_t child;
	int fd;

	CHECK(event >= 0 && timer >= 0 && signals >= 0);
	CHECK(has(event, "\neventfd-count:               12\neventfd-id: "));
	CHECK(has(signals, "\nsigmask:\t0000000000000200\n"));
	CHECK(syscall(SYS_signalfd4, signals, &none, sizeof(none), 0) == signals);
	CHECK(has(signals, "\nsigmask:\t0000000000000000\n"));
	CHECK(has(timer, "\nclockid: 1\nticks: 0\nsettime flags: 00\nit_value: (0, 0)\nit_interval: (0, 0)\n"));
	CHECK(syscall(SYS_timerfd_settime, timer, 0, &later, NULL) == 0);
	CHECK(has(timer, "\nit_value: (0, 0)\nit_interval: (3, 5)\n"));

	of_watches();
	child = child_of(sleep_for_ever);
	fd = (int)syscall(SYS_pidfd_open, child, 0);
	snprintf(line, sizeof(line), "\nPid:\t%d\nNSpid:\t%d\n", (int)child, (int)child);
	CHECK(fd >= 0 && has(fd, line) && kill(child, SIGKILL) == 0);
	CHECK(waitid(P_PID, (unsigned)child, &end, WEXITED | WNOWAIT) == 0 && has(fd, line));
	CHECK(killed_by(end_of(child), SIGKILL) && has(fd, "\nPid:\t-1\nNSpid:\t-1\n"));
	return 0;
}
