/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-refusals-come-in-order - SEND: the pointer, then unknown flags, then the id, then whether
 * it was received; RECV wants zeroes.
 */
#include "notify.h"

static void calls(void)
{
	raw0(SYS_getppid);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	const pid_t child = child_of(calls);
	struct seccomp_notif n;
	uint64_t id;
	char byte;

	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, NULL), EFAULT);
	memset(&n, 0, sizeof(n));
	n.pid = 1;
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &n), EINVAL);

	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, NULL), EFAULT);
	REFUSED(answer(listener, 0, 0, 0, 2), EINVAL);
	id = receive(listener).id;
	REFUSED(answer(listener, id + 1, 0, 0, 2), EINVAL);
	REFUSED(answer(listener, id + 1, 0, 0, 0), ENOENT);
	REFUSED(id_valid(listener, id + 1), ENOENT);
	CHECK(id_valid(listener, id) == 0);
	CHECK(ioctl(listener, ID_VALID_WRONG_DIR, &id) == 0);
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, NULL), EFAULT);

	REFUSED(ioctl(listener, 0x5401, NULL), EINVAL); /* and not ENOTTY */
	REFUSED(read(listener, &byte, 1), EINVAL);
	CHECK(answer(listener, id, 0, 0, 0) == 0);
	CHECK(end_of(child) == 0);
	REFUSED(answer(listener, id, 0, 0, 0), ENOENT);
	return 0;
}
