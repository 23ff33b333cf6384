/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * threads-share-memory-and-files - a thread's writes and descriptors are its siblings'; its
 * pid is theirs, its tid its own.
 */
#include "guest.h"

static struct thread other;
static volatile int value, fd;
static volatile long pid, tid;

static int work(void *argument)
{
	value = *(int *)argument;
	fd = (int)raw1(SYS_dup, 1);
	pid = raw0(SYS_getpid);
	tid = raw0(SYS_gettid);
	return 0;
}

int main(void)
{
	int number = 99;

	thread_start(&other, work, &number);
	const pid_t started = other.tid;
	thread_join(&other);
	CHECK(value == 99);
	CHECK(fcntl(fd, F_GETFD) >= 0);
	CHECK(pid == getpid());
	CHECK(tid != pid);
	CHECK(started == 0 || started == tid);
	return 0;
}
