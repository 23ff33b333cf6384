/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * absent-things-have-a-line - what Linux has and this kernel has not is refused as from a Linux
 * that was built without it, and said once, by name: nobody takes it for a filter's doing. What
 * Linux refuses as well is not said.
 */
#include "files.h"

#include <sys/ioctl.h>

int main(void)
{
	int s[2];
	int value = 1;
	unsigned word = 0;

	for (int i = 0; i < 2; i++) {
		REFUSED(syscall(SYS_socket, 29, SOCK_DGRAM, 0), EAFNOSUPPORT); /* AF_CAN */
		REFUSED(syscall(SYS_socket, 17, SOCK_DGRAM, 0), EAFNOSUPPORT); /* AF_PACKET */
	}
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, s) == 0);
	REFUSED(syscall(SYS_setsockopt, s[0], SOL_SOCKET, 26, &value, sizeof(value)), ENOPROTOOPT);
	REFUSED(syscall(SYS_ioctl, s[0], 0x8912, &value), ENOTTY);
	REFUSED(syscall(SYS_ioctl, s[0], 0x5401, &value), ENOTTY); /* TCGETS: no terminal */
	REFUSED(prctl(35, 1, 0, 0, 0), EINVAL);			   /* PR_SET_MM */
	REFUSED(prctl(123456, 1, 0, 0, 0), EINVAL);
	REFUSED(syscall(SYS_futex, &word, 6, 0, NULL, NULL, 0), ENOSYS); /* FUTEX_LOCK_PI */
	REFUSED(syscall(SYS_unshare, CLONE_NEWTIME), EINVAL);
	REFUSED(syscall(451, 0, 0, 0, 0), ENOSYS); /* cachestat */
	return 0;
}
