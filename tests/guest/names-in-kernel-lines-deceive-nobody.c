/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names-in-kernel-lines-deceive-nobody - a program that calls itself by a line of
 * the kernel's stands in the kernel's lines in hexadecimal: the line about a fault,
 * and the one about an absent call.
 */
#include "guest.h"

#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

int main(void)
{
	volatile uintptr_t nowhere = 8;
	int status;

	CHECK(prctl(PR_SET_NAME, "x\"\naudit: no") == 0);
	syscall(SYS_fanotify_init, 0, 0);
	if (fork() == 0)
		*(volatile int *)nowhere = 1;
	CHECK(wait(&status) > 0 && WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	return 0;
}
