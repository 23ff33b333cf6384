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
	(void)unused;
	installed = INSTALL_RAW(0, ON(SYS_getppid, ERRNO(5)));
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
