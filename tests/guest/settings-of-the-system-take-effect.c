/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * settings-of-the-system-take-effect - what root writes below /proc/sys: the highest id of a new
 * process, the size of pipes of those without CAP_SYS_RESOURCE, how many events an inotify file
 * queues, how many files and watches of that kind a user has, the names that uname gives, and which
 * id is next.
 */
#include "files.h"

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

#define INOTIFY "/proc/sys/fs/inotify/max_"

static int new_inotify(void)
{
	return (int)syscall(SYS_inotify_init1, 2048); /* O_NONBLOCK */
}

static void limits_of_inotify(void)
{
	const char *const names[] = { INOTIFY "queued_events", INOTIFY "user_instances", INOTIFY "user_watches" };
	char before[3][32];
	int32_t events[64];
	int fd, file;

	for (int n = 0; n < 3; n++)
		read_text(names[n], before[n], sizeof(before[n]));
	write_setting(names[0], "2", 0);
	fd = new_inotify();
	write_setting(names[0], before[0], 0);
	CHECK(fd >= 0 && syscall(SYS_inotify_add_watch, fd, "/proc/self", 1) == 1); /* IN_ACCESS */
	write_setting(names[1], "0", 0);
	REFUSED(new_inotify(), EMFILE);
	write_setting(names[1], before[1], 0);
	write_setting(names[2], "0", 0);
	REFUSED(syscall(SYS_inotify_add_watch, fd, "/", 1), ENOSPC);
	write_setting(names[2], "-1", EINVAL);
	write_setting(names[2], before[2], 0);

	enter_new_folder();
	file = open("f", O_RDWR | O_CREAT, 0600);
	CHECK(file >= 0 && syscall(SYS_inotify_add_watch, fd, "f", 3) > 0); /* IN_ACCESS | IN_MODIFY */
	for (int n = 0; n < 4; n++)
		CHECK(n % 2 == 0 ? write(file, "a", 1) == 1 : pread(file, events, 1, 0) == 1);
	CHECK(read(fd, events, sizeof(events)) == 48); /* two events, and IN_Q_OVERFLOW */
	CHECK(events[8] == -1 && events[9] == 0x4000);
}

/* Of a namespace of its own. */
static void names_of_the_system(void)
{
	char names[6][65], text[128];

	CHECK(raw1(SYS_unshare, CLONE_NEWUTS) == 0);
	write_setting("/proc/sys/kernel/hostname", "gate\n", 0);
	write_setting("/proc/sys/kernel/domainname", "example", 0);
	CHECK(syscall(SYS_uname, names) == 0 && strcmp(names[1], "gate") == 0 && strcmp(names[5], "example") == 0);
	read_text("/proc/sys/kernel/hostname", text, sizeof(text));
	CHECK(strcmp(text, "gate\n") == 0);
}

/* What led to a process does not lead to the next one of its number. */
static void number_that_comes_again(void)
{
	char path[64], text[64];
	pid_t child = child_of(nothing), next;
	int folder, file;

	snprintf(path, sizeof(path), "/proc/%d", (int)child);
	folder = open(path, O_RDONLY | O_DIRECTORY);
	file = openat(folder, "status", O_RDONLY);
	CHECK(folder >= 0 && file >= 0 && end_of(child) == 0);
	snprintf(text, sizeof(text), "%d", (int)child - 1);
	write_setting("/proc/sys/kernel/ns_last_pid", text, 0);
	next = child_of(nothing);
	CHECK(next == child && access(path, F_OK) == 0);
	REFUSED(syscall(SYS_openat, folder, "status", O_RDONLY), ESRCH);
	REFUSED(read(file, text, sizeof(text)), ESRCH);
	REFUSED(syscall(424, folder, 0, NULL, 0), ESRCH); /* pidfd_send_signal */
	CHECK(end_of(next) == 0 && close(folder) == 0 && close(file) == 0);
}

int main(void)
{
	char text[64];

	write_setting("/proc/sys/fs/pipe-max-size", "0", 0);
	read_text("/proc/sys/fs/pipe-max-size", text, sizeof(text));
	CHECK(strcmp(text, "4096\n") == 0);
	write_setting("/proc/sys/fs/pipe-max-size", "2147483649", EINVAL);
	write_setting("/proc/sys/fs/pipe-max-size", "5000\n", 0);
	read_text("/proc/sys/fs/pipe-max-size", text, sizeof(text));
	CHECK(strcmp(text, "8192\n") == 0);
	CHECK(size_of_pipe() == 65536 && status_of(nobody_s_pipe) == 0);
	write_setting("/proc/sys/fs/pipe-max-size", "1048576", 0);

	limits_of_inotify();
	names_of_the_system();
	number_that_comes_again();
	write_setting("/proc/sys/kernel/pid_max", "300", EINVAL);
	write_setting("/proc/sys/kernel/pid_max", "301", 0);
	for (int n = 0; n < 600; n++) {
		const pid_t child = child_of(nothing);

		CHECK(child < 301 && end_of(child) == 0);
	}
	write_setting("/proc/sys/kernel/pid_max", "32768", 0);
	return 0;
}
