/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trace-that-is-let-run-is-not-logged - under FLAG_LOG a call that a filter puts to the tracer, who
 * lets it run, leaves no record.
 */
#include "tracing.h"

static void body(void)
{
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getpgid, SECCOMP_RET_TRACE | 5)) == 0);
	CHECK(raw1(SYS_getpgid, 0) > 0);
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACESECCOMP);
	unsigned long message = 0;
	int status = go_on(child, PTRACE_CONT, 0);

	CHECK(status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8));
	CHECK(ptrace(PTRACE_GETEVENTMSG, child, 0, &message) == 0 && message == 5);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 0));
	return 0;
}
