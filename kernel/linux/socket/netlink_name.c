/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink_name.c - the numbers of AF_NETLINK sockets. [net/netlink/af_netlink.c]
 */
#include "netlink.h"

#include <abi/errno.h>
#include <abi/netlink.h>
#include <string.h>

#include "pidns.h"
#include "socket.h"
#include "task.h"

static int check_name(const struct socket_name *n)
{
	return n->len < sizeof(struct sockaddr_nl) || n->family != AF_NETLINK ? -EINVAL : 0;
}

/* The hash chain for sockets whose number (nl_pid) is N. */
static struct list *netlink_bucket(uint32_t n)
{
	static struct list by_number[64];
	struct list *b = &by_number[n % 64];

	if (b->next == NULL)
		list_init(b);
	return b;
}

/* Gives S the number N: 0, or -EADDRINUSE: a socket of its network namespace has it. */
static int netlink_insert(struct socket *s, uint32_t n)
{
	list_for_each(link, netlink_bucket(n)) {
		const struct socket *other = container_of(link, struct socket, by_name);

		if (other->netlink == n && other->net == s->net)
			return -EADDRINUSE;
	}
	s->netlink = n;
	list_add_tail(&s->by_name, netlink_bucket(n));
	return 0;
}

void netlink_autobind(struct socket *s)
{
	static uint32_t last = (uint32_t)-4096;

	if (s->netlink != 0 || netlink_insert(s, pidns_show(current->group->id)) == 0)
		return;
	do
		last = (int32_t)last > INT32_MIN ? last - 1 : (uint32_t)-4097;
	while (netlink_insert(s, last) != 0);
}

int netlink_bind(struct socket *s, const struct socket_name *n)
{
	const struct sockaddr_nl *a = (const struct sockaddr_nl *)n->bytes;
	const int err = check_name(n);

	if (err != 0)
		return err;
	if (s->netlink != 0)
		return a->nl_pid == s->netlink ? 0 : -EINVAL;
	if (a->nl_pid != 0)
		return netlink_insert(s, a->nl_pid);
	netlink_autobind(s);
	return 0;
}

int netlink_connect(struct file *f, const struct socket_name *n)
{
	int err;

	if (n->len < sizeof(n->family))
		return -EINVAL;
	err = n->family == AF_UNSPEC ? 0 : check_name(n);
	if (err == 0 && n->family != AF_UNSPEC)
		netlink_autobind(f->data);
	return err;
}

int netlink_listen(struct socket *s)
{
	(void)s;
	return -EOPNOTSUPP;
}

int netlink_send_to(struct socket *s, const struct socket_name *n, struct ancillary *a)
{
	(void)s, (void)a;
	return n->len == 0 ? 0 : check_name(n);
}

int netlink_name(const struct socket *s, bool peer, struct socket_name *n)
{
	const struct sockaddr_nl a = { .nl_family = AF_NETLINK, .nl_pid = peer ? 0 : s->netlink };

	*n = (struct socket_name){ .len = sizeof(a) };
	memcpy(n->bytes, &a, sizeof(a));
	return 0;
}
