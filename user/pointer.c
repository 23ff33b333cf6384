/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pointer - a pointer into the kernel, handed to the kernel: EFAULT,
 * every time. Used directly: SIGSEGV.
 *
 * Look for: no filter here. The kernel itself must not be tricked into reading or writing its
 * own memory on a program's behalf.
 */
#include "toy.h"

#include <fcntl.h>
#include <signal.h>
#include <stdint.h>

/* Where Portcullis begins; on Linux, too, the kernel's half of the addresses. */
static volatile uintptr_t kernel = 0xffffffff80000000;

static void touch(void)
{
	*(volatile char *)kernel = 1;
}

int main(void)
{
	const struct sock_fprog inside = { 1, (struct sock_filter *)kernel };
	int fds[2];

	EXPECT(pipe(fds) == 0);
	EXPECT(write(fds[1], (void *)kernel, 8) == -1 && errno == EFAULT);
	say("pointer: write() of the kernel's memory: %s\n", strerror(EFAULT));
	EXPECT(write(fds[1], "12345678", 8) == 8);
	EXPECT(read(fds[0], (void *)kernel, 8) == -1 && errno == EFAULT);
	say("pointer: read() into it: %s\n", strerror(EFAULT));

	EXPECT(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0);
	EXPECT(syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &inside) == -1 && errno == EFAULT);
	say("pointer: a filter that lies in it: %s\n", strerror(EFAULT));

	const int status = toy_child(touch);
	EXPECT(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	say("pointer: a child that wrote there itself died of SIGSEGV\n");
	return 0;
}
