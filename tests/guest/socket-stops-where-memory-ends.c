/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket-stops-where-memory-ends - what was sent at once is received whole or not at all:
 * where it cannot be copied, EFAULT, or the bytes of what came before. MSG_WAITALL, too,
 * ends there, and nothing is lost.
 */
#include "files.h"

static char sent[1000], got[1000];

static long receive(int fd, void *to, size_t n, int flags)
{
	return syscall(SYS_recvfrom, fd, to, n, flags, NULL, NULL);
}

static void send_one(int fd, char value)
{
	memset(sent, value, sizeof(sent));
	CHECK(write(fd, sent, sizeof(sent)) == sizeof(sent));
}

static void receive_one(int fd, char value)
{
	CHECK(receive(fd, got, sizeof(got), 0) == sizeof(got));
	CHECK(got[0] == value && got[sizeof(got) - 1] == value);
}

int main(void)
{
	static const int flags[] = { 0, MSG_WAITALL, MSG_PEEK, MSG_PEEK | MSG_WAITALL };
	char *end = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int s[2];

	CHECK(end != MAP_FAILED);
	end += 4096;
	CHECK(mprotect(end, 4096, PROT_NONE) == 0);
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, s) == 0);
	for (unsigned i = 0; i < COUNT_OF(flags); i++) {
		send_one(s[0], 'a');
		REFUSED(receive(s[1], end - 100, 1000, flags[i]), EFAULT);
		REFUSED(receive(s[1], end, 1000, flags[i]), EFAULT);
		receive_one(s[1], 'a');

		send_one(s[0], 'b');
		send_one(s[0], 'c');
		const long n = receive(s[1], end - 1500, 3000, flags[i]);
		CHECK(n == 1000);
		if ((flags[i] & MSG_PEEK) != 0)
			receive_one(s[1], 'b');
		receive_one(s[1], 'c');
	}
	return 0;
}
