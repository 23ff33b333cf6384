/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * notify-ids-begin-at-random - an id that one listener gave means nothing to another. A listener
 * has its name in /proc.
 */
#include "notify.h"

static void asks(void)
{
	raw0(SYS_getppid);
}

static uint64_t first_id(int listener)
{
	const pid_t child = child_of(asks);
	const uint64_t id = receive(listener).id;

	CHECK(answer(listener, id, 0, 0, 0) == 0 && end_of(child) == 0);
	return id;
}

int main(void)
{
	int listener = listen_for(SYS_getppid, 0);
	const uint64_t id = first_id(listener);
	char path[32], name[64];
	ssize_t n;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", listener);
	n = syscall(SYS_readlinkat, AT_FDCWD, path, name, sizeof(name));
	CHECK(n == 25 && memcmp(name, "anon_inode:seccomp notify", 25) == 0);
	close(listener);
	listener = listen_for(SYS_getppid, 0);
	CHECK(id >> 32 != first_id(listener) >> 32);
	return 0;
}
