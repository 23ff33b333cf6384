/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run.c - see run.h.
 */
#include "run.h"
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* The path of qemu.sh in BUFFER, or NULL after a line on stderr. */
static const char *find_script(char buffer[PATH_MAX])
{
	static const char installed[] = "/lib/portcullis/qemu.sh";
	const char *script = getenv("PORTCULLIS_RUN");
	const ssize_t n = readlink("/proc/self/exe", buffer, PATH_MAX - sizeof(installed));

	if (script != NULL && access(script, X_OK) == 0)
		return script;
	if (n > 0) {
		buffer[n] = '\0';
		*strrchr(buffer, '/') = '\0';
		strcpy(strrchr(buffer, '/') != NULL ? strrchr(buffer, '/') : buffer, installed);
		if (access(buffer, X_OK) == 0)
			return buffer;
	}
	complain(
		"portcullis: qemu.sh is not found; from a clone use ./qemu.sh policy, or set PORTCULLIS_RUN to its path\n");
	return NULL;
}

static void start_script(const char *script, const char *command, const char *const *arguments, unsigned int n)
{
	const char **argv = calloc(n + 3, sizeof(*argv));

	if (argv == NULL)
		return;
	argv[0] = script;
	argv[1] = command;
	for (unsigned int i = 0; i < n; i++)
		argv[i + 2] = arguments[i];
	execv(script, (char *const *)argv);
	complain("portcullis: %s: %s\n", script, strerror(errno));
	free(argv);
}

void become_script(const char *command, const char *const *arguments, unsigned int n)
{
	char buffer[PATH_MAX];
	const char *script = find_script(buffer);

	if (script != NULL)
		start_script(script, command, arguments, n);
}

/* The child: never returns. */
static void become_run(const char *script, const char *const *arguments, unsigned int n, bool silent)
{
	const int nothing = silent ? open("/dev/null", O_RDWR) : -1;

	if (nothing >= 0) {
		dup2(nothing, 0);
		dup2(nothing, 1);
		dup2(nothing, 2);
	}
	start_script(script, "run", arguments, n);
	_exit(2);
}

int run_program(const char *const *arguments, unsigned int n, bool silent)
{
	char buffer[PATH_MAX];
	const char *script = find_script(buffer);
	int status;
	pid_t pid;

	if (script == NULL)
		return -1;
	fflush(NULL);
	pid = fork();
	if (pid == 0)
		become_run(script, arguments, n, silent);
	if (pid < 0) {
		complain("portcullis: fork: %s\n", strerror(errno));
		return -1;
	}
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
