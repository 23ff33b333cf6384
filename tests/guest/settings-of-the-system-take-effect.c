/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * settings-of-the-system-take-effect - what root writes below /proc/sys: the highest id of a new
 * process, and the size of pipes of those without CAP_SYS_RESOURCE.
 */
#include "files.h"

static void set(const char *path, const char *value, int error)
{
	const int fd = open(path, O_WRONLY);

	CHECK(fd >= 0);
	if (error == 0)
		CHECK(write(fd, value, strlen(value)) == (ssize_t)strlen(value));
	else
		REFUSED(write(fd, value, strlen(value)), error);
	CHECK(close(fd) == 0);
}

static long size_of_pipe(void)
{
	int ends[2];

	CHECK(pipe(ends) == 0);
	return fcntl(ends[0], 1032); /* F_GETPIPE_SZ */
}

static void nobody_s_pipe(void)
{
	int ends[2];

	drop_privileges();
	CHECK(size_of_pipe() == 8192 && pipe(ends) == 0);
	REFUSED(fcntl(ends[0], 1031, 16384), EPERM); /* F_SETPIPE_SZ */
}

static void nothing(void)
{
}

int main(void)
{
	char text[64];

	set("/proc/sys/fs/pipe-max-size", "0", EINVAL);
	set("/proc/sys/fs/pipe-max-size", "5000\n", 0);
	read_text("/proc/sys/fs/pipe-max-size", text, sizeof(text));
	CHECK(strcmp(text, "8192\n") == 0);
	CHECK(size_of_pipe() == 65536 && status_of(nobody_s_pipe) == 0);
	set("/proc/sys/fs/pipe-max-size", "1048576", 0);

	set("/proc/sys/kernel/pid_max", "300", EINVAL);
	set("/proc/sys/kernel/pid_max", "301", 0);
	for (int n = 0; n < 600; n++) {
		const pid_t child = child_of(nothing);

		CHECK(child < 301 && end_of(child) == 0);
	}
	set("/proc/sys/kernel/pid_max", "32768", 0);
	return 0;
}
