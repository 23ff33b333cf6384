/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interfaces-tell-of-themselves - ioctls on sockets name the addresses of all interfaces, and tell
 * address, mask, MTU and the like of one; addresses only of IPv4, and only while it is up.
 */
#include "inet.h"

#define CONF 0x8912
#define ADDR 0x8915
#define DSTADDR 0x8917
#define BRDADDR 0x8919
#define NETMASK 0x891b

/* A struct ifreq. */
struct request {
	char name[16];
	unsigned char bytes[24];
};

/* A struct ifconf. */
struct list {
	int length;
	struct request *requests;
};

static long ask(int fd, unsigned command, struct request *r, const char *name)
{
	memset(r, 0x55, sizeof(*r));
	memset(r->name, 0, sizeof(r->name));
	strcpy(r->name, name);
	return syscall(SYS_ioctl, fd, command, r);
}

/* The answer begins with these bytes, and all behind them is as it was. */
static void answers(int fd, unsigned command, const void *bytes, size_t n)
{
	struct request r;

	CHECK(ask(fd, command, &r, "lo") == 0 && strcmp(r.name, "lo") == 0);
	CHECK(memcmp(r.bytes, bytes, n) == 0);
	for (size_t i = n; i < sizeof(r.bytes); i++)
		CHECK(r.bytes[i] == 0x55);
	REFUSED(ask(fd, command, &r, "nothing"), ENODEV);
	REFUSED(syscall(SYS_ioctl, fd, command, KERNEL_ADDRESS), EFAULT);
}

static void of_any_kind(int fd)
{
	static const unsigned char zeroes[21] = { 0 }, hardware[8] = { 4, 3 };

	answers(fd, 0x891d, zeroes, 4);		     /* SIOCGIFMETRIC */
	answers(fd, 0x8921, (int[]){ 65536 }, 4);    /* SIOCGIFMTU */
	answers(fd, 0x8927, hardware, 8);	     /* SIOCGIFHWADDR: ARPHRD_LOOPBACK */
	answers(fd, 0x8933, (int[]){ 1 }, 4);	     /* SIOCGIFINDEX */
	answers(fd, 0x8942, (int[]){ 1000 }, 4);     /* SIOCGIFTXQLEN */
	answers(fd, 0x8970, zeroes, sizeof(zeroes)); /* SIOCGIFMAP */
}

/* Does the list hold the loopback with its address? A machine may have more. */
static int has_loopback(const struct list *l)
{
	static const unsigned char local[8] = { AF_INET, 0, 0, 0, 127, 0, 0, 1 };

	for (int i = 0; i < l->length / (int)sizeof(l->requests[0]); i++)
		if (strcmp(l->requests[i].name, "lo") == 0)
			return memcmp(l->requests[i].bytes, local, sizeof(local)) == 0;
	return 0;
}

static void list_of(int fd)
{
	static struct request all[64];
	struct list l = { 0, NULL };
	int whole;

	CHECK(syscall(SYS_ioctl, fd, CONF, &l) == 0 && l.length >= (int)sizeof(all[0]));
	whole = l.length;
	l = (struct list){ sizeof(all), all };
	CHECK(syscall(SYS_ioctl, fd, CONF, &l) == 0 && l.length == whole && has_loopback(&l));
	l = (struct list){ sizeof(all[0]) - 1, all };
	CHECK(syscall(SYS_ioctl, fd, CONF, &l) == 0 && l.length == 0);
	l = (struct list){ -5, all };
	CHECK(syscall(SYS_ioctl, fd, CONF, &l) == 0 && l.length == 0);
	l = (struct list){ sizeof(all), (struct request *)KERNEL_ADDRESS };
	REFUSED(syscall(SYS_ioctl, fd, CONF, &l), EFAULT);
	REFUSED(syscall(SYS_ioctl, fd, CONF, KERNEL_ADDRESS), EFAULT);
}

static void in_a_new_namespace(void)
{
	struct list l = { 0, NULL };
	struct request r;
	int fd;

	CHECK(raw1(SYS_unshare, CLONE_NEWNET) == 0);
	fd = udp(AF_INET);
	REFUSED(ask(fd, ADDR, &r, "lo"), EADDRNOTAVAIL);
	REFUSED(ask(fd, NETMASK, &r, "lo"), EADDRNOTAVAIL);
	REFUSED(ask(fd, ADDR, &r, "nothing"), ENODEV);
	CHECK(syscall(SYS_ioctl, fd, CONF, &l) == 0 && l.length == 0);
	of_any_kind(fd);
}

int main(void)
{
	const int fd = udp(AF_INET), local = (int)syscall(SYS_socket, AF_UNIX, SOCK_DGRAM, 0);
	static const unsigned char own[16] = { AF_INET, 0, 0, 0, 127, 0, 0, 1 }, mask[16] = { AF_INET, 0, 0, 0, 255 },
				   none[16] = { AF_INET };
	struct request r;

	answers(fd, ADDR, own, sizeof(own));
	answers(fd, DSTADDR, own, sizeof(own));
	answers(fd, BRDADDR, none, sizeof(none));
	answers(fd, NETMASK, mask, sizeof(mask));
	of_any_kind(fd);
	of_any_kind(local);
	REFUSED(ask(local, ADDR, &r, "lo"), ENOTTY);
	list_of(fd);
	list_of(local);
	CHECK(status_of(in_a_new_namespace) == 0);
	return 0;
}
