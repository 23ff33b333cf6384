/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run.c - see run.h.
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child: never returns. */
static void become(const char *script, const char *const *arguments, unsigned int n, bool silent)
{
	const char **argv = calloc(n + 3, sizeof(*argv));
	const int nothing = silent ? open("/dev/null", O_RDWR) : -1;

	if (argv == NULL)
		_exit(2);
	argv[0] = script;
	argv[1] = "run";
	for (unsigned int i = 0; i < n; i++)
		argv[i + 2] = arguments[i];
	if (nothing >= 0) {
		dup2(nothing, 0);
		dup2(nothing, 1);
		dup2(nothing, 2);
	}
	execv(script, (char *const *)argv);
	_exit(2);
}

int run_program(const char *const *arguments, unsigned int n, bool silent)
{
	const char *script = getenv("PORTCULLIS_RUN");
	int status;
	pid_t pid;

	if (script == NULL || access(script, X_OK) != 0) {
		fprintf(stderr,
			"portcullis: qemu.sh is not found; from a clone use ./qemu.sh policy, or set PORTCULLIS_RUN to its path\n");
		return -1;
	}
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		become(script, arguments, n, silent);
	if (pid < 0) {
		fprintf(stderr, "portcullis: fork: %s\n", strerror(errno));
		return -1;
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
