/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket-options-of-few-are-kept - a low water mark holds a reader of a stream back, a datagram
 * tells when it came, and a cookie, a mark, a processor and a device are told again; what cannot be
 * set is refused.
 */
#include "capable.h"
#include "inet.h"

#define DONTROUTE 5
#define NO_CHECK 11
#define RCVLOWAT 18
#define SNDLOWAT 19
#define BINDTODEVICE 25
#define DETACH_FILTER 27
#define TIMESTAMP 29
#define PASSSEC 34
#define TIMESTAMPNS 35
#define MARK 36
#define RXQ_OVFL 40
#define INCOMING_CPU 49
#define COOKIE 57
#define PEERGROUPS 59

static long get(int fd, int option, void *value, unsigned *len)
{
	return syscall(SYS_getsockopt, fd, SOL_SOCKET, option, value, len);
}

static int value_of(int fd, int option)
{
	return get_option(fd, SOL_SOCKET, option);
}

static long set(int fd, int option, int value)
{
	return set_option(fd, SOL_SOCKET, option, value);
}

static uint64_t cookie(int fd)
{
	uint64_t c = 0;
	unsigned len = sizeof(c);

	CHECK(get(fd, COOKIE, &c, &len) == 0 && len == sizeof(c) && c != 0);
	len = 7;
	REFUSED(get(fd, COOKIE, &c, &len), EINVAL);
	return c;
}

static void is_kept(int fd)
{
	static const int flags[] = { DONTROUTE, NO_CHECK, RXQ_OVFL };

	for (size_t n = 0; n < COUNT_OF(flags); n++)
		CHECK(value_of(fd, flags[n]) == 0 && set(fd, flags[n], 7) == 0 && value_of(fd, flags[n]) == 1);
	CHECK(value_of(fd, SNDLOWAT) == 1);
	REFUSED(set(fd, SNDLOWAT, 5), ENOPROTOOPT);
	CHECK(value_of(fd, RCVLOWAT) == 1 && set(fd, RCVLOWAT, 100) == 0 && value_of(fd, RCVLOWAT) == 100);
	CHECK(set(fd, RCVLOWAT, 0) == 0 && value_of(fd, RCVLOWAT) == 1);
	CHECK(value_of(fd, MARK) == 0 && set(fd, MARK, 9) == 0 && value_of(fd, MARK) == 9);
	CHECK(value_of(fd, INCOMING_CPU) == -1 && set(fd, INCOMING_CPU, 0) == 0 && value_of(fd, INCOMING_CPU) == 0);
	REFUSED(set(fd, DETACH_FILTER, 0), ENOENT);
	REFUSED(set(fd, COOKIE, 1), ENOPROTOOPT);
	/* Of two forms of time, the last one counts; and either is turned off by 0. */
	CHECK(value_of(fd, TIMESTAMP) == 0 && set(fd, TIMESTAMP, 1) == 0 && value_of(fd, TIMESTAMP) == 1);
	CHECK(set(fd, TIMESTAMPNS, 1) == 0 && value_of(fd, TIMESTAMP) == 0 && value_of(fd, TIMESTAMPNS) == 1);
	CHECK(set(fd, TIMESTAMP, 0) == 0 && value_of(fd, TIMESTAMPNS) == 0);
}

static void device(int fd)
{
	char name[16];
	unsigned len = sizeof(name);

	CHECK(get(fd, BINDTODEVICE, name, &len) == 0 && len == 0);
	REFUSED(syscall(SYS_setsockopt, fd, SOL_SOCKET, BINDTODEVICE, "nothing", 7), ENODEV);
	CHECK(syscall(SYS_setsockopt, fd, SOL_SOCKET, BINDTODEVICE, "lo", 2) == 0);
	len = sizeof(name);
	CHECK(get(fd, BINDTODEVICE, name, &len) == 0 && len == 3 && strcmp(name, "lo") == 0);
	len = 15;
	REFUSED(get(fd, BINDTODEVICE, name, &len), EINVAL);
	REFUSED(syscall(SYS_setsockopt, fd, SOL_SOCKET, BINDTODEVICE, KERNEL_ADDRESS, 3), EFAULT);
	CHECK(syscall(SYS_setsockopt, fd, SOL_SOCKET, BINDTODEVICE, "", 0) == 0);
	len = sizeof(name);
	CHECK(get(fd, BINDTODEVICE, name, &len) == 0 && len == 0);
}

static void without_rights(void)
{
	const int fd = udp(AF_INET);

	CHECK(syscall(SYS_setsockopt, fd, SOL_SOCKET, BINDTODEVICE, "lo", 2) == 0);
	set_capable(0);
	REFUSED(set(fd, MARK, 1), EPERM);
	REFUSED(syscall(SYS_setsockopt, fd, SOL_SOCKET, BINDTODEVICE, "", 0), EPERM);
}

static int pair[2];

static void writes_late(void)
{
	CHECK(write(pair[0], "1234", 4) == 4);
	sleep_ms(20);
	CHECK(write(pair[0], "567890", 6) == 6);
}

static void low_water(void)
{
	const int listener = tcp(AF_INET);
	union address a = v4(LOCAL, 0);
	char text[32];
	pid_t child;
	int fd, end;

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, pair) == 0 && set(pair[1], RCVLOWAT, 10) == 0);
	child = child_of(writes_late);
	CHECK(read(pair[1], text, sizeof(text)) == 10 && end_of(child) == 0);
	child = child_of(writes_late);
	CHECK(read(pair[1], text, 3) == 3 && end_of(child) == 0); /* no more than there is room for */
	CHECK(syscall(SYS_recvfrom, pair[1], text, sizeof(text), MSG_DONTWAIT, 0, 0) == 7);
	CHECK(write(pair[0], "ab", 2) == 2 && is_ready(pair[1], POLLIN) == POLLIN);
	CHECK(syscall(SYS_recvfrom, pair[1], text, sizeof(text), MSG_DONTWAIT, 0, 0) == 2);
	CHECK(write(pair[0], "cd", 2) == 2 && close(pair[0]) == 0);
	CHECK(read(pair[1], text, sizeof(text)) == 2 && read(pair[1], text, sizeof(text)) == 0);

	/* Of TCP, poll waits for as many, too; what accept returns has the listener's mark. */
	CHECK(set(listener, RCVLOWAT, 10) == 0 && bind_to(listener, a) == 0 && syscall(SYS_listen, listener, 1) == 0);
	fd = tcp(AF_INET);
	CHECK(connect_to(fd, name_of(listener, false)) == 0);
	end = (int)syscall(SYS_accept4, listener, 0, 0, 0);
	CHECK(end >= 0 && value_of(end, RCVLOWAT) == 10);
	CHECK(write(fd, "1234", 4) == 4);
	sleep_ms(20);
	CHECK(is_ready(end, POLLIN) == 0);
	CHECK(write(fd, "567890", 6) == 6);
	UNTIL(is_ready(end, POLLIN) == POLLIN);
	CHECK(read(end, text, sizeof(text)) == 10);
}

/* The control message of TYPE that comes with a datagram from FDS[0] to FDS[1]: its two words. */
static void stamped(const int *fds, int type, long *words)
{
	char byte = 'x';
	struct iovec piece = { &byte, 1 };
	struct {
		uint64_t length;
		int level, type;
		long words[2];
	} control;
	struct message_header m = { NULL, 0, &piece, 1, &control, sizeof(control), 0 };

	CHECK(write(fds[0], &byte, 1) == 1 && syscall(SYS_recvmsg, fds[1], &m, 0) == 1);
	CHECK(m.control_length == sizeof(control) && control.length == sizeof(control));
	CHECK(control.level == SOL_SOCKET && control.type == type);
	memcpy(words, control.words, sizeof(control.words));
}

static void times(void)
{
	struct timespec before, after;
	long words[2];
	int fds[2];

	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_DGRAM, 0, fds) == 0 && set(fds[1], TIMESTAMPNS, 1) == 0);
	clock_gettime(CLOCK_REALTIME, &before);
	stamped(fds, TIMESTAMPNS, words);
	clock_gettime(CLOCK_REALTIME, &after);
	CHECK(words[0] >= before.tv_sec && words[0] <= after.tv_sec && words[1] >= 0 && words[1] < 1000000000);
	CHECK(set(fds[1], TIMESTAMP, 1) == 0);
	stamped(fds, TIMESTAMP, words);
	CHECK(words[0] >= before.tv_sec && words[1] >= 0 && words[1] < 1000000);
}

/* The groups that the peer had when the two were connected. */
static void groups_of_the_peer(void)
{
	const unsigned groups[3] = { 7, 8, 9 };
	unsigned got[8] = { 0 }, len = sizeof(got);
	int fds[2];

	CHECK(syscall(SYS_setgroups, 3, groups) == 0);
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, fds) == 0 && syscall(SYS_setgroups, 0, NULL) == 0);
	CHECK(get(fds[0], PEERGROUPS, got, &len) == 0 && len == 12 && memcmp(got, groups, 12) == 0);
	len = 8;
	REFUSED(get(fds[0], PEERGROUPS, got, &len), ERANGE);
	CHECK(len == 12);
	CHECK(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, fds) == 0);
	CHECK(get(fds[0], PEERGROUPS, got, &len) == 0 && len == 0);
	REFUSED(get(udp(AF_INET), PEERGROUPS, got, &len), ENODATA);
	REFUSED(set(fds[0], PEERGROUPS, 1), ENOPROTOOPT);
}

int main(void)
{
	const int stream = tcp(AF_INET), datagram = udp(AF_INET),
		  local = (int)syscall(SYS_socket, AF_UNIX, SOCK_DGRAM, 0);

	is_kept(stream);
	is_kept(datagram);
	is_kept(local);
	CHECK(set(datagram, RCVLOWAT, -5) == 0 && value_of(datagram, RCVLOWAT) == INT32_MAX);
	CHECK(value_of(local, PASSSEC) == 0 && set(local, PASSSEC, 1) == 0 && value_of(local, PASSSEC) == 1);
	CHECK(cookie(stream) == cookie(stream) && cookie(stream) != cookie(datagram));
	device(stream);
	device(local);
	CHECK(status_of(without_rights) == 0);
	low_water();
	times();
	CHECK(status_of(groups_of_the_peer) == 0);
	return 0;
}
