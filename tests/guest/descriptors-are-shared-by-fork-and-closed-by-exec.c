/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * descriptors-are-shared-by-fork-and-closed-by-exec - a child shares its parent's file offset;
 * FD_CLOEXEC closes at execve, others stay open.
 */
#include "guest.h"

int main(int argc, char **argv)
{
	char kept[12], closed[12], buffer[8];
	char *const again[] = { argv[0], kept, closed, NULL };

	if (argc > 2) {
		CHECK(fcntl(atoi(argv[1]), F_GETFD) == 0);
		REFUSED(fcntl(atoi(argv[2]), F_GETFD), EBADF);
		return 0;
	}
	const int fd = open((char *)getauxval(AT_EXECFN), O_RDONLY);
	CHECK(fd >= 0);
	const pid_t child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		CHECK(read(fd, buffer, 4) == 4 && memcmp(buffer, "\177ELF", 4) == 0);
		_exit(0);
	}
	CHECK(waitpid(child, NULL, 0) == child);
	CHECK(lseek(fd, 0, SEEK_CUR) == 4);
	snprintf(kept, sizeof(kept), "%d", fd);
	snprintf(closed, sizeof(closed), "%d", dup3(fd, 30, O_CLOEXEC));
	execve((char *)getauxval(AT_EXECFN), again, environ);
	return 1;
}
