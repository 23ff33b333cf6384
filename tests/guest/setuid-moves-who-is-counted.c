/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * setuid-moves-who-is-counted - RLIMIT_NPROC counts the threads of a real user id: those that came
 * by fork or by setuid, until they are collected or become another user's. Who becomes a user that
 * has more is refused execve for as long as that is so.
 */
#include "files.h"

#include <sys/resource.h>

#define USER 54326

static long set_ids(unsigned real, unsigned effective, unsigned saved)
{
	return syscall(SYS_setresuid, real, effective, saved);
}

static void limit_to(unsigned long n)
{
	const struct rlimit limit = { n, n };

	CHECK(setrlimit(RLIMIT_NPROC, &limit) == 0);
}

static int fork_works(void)
{
	const pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	CHECK(pid > 0 || errno == EAGAIN);
	return pid > 0 && waitpid(pid, NULL, 0) == pid;
}

/* What execve of a program that is not there answers: it is looked for after the limit. */
static int execve_errno(void)
{
	char *const none[] = { NULL };

	CHECK(execve("/no/such/program", none, none) == -1);
	return errno;
}

/* A process that is USER's until a byte comes from the pipe TO_END. */
static pid_t begin_one(int to_end[2])
{
	int ready[2];
	char c;
	pid_t pid;

	CHECK(pipe(to_end) == 0 && pipe(ready) == 0);
	pid = fork();
	if (pid == 0) {
		CHECK(set_ids(USER, USER, 0) == 0 && write(ready[1], "r", 1) == 1);
		CHECK(read(to_end[0], &c, 1) == 1);
		if (c == 'b') { /* it becomes root's again */
			CHECK(set_ids(0, 0, 0) == 0 && write(ready[1], "b", 1) == 1);
			CHECK(read(to_end[0], &c, 1) == 1);
		}
		_exit(0);
	}
	CHECK(pid > 0 && read(ready[0], &c, 1) == 1);
	return pid;
}

/* The process PID has ended, and was not collected. */
static void wait_for_end(pid_t pid)
{
	siginfo_t info;

	CHECK(waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT) == 0);
}

static void count_them(void)
{
	int end[2][2];
	const pid_t one = begin_one(end[0]), two = begin_one(end[1]);

	CHECK(set_ids(USER, USER, 0) == 0);
	limit_to(4);
	CHECK(fork_works());
	limit_to(3);
	CHECK(!fork_works());
	CHECK(write(end[0][1], "e", 1) == 1);
	wait_for_end(one);
	CHECK(!fork_works());
	CHECK(waitpid(one, NULL, 0) == one && fork_works());
	limit_to(2);
	CHECK(!fork_works());
	CHECK(write(end[1][1], "b", 1) == 1);
	for (int i = 0; i < 1000 && !fork_works(); i++) /* until it is root's */
		usleep(1000);
	CHECK(fork_works());
	CHECK(write(end[1][1], "e", 1) == 1 && waitpid(two, NULL, 0) == two);
	limit_to(1);
	CHECK(!fork_works());
	CHECK(set_ids(0, 0, 0) == 0 && fork_works()); /* root has no limit */
}

static void refuse_execve(void)
{
	int end[2][2];
	pid_t pids[2];

	limit_to(1);
	for (int i = 0; i < 2; i++)
		pids[i] = begin_one(end[i]);
	CHECK(set_ids(USER, USER, 0) == 0);
	CHECK(execve_errno() == EAGAIN && execve_errno() == EAGAIN);
	for (int i = 0; i < 2; i++)
		CHECK(write(end[i][1], "e", 1) == 1 && waitpid(pids[i], NULL, 0) == pids[i]);
	CHECK(execve_errno() == ENOENT);
}

/* Nor is one that had room when it became USER's, however many come later; nor root. */
static void allow_execve(void)
{
	int end[2];
	pid_t later;

	limit_to(1);
	CHECK(set_ids(USER, USER, 0) == 0 && execve_errno() == ENOENT);
	CHECK(set_ids(0, USER, 0) == 0);
	later = begin_one(end);
	CHECK(execve_errno() == ENOENT);
	CHECK(set_ids(USER, USER, 0) == 0 && execve_errno() == ENOENT); /* there was one, and one may be */
	CHECK(write(end[1], "e", 1) == 1 && waitpid(later, NULL, 0) == later);
}

int main(void)
{
	CHECK(exited_with(status_of(count_them), 0));
	CHECK(exited_with(status_of(refuse_execve), 0));
	CHECK(exited_with(status_of(allow_execve), 0));
	return 0;
}
