/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-addfd-sizes-may-grow - ADDFD's number holds the structure's size: too small or
 * huge is EINVAL, larger with zeroes is fine, with anything else E2BIG; a bad source is
 * EBADF before the id is looked for.
 */
#include "notify.h"

#define ADDFD(size) (0x40002103U | (unsigned)(size) << 16)

static struct {
	struct seccomp_notif_addfd a;
	uint64_t more;
} big;

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);

	REFUSED(ioctl(listener, ADDFD(23), &big), EINVAL);
	REFUSED(ioctl(listener, ADDFD(4096), &big), EINVAL);
	REFUSED(ioctl(listener, ADDFD(24), NULL), EFAULT);
	big.a.srcfd = 99;
	REFUSED(ioctl(listener, ADDFD(32), &big), EBADF);
	big.a.srcfd = 0;
	REFUSED(ioctl(listener, ADDFD(32), &big), ENOENT);
	REFUSED(ioctl(listener, ADDFD(24) | 0x80000000U, &big), ENOENT);
	big.more = 1;
	REFUSED(ioctl(listener, ADDFD(32), &big), E2BIG);
	return 0;
}
