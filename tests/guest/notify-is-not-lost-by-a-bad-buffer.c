/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-is-not-lost-by-a-bad-buffer - a notification that could not be written where RECV was told
 * to is new again: poll says so, no answer is taken for it yet, and the next RECV gets it, with the
 * same id; others in the queue keep their turn.
 */
#include "notify.h"

static void calls(void)
{
	CHECK(raw1(SYS_getppid, 1) == 4001);
}

static void calls_too(void)
{
	CHECK(raw1(SYS_getppid, 2) == 4002);
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	/* Zeroes that can be read and not be written. */
	void *const page = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct seccomp_notif first, second;
	pid_t child, other;

	CHECK(page != MAP_FAILED);
	child = child_of(calls);
	while (polled(listener) != POLLIN)
		sleep_ms(1);
	for (int i = 0; i < 3; i++) {
		REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, page), EFAULT);
		CHECK(polled(listener) == POLLIN);
	}
	other = child_of(calls_too);
	first = receive(listener);
	CHECK(first.pid == (uint32_t)child && first.data.args[0] == 1);
	CHECK(id_valid(listener, first.id) == 0);
	REFUSED(ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, page), EFAULT);
	CHECK(id_valid(listener, first.id) == 0);
	REFUSED(id_valid(listener, first.id + 1), ENOENT);
	REFUSED(answer(listener, first.id + 1, 0, 0, 0), EINPROGRESS);
	second = receive(listener);
	CHECK(second.pid == (uint32_t)other && second.data.args[0] == 2 && second.id == first.id + 1);
	CHECK(answer(listener, second.id, 4002, 0, 0) == 0);
	CHECK(end_of(other) == 0);
	CHECK(answer(listener, first.id, 4001, 0, 0) == 0);
	CHECK(end_of(child) == 0);
	CHECK(polled(listener) == 0);
	return 0;
}
