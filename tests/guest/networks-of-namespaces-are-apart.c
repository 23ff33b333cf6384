/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * networks-of-namespaces-are-apart - a new namespace of networks has a loopback that is down until
 * somebody turns it on, by ioctl or by AF_NETLINK; its ports and abstract names are its own.
 */
#include "inet.h"

#include <sys/ioctl.h>
#ifdef __riscv
#include <abi/netlink.h>
#define FLAGS(r) ((r).flags)
#else
#include <linux/if_addr.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/un.h>
#define FLAGS(r) ((r).ifr_flags)
#endif

static int flags_of_loopback(int fd)
{
	struct ifreq r;

	memset(&r, 0, sizeof(r));
	strcpy(r.ifr_name, "lo");
	CHECK(ioctl(fd, 0x8913 /* SIOCGIFFLAGS */, &r) == 0);
	return FLAGS(r) & 0xffff;
}

static long turn(int fd, int flags)
{
	struct ifreq r;

	memset(&r, 0, sizeof(r));
	strcpy(r.ifr_name, "lo");
	FLAGS(r) = (short)flags;
	return ioctl(fd, 0x8914 /* SIOCSIFFLAGS */, &r);
}

static int listener(unsigned short port)
{
	const int fd = (int)syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in a;

	memset(&a, 0, sizeof(a));
	a.sin_family = AF_INET;
	a.sin_port = (unsigned short)(port << 8 | port >> 8);
	memcpy(&a.sin_addr, "\x7f\0\0\1", 4);
	if (syscall(SYS_bind, fd, &a, sizeof(a)) != 0 || syscall(SYS_listen, fd, 1) != 0)
		return -errno;
	return fd;
}

static long connects(unsigned short port)
{
	const int fd = (int)syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in a;
	long result;

	memset(&a, 0, sizeof(a));
	a.sin_family = AF_INET;
	a.sin_port = (unsigned short)(port << 8 | port >> 8);
	memcpy(&a.sin_addr, "\x7f\0\0\1", 4);
	result = syscall(SYS_connect, fd, &a, sizeof(a)) == 0 ? 0 : -errno;
	close(fd);
	return result;
}

static int abstract(const char *name)
{
	const int fd = (int)syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
	struct sockaddr_un a;

	memset(&a, 0, sizeof(a));
	a.sun_family = AF_UNIX;
	memcpy(a.sun_path + 1, name, strlen(name));
	return syscall(SYS_bind, fd, &a, 2 + 1 + strlen(name)) == 0 ? fd : -errno;
}

/* ---- netlink ---- */

static struct {
	struct nlmsghdr h;
	union {
		struct ifinfomsg link;
		struct ifaddrmsg address;
	};
} request;

static union {
	struct nlmsghdr h;
	char bytes[8192];
} answer;

static int netlink(void)
{
	const int fd = (int)syscall(SYS_socket, AF_NETLINK, SOCK_RAW, NETLINK_ROUTE);
	struct sockaddr_nl a;
	unsigned size = sizeof(a);

	CHECK(fd >= 0);
	memset(&a, 0, sizeof(a));
	a.nl_family = AF_NETLINK;
	CHECK(syscall(SYS_bind, fd, &a, sizeof(a)) == 0);
	CHECK(syscall(SYS_getsockname, fd, &a, &size) == 0 && size == sizeof(a) && a.nl_pid == (unsigned)getpid());
	return fd;
}

static long ask(int fd, int type, int flags, size_t body)
{
	request.h.nlmsg_len = (unsigned)(sizeof(request.h) + body);
	request.h.nlmsg_type = (unsigned short)type;
	request.h.nlmsg_flags = (unsigned short)(NLM_F_REQUEST | flags);
	request.h.nlmsg_seq++;
	CHECK(write(fd, &request, request.h.nlmsg_len) == (long)request.h.nlmsg_len);
	return read(fd, &answer, sizeof(answer));
}

/* What the kernel says of it: 0 or -errno. */
static int acknowledged(int fd, int type, size_t body)
{
	const struct nlmsgerr *e = (const void *)(answer.bytes + sizeof(answer.h));

	CHECK(ask(fd, type, NLM_F_ACK, body) >= (long)(sizeof(answer.h) + sizeof(*e)));
	CHECK(answer.h.nlmsg_type == NLMSG_ERROR && answer.h.nlmsg_seq == request.h.nlmsg_seq);
	CHECK(answer.h.nlmsg_pid == (unsigned)getpid() && e->msg.nlmsg_type == type);
	return e->error;
}

/* How many messages of TYPE a dump has, up to its end. */
static int count_dumped(int fd, int question, int type)
{
	long n = ask(fd, question, NLM_F_DUMP, sizeof(request.link));
	int count = 0;

	for (;;) {
		long at = 0;

		while (at < n) {
			const struct nlmsghdr *h = (const void *)(answer.bytes + at);

			CHECK(h->nlmsg_seq == request.h.nlmsg_seq && h->nlmsg_len >= sizeof(*h));
			if (h->nlmsg_type == NLMSG_DONE)
				return count;
			count += h->nlmsg_type == type;
			at += (h->nlmsg_len + 3) & ~3U;
		}
		n = read(fd, &answer, sizeof(answer));
		CHECK(n > 0);
	}
}

static void inside(void)
{
	int fd, nl;

	CHECK(syscall(SYS_unshare, CLONE_NEWNET) == 0);
	fd = (int)syscall(SYS_socket, AF_INET, SOCK_DGRAM, 0);
	nl = netlink();
	CHECK((flags_of_loopback(fd) & 1) == 0 && connects(40123) == -ENETUNREACH);
	CHECK(count_dumped(nl, RTM_GETLINK, RTM_NEWLINK) >= 1 && count_dumped(nl, RTM_GETADDR, RTM_NEWADDR) == 0);
	CHECK(turn(fd, 1) == 0 && (flags_of_loopback(fd) & 0x49) == 0x49);
	CHECK(count_dumped(nl, RTM_GETADDR, RTM_NEWADDR) >= 1);
	CHECK(connects(40123) == -ECONNREFUSED && listener(40123) >= 0 && connects(40123) == 0);
	CHECK(abstract("a name of networks") >= 0);
	CHECK(turn(fd, 0) == 0 && (flags_of_loopback(fd) & 1) == 0);
	/* And by messages. */
	memset(&request, 0, sizeof(request));
	request.link.ifi_index = 1;
	request.link.ifi_flags = request.link.ifi_change = 1;
	CHECK(acknowledged(nl, RTM_NEWLINK, sizeof(request.link)) == 0 && (flags_of_loopback(fd) & 1) == 1);
	request.link.ifi_index = 99;
	CHECK(acknowledged(nl, RTM_SETLINK, sizeof(request.link)) == -ENODEV);
	CHECK(acknowledged(nl, RTM_NEWLINK, 4) == -EINVAL);
	CHECK(acknowledged(nl, 250, sizeof(request.link)) == -EOPNOTSUPP);
	CHECK(syscall(SYS_setgid, 12345) == 0 && syscall(SYS_setuid, 12345) == 0);
	REFUSED(turn(fd, 0), EPERM);
	request.link.ifi_index = 1;
	CHECK(acknowledged(nl, RTM_NEWLINK, sizeof(request.link)) == -EPERM);
	_exit(0);
}

int main(void)
{
	const int outside = listener(40123), name = abstract("a name of networks");
	struct ifreq r;
	int status;
	pid_t child;

	CHECK(outside >= 0 && name >= 0 && listener(40123) == -EADDRINUSE);
	CHECK(abstract("a name of networks") == -EADDRINUSE);
	child = fork();
	CHECK(child >= 0);
	if (child == 0)
		inside();
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	CHECK(connects(40123) == 0 && (flags_of_loopback(outside) & 0x49) == 0x49);
	memset(&r, 0, sizeof(r));
	strcpy(r.ifr_name, "missing");
	REFUSED(ioctl(outside, 0x8913, &r), ENODEV);
	memset(&r, 0, sizeof(r));
	strcpy(r.ifr_name, "lo");
	CHECK(ioctl(name, 0x8933 /* SIOCGIFINDEX */, &r) == 0);
	return 0;
}
