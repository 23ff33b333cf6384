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

long netns_ioctl(const struct socket *s, uint64_t cmd, uint64_t arg)
{
	struct ifreq r;

	if (copy_from_user(&r, arg, sizeof(r)) != 0)
		return -EFAULT;
	if ((uint32_t)cmd == SIOCGIFNAME) {
		if (r.value != LOOPBACK_INDEX)
			return -ENODEV;
		memset(r.ifr_name, 0, sizeof(r.ifr_name));
		strcpy(r.ifr_name, LOOPBACK_NAME);
		return copy_to_user(arg, &r, sizeof(r));
	}
	if (strcmp(r.ifr_name, LOOPBACK_NAME) != 0)
		return -ENODEV;
	if ((uint32_t)cmd == SIOCSIFFLAGS)
		return netns_turn(s, (r.value & IFF_UP) != 0);
	memset(&r.value, 0, sizeof(r) - sizeof(r.ifr_name));
	r.value = (uint32_t)cmd == SIOCGIFINDEX ? LOOPBACK_INDEX : (int32_t)netns_flags(s);
	return copy_to_user(arg, &r, sizeof(r));
}

uint32_t netns_flags(const struct socket *s)
{
	return IFF_LOOPBACK | (netns_is_up(s) ? IFF_UP | IFF_RUNNING : 0);
}
