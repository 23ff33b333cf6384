/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * batch.c - runs the programs that the file /batch names, one after the other, so that one boot
 * serves many of them. Between lines that begin with the byte 1 lies what each says: `start NAME`
 * and `end NAME STATUS`. Started by try.pl.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void run(char *name)
{
	char path[128];
	int status = 0;
	pid_t pid;

	snprintf(path, sizeof(path), "/bin/%s", name);
	dprintf(1, "\1start %s\n", name);
	pid = fork();
	if (pid == 0) {
		setsid();
		execv(path, (char *[]){ path, NULL });
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) != pid)
		;
	dprintf(1, "\n\1end %s %d\n", name, WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status));
}

int main(void)
{
	static char names[32768];
	const int fd = open("/batch", O_RDONLY);
	size_t n = 0;
	ssize_t got;

	while ((got = read(fd, names + n, sizeof(names) - 1 - n)) > 0)
		n += (size_t)got;
	close(fd);
	for (char *name = strtok(names, "\n"); name != NULL; name = strtok(NULL, "\n"))
		run(name);
	return 0;
}
