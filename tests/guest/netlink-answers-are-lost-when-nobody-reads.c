/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink-answers-are-lost-when-nobody-reads - answers of AF_NETLINK take no more memory than the
 * socket has room for: the reader is told once that some are lost. Such a socket has no options of
 * other families.
 */
#include "inet.h"

struct request {
	uint32_t length;
	uint16_t type, flags;
	uint32_t sequence, port;
	uint8_t family, pad;
	uint16_t device;
	int32_t index;
	uint32_t device_flags, change;
};

#define REQUESTS 20000

static long receive(int fd, int flags)
{
	char answer[4096];

	return syscall(SYS_recvfrom, fd, answer, sizeof(answer), flags, NULL, NULL);
}

int main(void)
{
	const struct request q = { .length = sizeof(q), .type = 18 /* RTM_GETLINK */, .flags = 1, .index = 1 };
	const int fd = (int)syscall(SYS_socket, 16 /* AF_NETLINK */, SOCK_RAW, 0);
	int value = 0, read = 0;
	unsigned len = sizeof(value);

	CHECK(fd >= 0);
	REFUSED(syscall(SYS_setsockopt, fd, 0 /* IPPROTO_IP */, 1, &value, sizeof(value)), ENOPROTOOPT);
	REFUSED(syscall(SYS_getsockopt, fd, 0 /* IPPROTO_IP */, 1, &value, &len), ENOPROTOOPT);
	for (int i = 0; i < REQUESTS; i++)
		CHECK(syscall(SYS_sendto, fd, &q, sizeof(q), 0, NULL, 0) == sizeof(q));
	REFUSED(receive(fd, MSG_DONTWAIT), ENOBUFS);
	while (receive(fd, MSG_DONTWAIT) > 0)
		read++;
	CHECK(errno == EAGAIN && read > 0 && read < REQUESTS / 10);
	CHECK(syscall(SYS_sendto, fd, &q, sizeof(q), 0, NULL, 0) == sizeof(q) && receive(fd, 0) > 0);
	return 0;
}
