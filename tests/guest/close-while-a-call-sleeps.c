/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * close-while-a-call-sleeps - a thread sleeps in a call on a descriptor, and another closes it,
 * puts another file over it, ends the process or executes a program (as the process's first thread,
 * or as another one while the first sleeps): the call keeps the file until it returns, and returns
 * what it would have; after that, and at once when the process is gone, the other side hears that
 * nobody is left. What epoll watches is closed at once.
 */
#include "rows.h"
#include "sleepers.h"

static struct thread thread;
static volatile long result;
static volatile int done;

static int sleeper(void *row)
{
	result = ((const struct row *)row)->call();
	done = 1;
	return 0;
}

static int hears(const struct row *r)
{
	return (is_ready(other, 0) & r->hears) != 0;
}

/* FD is taken away, by what leads elsewhere if ELSEWHERE. */
static void close_it(const struct row *r, int elsewhere)
{
	const int null = open("/dev/null", O_RDWR);

	if (elsewhere)
		CHECK(syscall(SYS_dup3, null, fd, 0) == fd);
	else
		CHECK(close(fd) == 0);
	close(null);
	sleep_ms(20);
	CHECK(!done);
	CHECK(r->hears == 0 || hears(r) == r->at_once);
	r->wake();
	thread_join(&thread);
	if (result != r->result)
		dprintf(2, "%s: %ld, not %ld\n", r->name, result, r->result);
	CHECK(result == r->result);
	if (r->hears != 0)
		UNTIL(hears(r));
}

enum way { CLOSE, PUT_OVER, EXIT, EXEC, EXEC_BY_THREAD, WAYS };

static void end_process(enum way way)
{
	char number[12];
	char *argv[] = { "gone", number, NULL };

	if (way == EXIT)
		_exit(7);
	snprintf(number, sizeof(number), "%d", fd);
	CHECK(fcntl(fd, F_SETFD, FD_CLOEXEC) == 0);
	execve("/proc/self/exe", argv, NULL);
	CHECK(!"execve");
}

static int executor(void *unused)
{
	(void)unused;
	until_asleep(getpid());
	end_process(EXEC);
	return 0;
}

static void try(const struct row *r, enum way way)
{
	pid_t child = 0;
	int status;

	fd = other = third = -1;
	r->make();
	CHECK(fd >= 0);
	if (way >= EXIT) {
		child = r->no_others ? 0 : fork();
		CHECK(child >= 0);
		if (child > 0) {
			close(fd);
			CHECK(waitpid(child, &status, 0) == child && exited_with(status, 7));
			if (r->hears != 0)
				UNTIL(hears(r));
			return;
		}
		if (r->hears != 0)
			close(other);
	}
	if (way == EXEC_BY_THREAD) {
		thread_start(&thread, executor, NULL);
		(void)r->call();
		CHECK(!"the call comes back");
	}
	thread_start(&thread, sleeper, (void *)(uintptr_t)r);
	until_asleep(thread.tid);
	if (way >= EXIT)
		end_process(way);
	close_it(r, way == PUT_OVER);
}

int main(int argc, char **argv)
{
	static const char *const ways[WAYS] = { "close", "dup3", "exit", "exec", "exec by a thread" };
	static const char *const names[] = { "locked", "fifo", "new", "file" };

	if (strcmp(argv[0], "gone") == 0) {
		CHECK(argc == 2);
		REFUSED(fcntl(atoi(argv[1]), F_GETFD), EBADF);
		return 7;
	}
	enter_new_folder();
	for (unsigned i = 0; i < COUNT_OF(rows); i++) {
		for (enum way way = CLOSE; way < WAYS; way++) {
			const struct row *r = &rows[i];
			int status;
			pid_t child;

			if (!is_wanted(r->name))
				continue;
			child = fork();
			CHECK(child >= 0);
			if (child == 0) {
				try(r, way);
				remove_lasting();
				_exit(r->no_others && way >= EXIT ? 1 : 0);
			}
			CHECK(waitpid(child, &status, 0) == child);
			for (unsigned n = 0; n < COUNT_OF(names); n++)
				unlink(names[n]);
			if (!exited_with(status, r->no_others && way >= EXIT ? 7 : 0)) {
				dprintf(2, "%s, %s: status 0x%x\n", r->name, ways[way], status);
				return 1;
			}
		}
	}
	leave_folder();
	return 0;
}
