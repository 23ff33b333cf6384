/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * descriptors-in-flight-are-limited - a user has no more descriptors on their way through sockets
 * than RLIMIT_NOFILE says, and one message more; receiving them, or closing the socket, makes room.
 */
#include "rights.h"

#include <sys/resource.h>

#define LIMIT 40
#define USER 54323 /* nobody else's */

static long send_one(int through)
{
	struct one_right right = { 20, SOL_SOCKET, SCM_RIGHTS, 2, 0 };

	return transfer_right(SYS_sendmsg, through, &right);
}

static long send_until_refused(int through)
{
	long n = 0;

	while (send_one(through) == 1)
		n++;
	CHECK(errno == ETOOMANYREFS);
	return n;
}

static void as_user(void)
{
	int a[2], b[2];

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, a) == 0);
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, b) == 0);
	CHECK(send_until_refused(a[0]) == LIMIT + 1);
	REFUSED(send_one(b[0]), ETOOMANYREFS); /* another socket makes no difference */
	close(receive_fd(a[1]));
	CHECK(send_until_refused(b[0]) == 1);
	close(a[0]);
	close(a[1]);
	CHECK(send_until_refused(b[0]) == LIMIT);
}

static void as_root(void)
{
	int a[2];

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, a) == 0);
	for (int i = 0; i < 3 * LIMIT; i++)
		CHECK(send_one(a[0]) == 1);
}

int main(void)
{
	const struct rlimit limit = { LIMIT, LIMIT };

	CHECK(setrlimit(RLIMIT_NOFILE, &limit) == 0);
	CHECK(exited_with(status_of(as_root), 0));
	CHECK(syscall(SYS_setgid, USER) == 0 && syscall(SYS_setuid, USER) == 0);
	CHECK(exited_with(status_of(as_user), 0));
	return 0;
}
