/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tracer-sees-how-a-killed-thread-ends - of a thread that a filter kills while another lives, the
 * tracer hears that it ends by SIGSYS, at the stop before its end and when it is gone.
 */
#include "tracing.h"

static struct thread other;

static int be_killed(void *unused)
{
	(void)unused;
	raw0(SYS_getppid);
	return 0;
}

static void body(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, SECCOMP_RET_KILL_THREAD)) == 0);
	thread_start(&other, be_killed, NULL);
	thread_join(&other);
	sleep_ms(200); /* so that the tracer has seen it before the process ends */
	raw1(SYS_exit_group, 3);
}

int main(void)
{
	const pid_t child = traced(body, PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXIT);
	int ending = 0, ended = 0;

	CHECK(ptrace(PTRACE_CONT, child, 0, 0) == 0);
	for (;;) {
		unsigned long message = 0;
		int status;
		const pid_t pid = waitpid(-1, &status, __WALL);

		CHECK(pid > 0);
		if (!WIFSTOPPED(status)) {
			if (pid == child) {
				CHECK(exited_with(status, 3));
				break;
			}
			CHECK(killed_by(status, SIGSYS));
			ended++;
			continue;
		}
		if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8) && pid != child) {
			CHECK(ptrace(PTRACE_GETEVENTMSG, pid, 0, &message) == 0);
			CHECK((message & 0x7f) == SIGSYS);
			ending++;
		}
		CHECK(ptrace(PTRACE_CONT, pid, 0, 0) == 0);
	}
	CHECK(ending == 1 && ended == 1);
	return 0;
}
