/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * asked.c - what calls cost whose answer somebody gives at call time: a handler, a listener, a
 * tracer; and those that a gate has no entry for. As bench.c, which see, it runs on Portcullis and
 * on Linux.
 */
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>

#include "program.h"

/*
 * A list of LENGTH instructions that allows its numbers; getppid, which is not on it, gets ANSWER.
 */
static void list(uint32_t length, uint32_t answer)
{
	load(NR);
	while (len + 2 < length) {
		const uint32_t nr = (uint32_t)len % 512;

		jeq(nr == SYS_getppid || nr == SYS_gettid ? 511 : nr, 0, 1);
		ret(SECCOMP_RET_ALLOW);
	}
	jeq(SYS_getppid, 0, 1);
	ret(answer);
	finish(SECCOMP_RET_ALLOW);
}

/* The same, whose last instructions allow getppid: the N-th of a stack. */
static void other_list(uint32_t length, uint32_t n)
{
	load(NR);
	while (len + 3 < length)
		jeq(100 + n, 0, 0);
	jeq(1000000 + n, 0, 1);
	ret(DENY);
	finish(SECCOMP_RET_ALLOW);
}

static void deep(void)
{
	for (uint32_t i = 0; i < 64; i++)
		other_list(205, i);
}

/* ---- who answers ---- */

static void on_sigsys(int sig)
{
	(void)sig;
}

static void trap(uint32_t length)
{
	signal(SIGSYS, on_sigsys);
	list(length, SECCOMP_RET_TRAP);
}

/* Of a call that a listener answers. */
static uint64_t time_notify(uint32_t length)
{
	int pair[2], fd;
	pid_t pid;
	uint64_t took;

	if (pipe(pair) != 0)
		exit(1);
	load(NR);
	while (len + 3 < length) {
		jeq(2000 + (uint32_t)len, 0, 1);
		ret(SECCOMP_RET_ALLOW);
	}
	jeq(SYS_getppid, 0, 1);
	ret(SECCOMP_RET_USER_NOTIF);
	ret(SECCOMP_RET_ALLOW);
	const struct sock_fprog program = { (unsigned short)len, insns };
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	fd = (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
	if (fd < 0)
		exit(1);
	pid = fork();
	if (pid == 0) {
		took = time_few(SYS_getppid, 0, 0, 0);
		(void)!write(pair[1], &took, sizeof(took));
		_exit(0);
	}
	for (int i = 0; i < FEW; i++) {
		struct seccomp_notif notif;
		struct seccomp_notif_resp resp;

		memset(&notif, 0, sizeof(notif));
		if (ioctl(fd, SECCOMP_IOCTL_NOTIF_RECV, &notif) != 0)
			exit(1);
		resp = (struct seccomp_notif_resp){ .id = notif.id, .val = 7 };
		if (ioctl(fd, SECCOMP_IOCTL_NOTIF_SEND, &resp) != 0)
			exit(1);
	}
	if (read(pair[0], &took, sizeof(took)) != sizeof(took))
		exit(1);
	waitpid(pid, NULL, 0);
	return took;
}

/* Of a call of a process that is traced: it asks the tracer, or is allowed. */
static uint64_t time_traced(uint32_t length, uint32_t answer)
{
	int pair[2], status;
	pid_t pid;
	uint64_t took;

	if (pipe(pair) != 0)
		exit(1);
	pid = fork();
	if (pid == 0) {
		ptrace(PTRACE_TRACEME, 0, 0, 0);
		raise(SIGSTOP);
		list(length, answer);
		took = time_few(SYS_getppid, 0, 0, 0);
		(void)!write(pair[1], &took, sizeof(took));
		_exit(0);
	}
	waitpid(pid, &status, 0);
	ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESECCOMP);
	do {
		ptrace(PTRACE_CONT, pid, 0, 0);
		waitpid(pid, &status, 0);
	} while (!WIFEXITED(status));
	if (read(pair[0], &took, sizeof(took)) != sizeof(took))
		exit(1);
	return took;
}

int main(void)
{
	CASE("TRACE without tracer, 205", list(205, SECCOMP_RET_TRACE), time_calls(SYS_getppid, 0, 0, 0))
	CASE("TRACE without tracer, 2005", list(2005, SECCOMP_RET_TRACE), time_few(SYS_getppid, 0, 0, 0))
	CASE("TRAP, handler, return, 25", trap(25), time_few(SYS_getppid, 0, 0, 0))
	CASE("TRAP, handler, return, 2005", trap(2005), time_few(SYS_getppid, 0, 0, 0))
	CASE("USER_NOTIF round trip, 25", , time_notify(25))
	CASE("USER_NOTIF round trip, 2005", , time_notify(2005))
	CASE("TRACE round trip, 25", , time_traced(25, SECCOMP_RET_TRACE))
	CASE("TRACE round trip, 2005", , time_traced(2005, SECCOMP_RET_TRACE))
	CASE("allowed call, traced, 205", , time_traced(205, SECCOMP_RET_ALLOW))
	CASE("number 600, 2005", list(2005, SECCOMP_RET_ALLOW), time_few(600, 0, 0, 0))
	CASE("number -1, 2005", list(2005, SECCOMP_RET_ALLOW), time_few(-1, 0, 0, 0))
	CASE("number 600, 64 deep", deep(), time_few(600, 0, 0, 0))
	return 0;
}
