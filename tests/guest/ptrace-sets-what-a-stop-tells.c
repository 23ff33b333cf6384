/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-sets-what-a-stop-tells - PTRACE_SET_SYSCALL_INFO: another number and arguments at the
 * entry and at a seccomp stop, another result at the exit, no call at all; and every refusal.
 */
#include "tracing.h"

#define SET_INFO 0x4212
#define GET_INFO 0x420e

struct info {
	uint8_t op, reserved;
	uint16_t flags;
	uint32_t arch;
	uint64_t pc, sp;
	union {
		struct {
			uint64_t nr, args[6];
		} entry;
		struct {
			int64_t rval;
			uint8_t is_error;
		} exit;
		struct {
			uint64_t nr, args[6];
			uint32_t ret_data, more;
		} seccomp;
	};
};

static pid_t child;

static struct info get(uint8_t op)
{
	struct info i;

	memset(&i, 0, sizeof(i));
	CHECK(ptrace(GET_INFO, child, (void *)sizeof(i), &i) > 0 && i.op == op);
	i.reserved = 0;
	i.flags = 0;
	return i;
}

static long set(struct info *i, size_t size)
{
	return ptrace(SET_INFO, child, (void *)size, i);
}

static void go(int request)
{
	int status;

	CHECK(ptrace(request, child, NULL, NULL) == 0 && waitpid(child, &status, 0) == child && WIFSTOPPED(status));
}

static void tracee(void)
{
	CHECK(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0);
	set_no_new_privs();
	CHECK(INSTALL(0, ON(SYS_getegid, SECCOMP_RET_TRACE | 7)) == 0);
	raise(SIGSTOP);
	CHECK(raw1(SYS_getppid, 1) == getpid()); /* getppid becomes getpid */
	CHECK(raw1(SYS_getppid, 1) == -77);	 /* its result becomes an error */
	CHECK(raw1(SYS_getppid, 1) == -ENOSYS);	 /* no call is made */
	CHECK(raw1(SYS_getegid, 1) == -EBADF);	 /* becomes close(-1) */
	_exit(9);
}

int main(void)
{
	struct info i;
	int status;

	child = fork();
	CHECK(child >= 0);
	if (child == 0)
		tracee();
	CHECK(waitpid(child, &status, 0) == child && WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	CHECK(ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP)) == 0);
	i = get(0);
	REFUSED(set(&i, sizeof(i)), EINVAL); /* no stop of a call */
	go(PTRACE_SYSCALL);
	i = get(1);
	CHECK(i.entry.nr == SYS_getppid);
	REFUSED(set(&i, sizeof(i) - 1), EINVAL);
	REFUSED(set((struct info *)KERNEL_ADDRESS, sizeof(i)), EFAULT);
	i.flags = 1;
	REFUSED(set(&i, sizeof(i)), EINVAL);
	i.flags = 0;
	i.reserved = 1;
	REFUSED(set(&i, sizeof(i)), EINVAL);
	i.reserved = 0;
	i.op = 2;
	REFUSED(set(&i, sizeof(i)), EINVAL);
	i.op = 1;
	i.entry.nr = 1UL << 32 | SYS_getpid;
	REFUSED(set(&i, sizeof(i)), ERANGE);
	i.entry.nr = SYS_getpid;
	CHECK(set(&i, sizeof(i) + 64) == 0 && get(1).entry.nr == SYS_getpid);
	go(PTRACE_SYSCALL);
	CHECK(get(2).exit.rval == child);
	go(PTRACE_SYSCALL); /* the getpid that it is compared with */
	go(PTRACE_SYSCALL);
	/* Another result. */
	go(PTRACE_SYSCALL);
	CHECK(get(1).entry.nr == SYS_getppid);
	go(PTRACE_SYSCALL);
	i = get(2);
	i.exit.rval = -77;
	i.exit.is_error = 1;
	CHECK(set(&i, sizeof(i)) == 0 && get(2).exit.rval == -77);
	/* None. */
	go(PTRACE_SYSCALL);
	i = get(1);
	i.entry.nr = (uint64_t)-1;
	CHECK(set(&i, sizeof(i)) == 0);
	go(PTRACE_SYSCALL);
	CHECK(get(2).exit.rval == -ENOSYS);
	/* At a filter's stop. */
	go(PTRACE_CONT);
	i = get(3);
	CHECK(i.seccomp.nr == SYS_getegid && i.seccomp.args[0] == 1 && i.seccomp.ret_data == 7);
	i.seccomp.nr = SYS_close;
	i.seccomp.args[0] = (uint64_t)-1;
	CHECK(set(&i, sizeof(i)) == 0);
	CHECK(ptrace(PTRACE_CONT, child, NULL, NULL) == 0 && waitpid(child, &status, 0) == child &&
	      exited_with(status, 9));
	return 0;
}
