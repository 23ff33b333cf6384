/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strict-kills-only-its-thread - strict mode binds the thread that asked for it,
 * and only that thread dies of it.
 */
#include "guest.h"

static struct thread other;
static volatile int passed;

static int call(void *unused)
{
	(void)unused;
	raw(SYS_prctl, PR_SET_SECCOMP, SECCOMP_MODE_STRICT, 0, 0, 0, 0);
	raw0(SYS_getppid);
	passed = 1;
	return 0;
}

int main(void)
{
	thread_start(&other, call, NULL);
	thread_join(&other);
	CHECK(!passed);
	CHECK(prctl(PR_GET_SECCOMP) == 0);
	return 0;
}
