/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * outcome.c - for play.c: gives members their orders, and compares what comes of one with what the
 * script says.
 */
#include "director.h"

#include <elf.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

/* --- orders and answers ------------------------------------------------------------- */

void give(unsigned m, const struct order *o)
{
	CHECK(write(FD_ORDER(m, 1), o, sizeof(*o)) == sizeof(*o));
}

struct answer take(unsigned m)
{
	struct answer a;

	CHECK(read(FD_ANSWER(m, 0), &a, sizeof(a)) == sizeof(a));
	return a;
}

int stop_of(unsigned m)
{
	int status;

	CHECK(waitpid(members[m].tid, &status, __WALL) == members[m].tid);
	if (!WIFSTOPPED(status))
		wrong("no stop, but status", status, 0);
	return status >> 8;
}

void let_go(unsigned m, int signal)
{
	CHECK(ptrace(PTRACE_CONT, members[m].tid, NULL, (void *)(uintptr_t)signal) == 0);
}

/* The stopped call becomes NR; with RESULT if it is -1. */
static void change_call(unsigned m, long nr, long result)
{
	unsigned long registers[64];
	struct iovec part = { registers, sizeof(registers) };

	CHECK(ptrace(PTRACE_GETREGSET, members[m].tid, (void *)NT_PRSTATUS, &part) == 0);
#ifdef __riscv
	registers[17] = (unsigned long)nr; /* a7 */
	if (nr == -1)
		registers[10] = (unsigned long)result;
#else
	registers[15] = (unsigned long)nr; /* orig_rax */
	if (nr == -1)
		registers[10] = (unsigned long)result; /* rax */
#endif
	CHECK(ptrace(PTRACE_SETREGSET, members[m].tid, (void *)NT_PRSTATUS, &part) == 0);
}

static void trace(unsigned m, struct order *o)
{
	const long data = next_number();
	const char what = *next_word();
	const long value = next_number();
	unsigned long message;
	const int stop = stop_of(m);

	if (stop != (SIGTRAP | PTRACE_EVENT_SECCOMP << 8))
		wrong("the stop is", stop, SIGTRAP | PTRACE_EVENT_SECCOMP << 8);
	CHECK(ptrace(PTRACE_GETEVENTMSG, members[m].tid, NULL, &message) == 0);
	if ((long)message != data)
		wrong("the tracer's data", (long)message, data);
	if (what == 's')
		change_call(m, -1, value);
	if (what == 'c') {
		change_call(m, value, 0);
		o->nr = value;
	}
	let_go(m, 0);
}

static void notify(unsigned m, const struct order *o)
{
	const int listener = listeners[next_number()];
	const char what = *next_word();
	const long value = next_number();
	struct seccomp_notif asked = { 0 };
	struct seccomp_notif_resp response = { 0 };

	CHECK(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) == 0);
	if (asked.pid != (uint32_t)members[m].tid)
		wrong("who is said to ask", asked.pid, members[m].tid);
	if (asked.data.nr != (int)o->nr || asked.data.args[1] != (uint64_t)o->args[1])
		wrong("the call that is asked about", asked.data.nr, o->nr);
	response.id = asked.id;
	response.flags = what == 'c' ? SECCOMP_USER_NOTIF_FLAG_CONTINUE : 0;
	response.val = what == 'v' ? value : 0;
	response.error = what == 'e' ? (int)-value : 0;
	CHECK(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) == 0);
}

/* --- outcomes ----------------------------------------------------------------------- */

void forget(unsigned m)
{
	members[m] = (struct member){ 0 };
	shared->tid[m] = 0;
}

static void dead(unsigned m)
{
	const char *how = next_word();
	const int wanted = atoi(how + 1), pid = members[m].pid;
	int status;

	CHECK(waitpid(pid, &status, __WALL) == pid);
	if (*how == 's' ? !WIFSIGNALED(status) || WTERMSIG(status) != wanted
			: !WIFEXITED(status) || WEXITSTATUS(status) != wanted)
		wrong("wait status", status, wanted);
	for (unsigned n = 0; n < MEMBERS; n++)
		if (members[n].pid == pid)
			forget(n);
}

static void gone(unsigned m)
{
	UNTIL(shared->lives[m] == 0);
	if (members[m].tid != members[m].pid) /* who has the process's number keeps it to the end */
		forget(m);
}

void result(unsigned m, long wanted)
{
	const struct answer a = take(m);

	if (a.trapped != 0 || a.result != wanted)
		wrong(a.trapped ? "SIGSYS came; result" : "result", a.result, wanted);
}

static void trap(unsigned m, const struct order *o)
{
	const long data = next_number();

	if (members[m].traced) {
		if (stop_of(m) != SIGSYS)
			wrong("no stop by SIGSYS", 0, 0);
		let_go(m, SIGSYS);
	}

	const struct answer a = take(m);

	if (a.trapped != 1 || a.data != data || a.nr != o->nr)
		wrong("SIGSYS's data", a.trapped ? a.data : -1, data);
}

void outcome(unsigned m, struct order *o)
{
	const char *what = next_word();

	for (;; what = next_word()) {
		if (strcmp(what, "trace") == 0)
			trace(m, o);
		else if (strcmp(what, "notify") == 0)
			notify(m, o);
		else
			break;
	}
	if (strcmp(what, "result") == 0)
		result(m, next_number());
	else if (strcmp(what, "trap") == 0)
		trap(m, o);
	else if (strcmp(what, "dead") == 0)
		dead(m);
	else
		gone(m);
}
