/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ptrace-dumps-filters - PTRACE_SECCOMP_GET_FILTER gives the instructions as they were installed,
 * the oldest as 0; METADATA its flags.
 */
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

int main(void)
{
	const pid_t child = traced(body, 0);
	struct sock_filter insns[8];
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
	CHECK(INSTALL(0, ALLOW) == 0);
	REFUSED(ptrace(PTRACE_SECCOMP_GET_FILTER, child, 0, insns), EACCES);
	status = go_on(child, PTRACE_CONT, 0);
	CHECK(exited_with(status, 0));
	return 0;
}
