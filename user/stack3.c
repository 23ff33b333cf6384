/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stack3 - three filters at once: all of them answer every call, and the strictest answer counts.
 *
 * From strict to mild: KILL_PROCESS, KILL_THREAD, TRAP, ERRNO, USER_NOTIF, TRACE, LOG,
 * ALLOW. Between equal ones the newest filter's counts, with its data. A filter can only
 * ever take away. Look for: [stack newest ... oldest] at the end of the kernel's lines,
 * with each filter's own answer.
 */
#include "toy.h"

#include <signal.h>

#define ERROR(number) (SECCOMP_RET_ERRNO | (number))
#define ALLOW SECCOMP_RET_ALLOW
#define CALLS 4

static const struct {
	int nr;
	unsigned answers[3]; /* the oldest filter's first */
} calls[CALLS] = {
	{ SYS_getpgid, { ERROR(1), ALLOW, ALLOW } },
	{ SYS_getsid, { SECCOMP_RET_LOG, ERROR(2), ERROR(3) } },
	{ SYS_sched_yield, { ALLOW, SECCOMP_RET_LOG, ALLOW } },
	{ SYS_getppid, { SECCOMP_RET_KILL_PROCESS, ERROR(2), ALLOW } },
};

/* Adds one filter, with its answer to each of the calls. */
static void add(int filter)
{
	struct sock_filter code[2 + 2 * CALLS];
	struct sock_fprog program = { sizeof(code) / sizeof(code[0]), code };
	struct sock_filter *next = code;

	*next++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
	for (int i = 0; i < CALLS; i++) {
		*next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i].nr, 0, 1);
		*next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, calls[i].answers[filter]);
	}
	*next = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, ALLOW);
	EXPECT(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0);
}

static void doomed(void)
{
	syscall(SYS_getppid);
}

int main(void)
{
	EXPECT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	for (int filter = 0; filter < 3; filter++)
		add(filter);

	say("stack3: getpgid: ERRNO(1), ALLOW, ALLOW: the oldest filter is the strictest\n");
	EXPECT(getpgid(0) == -1 && errno == 1);
	say("stack3: getsid: LOG, ERRNO(2), ERRNO(3): of two equals the newer one\n");
	EXPECT(getsid(0) == -1 && errno == 3);
	say("stack3: sched_yield: ALLOW, LOG, ALLOW: it runs, and is noted\n");
	EXPECT(syscall(SYS_sched_yield) == 0);
	say("stack3: getppid, of a child: KILL_PROCESS, ERRNO(2), ALLOW: nothing is stricter\n");
	const int status = toy_child(doomed);
	EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
	return 0;
}
