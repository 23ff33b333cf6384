/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netns.c - network namespaces. Each has a loopback of its own, which is down until somebody turns
 * it on, by ioctl or by AF_NETLINK (netlink.c); that of the initial one is up. Ports, and abstract
 * names of unix sockets, count within a namespace.
 * [net/core/net_namespace.c, net/core/dev_ioctl.c]
 */
#include "netns.h"

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/netlink.h>
#include <abi/sched.h>
#include <string.h>

#include "page.h"
#include "socket.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

struct netns {
	struct ns ns;
	bool up; /* the loopback */
};

static bool initial_up = true;

static bool *loopback_state(const struct socket *s)
{
	return s->net != NULL ? &container_of(s->net, struct netns, ns)->up : &initial_up;
}

bool netns_is_up(const struct socket *s)
{
	return *loopback_state(s);
}

int netns_turn(const struct socket *s, bool up)
{
	if (!userns_capable_in(ns_owner(s->net), CAP_NET_ADMIN))
		return -EPERM;
	*loopback_state(s) = up;
	return 0;
}

static int netns_create(struct task *t, struct ns **out)
{
	struct netns *new = kmalloc(sizeof(*new));

	if (new == NULL)
		return -ENOMEM;
	ns_init(&new->ns, t);
	*out = &new->ns;
	return 0;
}

static void netns_free(struct ns *ns)
{
	kfree(container_of(ns, struct netns, ns));
}

const struct ns_kind netns_kind = {
	.name = "net", .flag = CLONE_NEWNET, .initial = 4026531840U, .create = netns_create, .free = netns_free
};

#define QUEUE_LENGTH 1000 /* [DEFAULT_TX_QUEUE_LEN] */

/* Stores the IPv4 address A.0.0.D in R. */
static void put_address(struct ifreq *r, uint8_t a, uint8_t d)
{
	const struct sockaddr_in in = { .sin_family = AF_INET, .sin_addr = { a, 0, 0, d } };

	memcpy(r->bytes, &in, sizeof(in));
}

/* Stores the loopback's address that CMD asks for in R: 0 or -EADDRNOTAVAIL. [devinet_ioctl] */
static int tell_address(const struct socket *s, uint32_t cmd, struct ifreq *r)
{
	if (!netns_is_up(s))
		return -EADDRNOTAVAIL;
	if (cmd == SIOCGIFBRDADDR)
		put_address(r, 0, 0);
	else if (cmd == SIOCGIFNETMASK)
		put_address(r, 255, 0);
	else
		put_address(r, 127, 1);
	return 0;
}

/* Stores what CMD asks of the loopback in R: 0, -EADDRNOTAVAIL, -ENOTTY. [dev_ifsioc_locked] */
static int tell_of_loopback(const struct socket *s, uint32_t cmd, struct ifreq *r)
{
	switch (cmd) {
	case SIOCGIFADDR:
	case SIOCGIFDSTADDR:
	case SIOCGIFBRDADDR:
	case SIOCGIFNETMASK: /* only IPv4 has these */
		return s->family->number == AF_INET ? tell_address(s, cmd, r) : -ENOTTY;
	case SIOCGIFFLAGS:
		r->flags = (uint16_t)netns_flags(s);
		return 0;
	case SIOCGIFINDEX:
		r->value = LOOPBACK_INDEX;
		return 0;
	case SIOCGIFMETRIC:
		r->value = 0;
		return 0;
	case SIOCGIFMTU:
		r->value = LOOPBACK_MTU;
		return 0;
	case SIOCGIFTXQLEN:
		r->value = QUEUE_LENGTH;
		return 0;
	case SIOCGIFHWADDR:
		memset(r->bytes, 0, sizeof(uint16_t) + 6); /* a family, and six bytes of address */
		r->flags = ARPHRD_LOOPBACK;
		return 0;
	case SIOCGIFMAP:
		memset(r->bytes, 0, IFMAP_SIZE);
		return 0;
	default:
		return -ENOTTY;
	}
}

/*
 * SIOCGIFCONF: stores the IPv4 addresses of all interfaces, as many as there is room for, and how
 * many bytes they are; without a buffer, how many they would be. 0 or -EFAULT. [dev_ifconf]
 */
static long tell_addresses(const struct socket *s, uint64_t arg)
{
	struct ifreq r = { .ifr_name = LOOPBACK_NAME };
	struct ifconf c;
	int32_t used = 0;

	if (copy_from_user(&c, arg, sizeof(c)) != 0)
		return -EFAULT;
	if (tell_address(s, SIOCGIFADDR, &r) == 0 && (c.ifc_buf == 0 || c.ifc_len >= (int32_t)sizeof(r)))
		used = sizeof(r);
	if (used != 0 && c.ifc_buf != 0 && copy_to_user(c.ifc_buf, &r, sizeof(r)) != 0)
		return -EFAULT;
	return copy_to_user(arg + offsetof(struct ifconf, ifc_len), &used, sizeof(used));
}

long netns_ioctl(const struct socket *s, uint64_t cmd, uint64_t arg)
{
	struct ifreq r, told;
	int err;

	if ((uint32_t)cmd == SIOCGIFCONF)
		return tell_addresses(s, arg);
	/* That there is no such request comes first. */
	if ((uint32_t)cmd != SIOCGIFNAME && (uint32_t)cmd != SIOCSIFFLAGS &&
	    tell_of_loopback(s, (uint32_t)cmd, &told) == -ENOTTY)
		return -ENOTTY;
	if (copy_from_user(&r, arg, sizeof(r)) != 0)
		return -EFAULT;
	if ((uint32_t)cmd == SIOCGIFNAME) {
		if (r.value != LOOPBACK_INDEX)
			return -ENODEV;
		memset(r.ifr_name, 0, sizeof(r.ifr_name));
		strcpy(r.ifr_name, LOOPBACK_NAME);
		return copy_to_user(arg, &r, sizeof(r));
	}
	if (strncmp(r.ifr_name, LOOPBACK_NAME, sizeof(r.ifr_name)) != 0)
		return -ENODEV;
	if ((uint32_t)cmd == SIOCSIFFLAGS)
		return netns_turn(s, (r.flags & IFF_UP) != 0);
	err = tell_of_loopback(s, (uint32_t)cmd, &r);
	return err != 0 ? err : copy_to_user(arg, &r, sizeof(r));
}

uint32_t netns_flags(const struct socket *s)
{
	return IFF_LOOPBACK | (netns_is_up(s) ? IFF_UP | IFF_RUNNING : 0);
}
