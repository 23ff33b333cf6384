/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * thread-inherits-the-filters - a thread is judged by its maker's stack.
 */
#include "guest.h"

static struct thread other;
static volatile long result;

static int call(void *unused)
{
	(void)unused;
	result = raw0(SYS_getppid);
	return 0;
}

int main(void)
{
	CHECK(INSTALL(0, ON(SYS_getppid, ERRNO(5))) == 0);
	thread_start(&other, call, NULL);
	thread_join(&other);
	CHECK(result == -5);
	return 0;
}
