/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thread-filter-leaves-its-siblings-alone - without TSYNC a filter binds
 * only the thread that installs it.
 */
#include "guest.h"

static struct thread other;
static volatile long installed, result;

static int install_and_call(void *unused)
{
	static const struct sock_filter filter[] = { ON(SYS_getppid, ERRNO(5)) };
	static const struct sock_fprog program = { 4, (struct sock_filter *)(uintptr_t)filter };

	(void)unused;
	installed = raw(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, (long)&program, 0, 0, 0);
	result = raw0(SYS_getppid);
	return 0;
}

int main(void)
{
	thread_start(&other, install_and_call, NULL);
	thread_join(&other);
	CHECK(installed == 0);
	CHECK(result == -5);
	CHECK(raw0(SYS_getppid) > 0);
	CHECK(prctl(PR_GET_SECCOMP) == 0);
	return 0;
}
