/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * signal-threads-share-what-is-sent-to-the-process - a signal to the process goes to a thread that
 * does not block it, one to a thread to that one; a stop stops all threads; a fatal one ends all.
 */
#include "guest.h"

static struct thread thread;
static volatile int took;
static volatile long spins;
static volatile int done;

static void caught(int number)
{
	(void)number;
	took = (int)raw0(SYS_gettid);
}

static int spin(void *unused)
{
	(void)unused;
	while (!done) {
		spins++;
		raw0(SYS_sched_yield);
	}
	return 0;
}

static void body(void)
{
	thread_start(&thread, spin, NULL);
	for (;;)
		pause();
}

int main(void)
{
	sigset_t set;
	int status;
	pid_t child;

	signal(SIGUSR1, caught);
	thread_start(&thread, spin, NULL);
	const pid_t other = thread.tid;
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	CHECK(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
	CHECK(kill(getpid(), SIGUSR1) == 0);
	while (took == 0)
		sleep_ms(1);
	CHECK(took == other);
	took = 0;
	CHECK(syscall(SYS_tgkill, getpid(), getpid(), SIGUSR1) == 0);
	sleep_ms(20);
	CHECK(took == 0);
	CHECK(sigprocmask(SIG_UNBLOCK, &set, NULL) == 0);
	CHECK(took == getpid());
	done = 1;
	thread_join(&thread);
	done = 0;

	child = fork();
	if (child == 0)
		body();
	sleep_ms(30);
	CHECK(kill(child, SIGSTOP) == 0);
	CHECK(waitpid(child, &status, WUNTRACED) == child);
	CHECK(WIFSTOPPED(status));
	CHECK(kill(child, SIGCONT) == 0);
	CHECK(waitpid(child, &status, WCONTINUED) == child);
	CHECK(WIFCONTINUED(status));
	CHECK(kill(child, SIGTERM) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(killed_by(status, SIGTERM));
	return 0;
}
