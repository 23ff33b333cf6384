/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-seccomp-event-may-lead-to-a-listener - a tracer that is asked about a call makes it
 * another one, about which a listener is to be asked: it is.
 */
#include "notify.h"
#include "tracing.h"

static volatile long asked = SYS_getuid;

static void body(void)
{
	CHECK(INSTALL(0, ON(SYS_getuid, SECCOMP_RET_TRACE)) == 0);
	CHECK(raw1(asked, 0) == 88);
}

int main(void)
{
	const int listener = listen_for(SYS_getsid, 0);
	const pid_t child = traced(body, PTRACE_O_TRACESECCOMP);
	int status = go_on(child, PTRACE_CONT, 0);
	struct seccomp_notif n;
	struct registers regs;

	CHECK(IS_EVENT(status, PTRACE_EVENT_SECCOMP));
	regs = registers_of(child);
	REG_NR(regs) = SYS_getsid;
	set_registers(child, regs);
	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	n = receive(listener);
	CHECK(n.data.nr == SYS_getsid);
	CHECK(answer(listener, n.id, 0, 88, 0) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(exited_with(status, 0));
	return 0;
}
