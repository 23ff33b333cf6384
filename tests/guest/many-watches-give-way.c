/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * many-watches-give-way - a user without rights has tens of thousands of what an epoll file has to
 * do with, in several processes, because a limit of descriptors is each process's own; and a call
 * that has to do with all of them: others run meanwhile. Each was once a panic of a kernel that may
 * be busy for no longer than a millisecond.
 */
#include "files.h"
#include "rows.h"

#include <sys/resource.h>

#ifdef __riscv
#define PROCESSES 8
#define EACH 3900
#define POLLERS 50
#else
#define PROCESSES 2 /* elsewhere it only has to work */
#define EACH 400
#define POLLERS 5
#endif

static int event, together, done[2], go[2];

static void watch(int watcher, int fd)
{
	struct epoll_event e = { 0 };

	e.events = POLLIN;
	CHECK(watcher >= 0 && fd >= 0 && syscall(SYS_epoll_ctl, watcher, EPOLL_CTL_ADD, fd, &e) == 0);
}

static int new_watcher(void)
{
	return (int)syscall(SYS_epoll_create1, 0L);
}

static long report(int watcher)
{
	struct epoll_event e;

	return syscall(SYS_epoll_pwait, watcher, &e, 1L, 0L, NULL, 8L);
}

/* An epoll file each, which watches the event. */
static void watch_event(void)
{
	for (int i = 0; i < EACH; i++)
		watch(new_watcher(), event);
}

/* Events of its own, which one epoll file watches, and which were ready for a moment. */
static void be_watched(void)
{
	for (int i = 0; i < EACH; i++) {
		const int own = (int)syscall(SYS_eventfd2, 0L, 0L);
		uint64_t value = 1;

		watch(together, own);
		CHECK(write(own, &value, 8) == 8 && read(own, &value, 8) == 8);
	}
}

static void limit_descriptors(void)
{
	const struct rlimit most = { 4096, 4096 };

	CHECK(setrlimit(RLIMIT_NOFILE, &most) == 0);
}

/* Each process does MAKE, and lives on until the pipe `go` is closed. */
static void start_processes(void (*make)(void))
{
	char byte = 0;

	CHECK(pipe(done) == 0 && pipe(go) == 0);
	for (int n = 0; n < PROCESSES; n++)
		if (fork() == 0) {
			close(go[1]);
			limit_descriptors();
			make();
			close(event);
			close(together);
			CHECK(write(done[1], &byte, 1) == 1);
			(void)!read(go[0], &byte, 1);
			_exit(0);
		}
	for (int n = 0; n < PROCESSES; n++)
		CHECK(read(done[0], &byte, 1) == 1);
}

static void end_processes(void)
{
	int status;

	close(go[1]);
	while (wait(&status) > 0)
		CHECK(status == 0);
}

static void wake_many(void)
{
	const uint64_t one = 1;

	start_processes(watch_event);
	CHECK(write(event, &one, 8) == 8);
	close(event);
	end_processes();
}

static void ask_many(void)
{
	struct pollfd p = { .events = POLLIN };

	together = p.fd = new_watcher();
	start_processes(be_watched);
	CHECK(poll(&p, 1, 0) == 0);
	end_processes();
}

static void report_none(void)
{
	together = new_watcher();
	start_processes(be_watched);
	CHECK(report(together) == 0);
	end_processes();
}

/* One epoll file watches another, which has many to ask. */
static void ask_through_another(void)
{
	const int outer = new_watcher();

	together = new_watcher();
	start_processes(be_watched);
	watch(outer, together);
	CHECK(report(outer) == 0);
	close(together);
	end_processes();
}

/* Each of many processes waits for the event thousands of times, in one call. */
static void wake_pollers(void)
{
	static struct pollfd p[EACH];
	const uint64_t one = 1;
	int status;

	limit_descriptors();
	for (int i = 0; i < EACH; i++)
		p[i] = (struct pollfd){ .fd = event, .events = POLLIN };
	for (int n = 0; n < POLLERS; n++)
		if (fork() == 0)
			_exit(poll(p, EACH, -1) == EACH ? 0 : 1);
	sleep_ms(200);
	CHECK(write(event, &one, 8) == 8);
	while (wait(&status) > 0)
		CHECK(status == 0);
}

int main(void)
{
	static const struct body all[] = {
		{ "wake", wake_many },	     { "ask", ask_many },
		{ "report", report_none },   { "nested", ask_through_another },
		{ "pollers", wake_pollers },
	};

	event = (int)syscall(SYS_eventfd2, 0L, 0L);
	CHECK(syscall(SYS_setgid, 54321) == 0 && syscall(SYS_setuid, 54321) == 0);
	return run_rows(all, COUNT_OF(all));
}
