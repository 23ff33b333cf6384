/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * judged-calls-are-interrupted-and-restarted - a call that a filter looks at by a computation of
 * its arguments gets all six of them, sleeps, and is interrupted like any other: EINTR, or it is
 * made again behind the handler.
 */
#include "computed.h"

static int ends[2];

static void on_signal(int number)
{
	(void)number;
	CHECK(write(ends[1], "x", 1) == 1);
}

/* Reads from an empty pipe while a signal comes, whose handler fills it. */
static long read_interrupted(int flags)
{
	struct sigaction action = { .sa_handler = on_signal, .sa_flags = flags };
	const pid_t parent = getpid();
	pid_t child;
	char byte;
	long result;

	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		until_asleep(parent);
		_exit(kill(parent, SIGUSR1));
	}
	result = raw(SYS_read, ends[0], (long)&byte, 1, 0, 0, 0);
	CHECK(waitpid(child, NULL, 0) == child);
	return result;
}

static void map_a_second_page(void)
{
	const int fd = open("/tmp/two-pages", O_RDWR | O_CREAT, 0600);
	const char *page;

	CHECK(fd >= 0 && write(fd, "first", 6) == 6 && lseek(fd, 4096, SEEK_SET) == 4096 &&
	      write(fd, "second", 7) == 7);
	page = (const char *)raw(SYS_mmap, 0, 4096, PROT_READ, MAP_PRIVATE, fd, 4096);
	CHECK((long)page > 0 && strcmp(page, "second") == 0);
	CHECK(unlink("/tmp/two-pages") == 0);
}

int main(void)
{
	char byte;

	CHECK(pipe(ends) == 0);
	set_no_new_privs();
	CHECK(INSTALL(0, ON_COMPUTED(SYS_read, 7, ERRNO(6))) == 0);
	CHECK(INSTALL(0, ON_COMPUTED(SYS_mmap, 7, ERRNO(6))) == 0);
	map_a_second_page();
	CHECK(read_interrupted(0) == -EINTR);
	CHECK(read(ends[0], &byte, 1) == 1);
	CHECK(read_interrupted(SA_RESTART) == 1);
	return 0;
}
