/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc-mem-is-a-supervisors-view - /proc/PID/mem holds the bytes of a process at its own addresses,
 * also to be written where the process itself may not; nothing is there where nothing is mapped,
 * and nothing any more when it has ended.
 */
#include "files.h"

static char word[] = "before";
static const volatile char fixed[] = "cannot be written";

int main(void)
{
	char path[64], text[32] = "";
	int to[2], from[2], fd, status;
	pid_t child;

	CHECK(pipe2(to, 0) == 0 && pipe2(from, 0) == 0);
	child = fork();
	if (child == 0) {
		strcpy(word, "child");
		CHECK(write(from[1], "x", 1) == 1 && read(to[0], text, 1) == 1);
		_exit(strcmp(word, "later") == 0 && fixed[0] == 'C' ? 3 : 4);
	}
	CHECK(read(from[0], text, 1) == 1);
	snprintf(path, sizeof(path), "/proc/%d/mem", (int)child);
	fd = open(path, O_RDWR);
	CHECK(fd >= 0);
	CHECK(syscall(SYS_pread64, fd, text, sizeof(word), word) == sizeof(word) && strcmp(text, "child") == 0);
	CHECK(strcmp(word, "before") == 0);
	CHECK(syscall(SYS_pwrite64, fd, "later", 6, word) == 6);
	CHECK(syscall(SYS_pwrite64, fd, "C", 1, fixed) == 1);
	REFUSED(syscall(SYS_pread64, fd, text, 1, 16), EIO);
	CHECK(lseek(fd, (off_t)(uintptr_t)word, SEEK_SET) == (off_t)(uintptr_t)word && read(fd, text, 2) == 2);
	CHECK(memcmp(text, "la", 2) == 0);
	CHECK(write(to[1], "x", 1) == 1);
	CHECK(waitpid(child, &status, 0) == child && exited_with(status, 3));
	CHECK(syscall(SYS_pread64, fd, text, 1, word) == 0);
	return 0;
}
