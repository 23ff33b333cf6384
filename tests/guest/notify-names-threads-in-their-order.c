/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-names-threads-in-their-order - calls are received in the order in which they were made,
 * and each notification has the id of the thread that made the call.
 */
#include "notify.h"

#define THREADS 3

static struct thread threads[THREADS];
static int pipes[2];

static int call(void *argument)
{
	raw1(SYS_getppid, (long)argument);
	return 0;
}

static void calls(void)
{
	pid_t tids[THREADS];

	for (long i = 0; i < THREADS; i++) {
		thread_start(&threads[i], call, (void *)i);
		tids[i] = threads[i].tid;
		until_asleep(tids[i]);
	}
	CHECK(write(pipes[1], tids, sizeof(tids)) == sizeof(tids));
	for (int i = 0; i < THREADS; i++)
		thread_join(&threads[i]);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	struct seccomp_notif asked[THREADS];
	pid_t child, tids[THREADS];

	CHECK(pipe(pipes) == 0);
	child = child_of(calls);
	CHECK(read(pipes[0], tids, sizeof(tids)) == sizeof(tids));
	for (unsigned i = 0; i < THREADS; i++) {
		asked[i] = receive(listener);
		CHECK(asked[i].pid == (unsigned)tids[i] && asked[i].data.args[0] == i);
	}
	for (unsigned i = THREADS; i-- > 0;)
		CHECK(answer(listener, asked[i].id, 0, 0, 0) == 0);
	CHECK(end_of(child) == 0);
	return 0;
}
