/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tracer - TRACE with somebody listening: a tracer that sees the marked calls, and only those.
 *
 * Look for: the child makes many calls, the tracer wakes for two. It lets them run; it could have
 * changed them, and then the filters would have been asked again.
 */
#include "toy.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h> /* after it, or glibc's enum is in the way */

static void child(void)
{
	EXPECT(ptrace(PTRACE_TRACEME, 0, 0, 0) == 0);
	raise(SIGSTOP); /* until the tracer has said what it wants to hear of */
	toy_answer(SYS_getpgid, SECCOMP_RET_TRACE | 3);
	EXPECT(getpgid(0) >= 0);
	EXPECT(getsid(0) >= 0 && getppid() >= 0);
	EXPECT(getpgid(getpid()) >= 0);
	say("tracer: the child: all my calls ran\n");
}

int main(void)
{
	struct ptrace_syscall_info call;
	int seen = 0, status;
	const pid_t pid = fork();

	if (pid == 0) {
		child();
		_exit(0);
	}
	EXPECT(waitpid(pid, &status, 0) == pid && WIFSTOPPED(status));
	EXPECT(ptrace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESECCOMP | PTRACE_O_EXITKILL) == 0);
	while (ptrace(PTRACE_CONT, pid, 0, 0) == 0 && waitpid(pid, &status, 0) == pid && WIFSTOPPED(status)) {
		EXPECT(status >> 8 == (SIGTRAP | PTRACE_EVENT_SECCOMP << 8));
		EXPECT(ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(call), &call) > 0);
		EXPECT(call.seccomp.nr == SYS_getpgid && call.seccomp.ret_data == 3);
		seen++;
		say("tracer: the tracer sees getpgid(%s), data %d\n", call.seccomp.args[0] == 0 ? "0" : "its pid",
		    (int)call.seccomp.ret_data);
	}
	EXPECT(seen == 2 && status == 0);
	return 0;
}
