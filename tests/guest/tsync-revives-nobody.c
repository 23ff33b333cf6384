/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tsync-revives-nobody - while a thread binds all others by TSYNC, a filter kills one of them,
 * which stops for its tracer as it ends: it stays in mode three, whether or not it got the filter
 * before.
 */
#include "syncing.h"
#include "tracing.h"

static volatile struct shared {
	int tid, traced;
} * shared;
static int results[2]; /* a pipe: what TSYNC gave */
static long delay;     /* the thread is killed after so many nanoseconds */
static struct thread victim;
static volatile int ready;

static int be_killed(void *unused)
{
	(void)unused;
	come_first();
	while (!shared->traced)
		pause_for(1000000);
	ready = 1;
	pause_for(delay);
	raw0(SYS_getppid);
	return 0;
}

static void sync_others(void)
{
	long result;

	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_THREAD)) == 0);
	start_sleepers(SOME / 2);
	thread_start(&victim, be_killed, NULL);
	shared->tid = victim.tid;
	while (!ready)
		raw0(SYS_sched_yield);
	result = sync_all(FIRST);
	CHECK(write(results[1], &result, sizeof(result)) == sizeof(result));
	for (;;)
		pause();
}

/* What TSYNC gave. */
static long race(void)
{
	pid_t child, tid;
	long result;
	int status;

	shared->tid = shared->traced = 0;
	child = child_of(sync_others);
	UNTIL(shared->tid != 0);
	tid = shared->tid;
	CHECK(ptrace(PTRACE_SEIZE, tid, 0, PTRACE_O_TRACEEXIT) == 0);
	shared->traced = 1;
	CHECK(waitpid(tid, &status, __WALL) == tid && IS_EVENT(status, PTRACE_EVENT_EXIT));
	CHECK(read(results[0], &result, sizeof(result)) == sizeof(result));
	CHECK(result == 0 || result == tid);
	CHECK(seccomp_mode_of(tid) == 3);
	CHECK(kill(child, SIGKILL) == 0);
	while (waitpid(-1, &status, __WALL) > 0)
		;
	return result;
}

int main(void)
{
	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(shared != MAP_FAILED && pipe(results) == 0);
	for (delay = 50000; delay < 1300000; delay += 130000)
		(void)race();
	return 0;
}
