/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-first-answer-counts - what was answered is not answered again, though the process that
 * asked has not run since: another answer, a descriptor, and its id are refused.
 */
#include "notify.h"

static void calls(void)
{
	for (int i = 0; i < 20; i++)
		CHECK(raw0(SYS_getppid) == i);
}

/* Linux with another processor may have let it go already. */
static void too_late(int result)
{
	CHECK(result == -1 && (errno == EINPROGRESS || errno == ENOENT));
}

int main(void)
{
	const int listener = listen_for(SYS_getppid, 0);
	const pid_t child = child_of(calls);

	for (int i = 0; i < 20; i++) {
		const uint64_t id = receive(listener).id;
		const struct seccomp_notif_addfd a = { .id = id, .srcfd = 0 };

		CHECK(answer(listener, id, 0, i, 0) == 0);
		too_late(answer(listener, id, 0, -1, 0));
		too_late(answer(listener, id, 0, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE));
		too_late(ioctl(listener, SECCOMP_IOCTL_NOTIF_ADDFD, &a));
		REFUSED(id_valid(listener, id), ENOENT);
	}
	CHECK(end_of(child) == 0);
	return 0;
}
