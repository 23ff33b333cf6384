/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stages.c - a tool that sandboxes itself twice with libseccomp: the first filter lets it open its
 * input, the second, once that is read, only compute and print. What a later stage may not do kills
 * it; its parent tells of that.
 */
#include <fcntl.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void enter(const char *name, const int *calls, size_t n)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int error = 0;

	for (size_t i = 0; i < n && error == 0; i++)
		error = seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	error = error == 0 ? seccomp_load(filter) : error;
	printf("%s: %s\n", name, strerror(-error));
	fflush(stdout);
	seccomp_release(filter);
}

static int sandboxed(void)
{
	static const int reads[] = { SCMP_SYS(openat),	  SCMP_SYS(read),      SCMP_SYS(close), SCMP_SYS(newfstatat),
				     SCMP_SYS(fstat),	  SCMP_SYS(ioctl),     SCMP_SYS(prctl), SCMP_SYS(seccomp),
				     SCMP_SYS(write),	  SCMP_SYS(brk),       SCMP_SYS(mmap),	SCMP_SYS(munmap),
				     SCMP_SYS(getrandom), SCMP_SYS(exit_group) };
	static const int computes[] = { SCMP_SYS(write), SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(exit_group) };
	struct stat about;
	char name[16];
	ssize_t n;
	int fd;

	enter("may read", reads, sizeof(reads) / sizeof(reads[0]));
	fd = open("/proc/self/comm", O_RDONLY);
	n = read(fd, name, sizeof(name));
	close(fd);
	enter("may compute", computes, sizeof(computes) / sizeof(computes[0]));
	printf("read %.*s", (int)n, name);
	fflush(stdout);
	return stat("/", &about);
}

int main(void)
{
	pid_t child = fork();
	int status;

	if (child == 0)
		_exit(sandboxed() == 0 ? 0 : 1);
	waitpid(child, &status, 0);
	if (WIFSIGNALED(status))
		printf("stat: %s\n", strsignal(WTERMSIG(status)));
	return !WIFSIGNALED(status);
}
