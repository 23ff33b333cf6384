/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * execveat-names-what-a-descriptor-leads-to - a program that is started by its descriptor alone
 * finds /dev/fd/N as its path, one that is started below a folder's descriptor that and its path;
 * descriptors that close on exec still lead to it.
 */
#include "files.h"

static char *const no_environment[] = { NULL };

/* The path that the kernel says it was started by. */
static const char *started_by(void)
{
	return (const char *)getauxval(AT_EXECFN);
}

int main(int argc, char **argv)
{
	char number[12], expected[64], comm[32];
	int fd, folder;

	if (argc < 3) {
		char *const by_descriptor[] = { argv[0], (char *)"first", number, NULL };

		fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
		CHECK(fd >= 0);
		snprintf(number, sizeof(number), "%d", fd);
		syscall(SYS_execveat, fd, "", by_descriptor, no_environment, AT_EMPTY_PATH);
		CHECK(!"execveat by descriptor");
	}
	if (strcmp(argv[1], "first") == 0) {
		char *const below[] = { argv[0], (char *)"second", number, NULL };

		snprintf(expected, sizeof(expected), "/dev/fd/%s", argv[2]);
		CHECK(strcmp(started_by(), expected) == 0);
		CHECK(prctl(PR_GET_NAME, comm) == 0 && comm[0] != '\0');
		folder = open("/proc/self", O_RDONLY | O_DIRECTORY);
		CHECK(folder >= 0);
		snprintf(number, sizeof(number), "%d", folder);
		syscall(SYS_execveat, folder, "exe", below, no_environment, 0);
		CHECK(!"execveat below a folder");
	}
	snprintf(expected, sizeof(expected), "/dev/fd/%s/exe", argv[2]);
	CHECK(strcmp(started_by(), expected) == 0);
	CHECK(prctl(PR_GET_NAME, comm) == 0 && strcmp(comm, "exe") == 0);
	return 0;
}
