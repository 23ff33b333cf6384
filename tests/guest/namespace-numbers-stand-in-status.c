/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * namespace-numbers-stand-in-status - NSpid and its kin in /proc/PID/status have a number for each
 * namespace, from the one that /proc is for inwards.
 */
#include "files.h"

static void first(void)
{
	setsid();
	pause();
}

int main(void)
{
	char path[64], line[64], text[4096];
	pid_t child;

	CHECK(raw1(SYS_unshare, CLONE_NEWPID) == 0);
	child = fork();
	if (child == 0) {
		first();
		_exit(0);
	}
	until_asleep(child);
	snprintf(path, sizeof(path), "/proc/%d/status", (int)child);
	read_text(path, text, sizeof(text));
	snprintf(line, sizeof(line), "\nNStgid:\t%d\t1\nNSpid:\t%d\t1\nNSpgid:\t%d\t1\nNSsid:\t%d\t1\n", (int)child,
		 (int)child, (int)child, (int)child);
	CHECK(strstr(text, line) != NULL);
	read_text("/proc/self/status", text, sizeof(text));
	snprintf(line, sizeof(line), "\nNSpid:\t%d\n", (int)getpid());
	CHECK(strstr(text, line) != NULL);
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
	return 0;
}
