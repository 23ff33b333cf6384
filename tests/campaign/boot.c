/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot.c - one run of the machine, and how it ended.
 */
#include "parts.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void become_qemu(const char *image, const char *initrd, const char *words, int out)
{
	char *argv[32] = { "qemu-system-riscv64", "-machine", "virt", "-m",	    "32M",     "-bios", "default",
			   "-nodefaults",	  "-display", "none", "-no-reboot", "-serial", "stdio", "-kernel",
			   (char *)image };
	int n = 15;

	if (initrd != NULL) {
		argv[n++] = "-initrd";
		argv[n++] = (char *)initrd;
	}
	if (words != NULL) {
		argv[n++] = "-append";
		argv[n++] = (char *)words;
	}
	dup2(open("/dev/null", O_RDONLY), 0);
	dup2(out, 1);
	dup2(out, 2);
	execvp(argv[0], argv);
	perror(argv[0]);
	_exit(1);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Keeps what comes behind the first STX, and of that what there is room for. False at the end. */
static bool take(struct end *end, int fd)
{
	char part[4096];
	const ssize_t got = read(fd, part, sizeof(part));
	const char *from = part;
	size_t n, length = strlen(end->output);

	if (got <= 0)
		return false;
	n = (size_t)got;
	if (!end->began) {
		from = memchr(part, 2, n);
		if (from == NULL)
			return true;
		end->began = true;
		from++;
		n -= (size_t)(from - part);
	}
	for (size_t i = 0; i < n && length + 1 < sizeof(end->output); i++)
		end->output[length++] = from[i] != '\0' ? from[i] : '.';
	end->output[length] = '\0';
	return true;
}

void boot(struct end *end, const char *image, const char *initrd, const char *words, int seconds)
{
	const double until = now() + seconds;
	int pipe_ends[2], status;
	pid_t child;
	bool more = true;

	memset(end, 0, sizeof(*end));
	if (pipe(pipe_ends) != 0 || (child = fork()) < 0) {
		perror("campaign");
		exit(2);
	}
	if (child == 0)
		become_qemu(image, initrd, words, pipe_ends[1]);
	close(pipe_ends[1]);
	while (more && now() < until) {
		struct pollfd p = { .fd = pipe_ends[0], .events = POLLIN };

		if (poll(&p, 1, 100) > 0)
			more = take(end, pipe_ends[0]);
	}
	close(pipe_ends[0]);
	if (more)
		kill(child, SIGKILL);
	waitpid(child, &status, 0);
	end->status = !more && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
