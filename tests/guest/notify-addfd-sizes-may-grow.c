/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-addfd-sizes-may-grow - ADDFD's number holds the structure's size: too small or
 * huge is EINVAL, larger with zeroes is fine, with anything else E2BIG; a bad source is
 * EBADF before the id is looked for. All of it is read, and nothing behind it.
 */
#include "notify.h"

#define ADDFD(size) (0x40002103U | (unsigned)(size) << 16)

static struct {
	struct seccomp_notif_addfd a;
	uint64_t more[509];
} big; /* 4096 bytes */

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	char *const pages = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	REFUSED(ioctl(listener, ADDFD(23), &big), EINVAL);
	REFUSED(ioctl(listener, ADDFD(4096), &big), EINVAL);
	REFUSED(ioctl(listener, ADDFD(24), NULL), EFAULT);
	big.a.srcfd = 99;
	REFUSED(ioctl(listener, ADDFD(32), &big), EBADF);
	big.a.srcfd = 0;
	REFUSED(ioctl(listener, ADDFD(32), &big), ENOENT);
	REFUSED(ioctl(listener, ADDFD(24) | 0x80000000U, &big), ENOENT);
	REFUSED(ioctl(listener, ADDFD(4095), &big), ENOENT);
	CHECK(pages != MAP_FAILED && munmap(pages + 4096, 4096) == 0);
	REFUSED(ioctl(listener, ADDFD(32), pages + 4096 - 32), ENOENT);
	REFUSED(ioctl(listener, ADDFD(40), pages + 4096 - 32), EFAULT);
	REFUSED(ioctl(listener, ADDFD(24) + 2, &big), EINVAL); /* another number */
	big.a.newfd_flags = O_WRONLY;
	REFUSED(ioctl(listener, ADDFD(24), &big), EINVAL);
	big.a.newfd_flags = 0;
	big.more[0] = 1;
	REFUSED(ioctl(listener, ADDFD(32), &big), E2BIG);
	return 0;
}
