/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * kcmp-tells-what-is-shared - 0 for the same file, memory, descriptors, directory or handlers, else
 * an order; refusals in Linux's order.
 */
#include "guest.h"

#include "sysv.h"

enum { FILES_ONE, VM, FILES, FS, SIGHAND, IO, SEMAPHORES };

static long compare(pid_t a, pid_t b, int what, long x, long y)
{
	return raw(SYS_kcmp, a, b, what, x, y, 0);
}

static _Noreturn int sleeper(void *unused)
{
	(void)unused;
	for (;;)
		raw(SYS_ppoll, 0, 0, 0, 0, 0, 0);
}

static struct thread thread;

static void expect_order(pid_t a, pid_t b, int what)
{
	const long there = compare(a, b, what, 0, 0), back = compare(b, a, what, 0, 0);

	CHECK((there == 1 && back == 2) || (there == 2 && back == 1));
}

int main(void)
{
	const pid_t me = getpid();
	const int fd = (int)raw1(SYS_dup, 1);
	const int set = (int)raw(SYS_semget, IPC_PRIVATE, 1, 0600, 0, 0, 0);
	const struct sembuf up = { 0, 1, SEM_UNDO };
	int pair[2];
	pid_t child;

	CHECK(fd >= 0 && pipe(pair) == 0);
	CHECK(compare(me, me, FILES_ONE, 1, fd) == 0);
	CHECK(compare(me, me, FILES_ONE, 1, 1) == 0);
	CHECK(compare(me, me, FILES_ONE, pair[0], pair[1]) > 0);
	CHECK(compare(me, me, FILES_ONE, 1, 99) == -EBADF);
	CHECK(compare(me, me, 99, 0, 0) == -EINVAL);
	CHECK(compare(me, 4000000, 99, 0, 0) == -ESRCH);

	child = fork();
	if (child == 0)
		sleeper(NULL);
	CHECK(compare(me, child, FILES_ONE, 1, fd) == 0);
	for (int what = VM; what <= SIGHAND; what++)
		expect_order(me, child, what);
	CHECK(compare(me, child, IO, 0, 0) == 0);	  /* nobody has one */
	CHECK(compare(me, child, SEMAPHORES, 0, 0) == 0); /* nor operations that would be undone */
	CHECK(raw(SYS_semop, set, (long)&up, 1, 0, 0, 0) == 0 && compare(me, child, SEMAPHORES, 0, 0) > 0);
	CHECK(raw(SYS_semctl, set, 0, IPC_RMID, 0, 0, 0) == 0);
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child);
	CHECK(compare(me, child, VM, 0, 0) == -ESRCH);

	thread_start(&thread, sleeper, NULL);
	for (int what = VM; what <= SIGHAND; what++)
		CHECK(compare(me, thread.tid, what, 0, 0) == 0);
	CHECK(compare(me, thread.tid, SEMAPHORES, 0, 0) == 0);
	return 0;
}
