/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-set-flags-knows-one - SET_FLAGS takes SYNC_WAKE_UP by value, and nothing else.
 */
#include "notify.h"

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);

	CHECK(ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, 1UL) == 0);
	CHECK(ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, 0UL) == 0);
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, 2UL), EINVAL);
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, 1UL << 32), EINVAL);
	return 0;
}
