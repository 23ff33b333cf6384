/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-tells-which-calls-run-no-filter - /proc/PID/seccomp_cache has a line for every call: ALLOW
 * where each filter allows it whatever the arguments, else FILTER. It is empty without a filter,
 * and open to CAP_SYS_ADMIN alone.
 */
#include "files.h"

#define CALLS 451

static char text[32768];

static void read_cache(pid_t pid)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/seccomp_cache", (int)pid);
	read_text(path, text, sizeof(text));
}

/*
 * The lines are those of all calls in order; FILTER is said of the N
 * calls of FILTERED and of no other.
 */
static void expect_filtered(const int *filtered, size_t n)
{
	const char *at = text;

	for (int nr = 0; nr < CALLS; nr++) {
		char line[64];
		int found = 0;

		for (size_t i = 0; i < n; i++)
			found |= filtered[i] == nr;
		snprintf(line, sizeof(line), "riscv64 %d %s\n", nr, found ? "FILTER" : "ALLOW");
		if (strncmp(at, line, strlen(line)) != 0) {
			dprintf(2, "no %sat %.40s", line, at);
			_exit(1);
		}
		at += strlen(line);
	}
	CHECK(*at == '\0');
}

/* A child under two filters, that waits until it is killed. */
static pid_t start_filtered(void)
{
	int ready[2];
	char byte;
	pid_t child;

	CHECK(pipe(ready) == 0);
	child = fork();
	if (child == 0) {
		set_no_new_privs();
		CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
		CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_dup3, 4), LOAD(ARG_LOW(0)), SKIP_UNLESS(7, 1),
			      RETURN(SECCOMP_RET_KILL_PROCESS), ALLOW, ALLOW) == 0);
		CHECK(write(ready[1], "", 1) == 1);
		for (;;)
			pause();
	}
	CHECK(read(ready[0], &byte, 1) == 1);
	return child;
}

static void check_closed(void)
{
	const int fd = open("/proc/self/seccomp_cache", O_RDONLY);

	CHECK(fd >= 0);
	drop_privileges();
	CHECK(read(fd, text, sizeof(text)) == 0); /* opened with the right */
	CHECK(prctl(PR_SET_DUMPABLE, 1) == 0);
	REFUSED(read(open("/proc/self/seccomp_cache", O_RDONLY), text, sizeof(text)), EACCES);
}

int main(void)
{
	static const int filtered[] = { SYS_getppid, SYS_dup3 };
	pid_t child;

	read_cache(getpid());
	CHECK(text[0] == '\0');
	child = start_filtered();
	read_cache(child);
	expect_filtered(filtered, COUNT_OF(filtered));
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
	CHECK(exited_with(status_of(check_closed), 0));
	return 0;
}
