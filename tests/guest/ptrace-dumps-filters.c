/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-dumps-filters - PTRACE_SECCOMP_GET_FILTER gives the instructions as they were installed,
 * the oldest as 0, until the tracee has ended; METADATA its flags, as far as there is room. Both
 * are for tracers with CAP_SYS_ADMIN and without filters.
 */
#include "capable.h"
#include "tracing.h"

static void body(void)
{
	raise(SIGSTOP);
	CHECK(INSTALL(0, ALLOW) == 0);
	CHECK(INSTALL(SECCOMP_FILTER_FLAG_LOG, ON(SYS_getppid, ERRNO(3))) == 0);
	raise(SIGSTOP);
}

struct metadata {
	uint64_t index, flags;
};

static void strictly(void)
{
	CHECK(prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) == 0);
	raw(SYS_write, -1, 0, 0, 0, 0, 0);
	raw1(SYS_exit, 0);
}

static void strict_has_none(void)
{
	const pid_t child = traced(strictly, PTRACE_O_TRACESYSGOOD);
	struct sock_filter insns[8];

	do
		CHECK(IS_CALL(go_on(child, PTRACE_SYSCALL, 0)));
	while (REG_NR(registers_of(child)) != SYS_write);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 0, insns), EINVAL);
	CHECK(exited_with(go_on(child, PTRACE_CONT, 0), 0));
}

int main(void)
{
	const uint64_t all = capable();
	const pid_t child = traced(body, PTRACE_O_TRACEEXIT);
	struct sock_filter insns[8];
	static const struct metadata unwritable = { 0, 0 };
	struct metadata m = { 0, 7 };
	int status = go_on(child, PTRACE_CONT, 0);

	CHECK(IS_STOP(status, SIGSTOP));
	REFUSED(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 0, insns), EINVAL); /* it has none */
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_STOP(status, SIGSTOP));
	CHECK(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 0, NULL) == 1);
	CHECK(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 1, insns) == 4);
	CHECK(insns[0].code == (BPF_LD | BPF_W | BPF_ABS) && insns[2].k == (SECCOMP_RET_ERRNO | 3));
	REFUSED(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 2, insns), ENOENT);
	CHECK(ptrace(PTRACE_SECCOMP_GET_METADATA, child, sizeof(m), &m) == 16);
	CHECK(m.flags == 0);
	m.index = 1;
	CHECK(ptrace(PTRACE_SECCOMP_GET_METADATA, child, sizeof(m), &m) == 16);
	CHECK(m.flags == SECCOMP_FILTER_FLAG_LOG);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_METADATA, child, 7, &m), EINVAL);
	m.flags = 77;
	CHECK(ptrace(PTRACE_SECCOMP_GET_METADATA, child, 8, &m) == 8 && m.flags == 77);
	CHECK(ptrace(PTRACE_SECCOMP_GET_METADATA, child, 4096, &m) == 16 && m.flags == SECCOMP_FILTER_FLAG_LOG);
	m.index = 2;
	REFUSED(ptrace(PTRACE_SECCOMP_GET_METADATA, child, sizeof(m), &m), ENOENT);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_METADATA, child, sizeof(m), KERNEL_ADDRESS), EFAULT);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_METADATA, child, sizeof(m), &unwritable), EFAULT);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 0, &unwritable), EFAULT);
	set_capable(all & ~SYS_ADMIN);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 0, insns), EACCES);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_METADATA, child, sizeof(m), &m), EACCES);
	set_capable(all);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(IS_EVENT(status, PTRACE_EVENT_EXIT));
	CHECK(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 1, NULL) == 4);
	strict_has_none();
	CHECK(INSTALL(0, ALLOW) == 0);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 0, insns), EACCES);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_METADATA, child, sizeof(m), &m), EACCES);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 0));
	return 0;
}
