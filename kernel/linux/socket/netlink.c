/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink.c - as much of AF_NETLINK as programs need to find the loopback and to turn it on:
 * NETLINK_ROUTE, links and addresses. Each request is answered when it is sent.
 * [net/core/rtnetlink.c]
 */
#include <abi/errno.h>
#include <abi/netlink.h>
#include <string.h>

#include "absent.h"
#include "file.h"
#include "netlink.h"
#include "netns.h"
#include "page.h"
#include "socket.h"
#include "task.h"

#define REQUEST_MAX 8192U
#define REPLY_MAX 512U
#define ALIGN(n) (((n) + 3U) & ~3U)

static int netlink_kind(uint32_t *type, uint32_t *protocol)
{
	if (*type != SOCK_RAW && *type != SOCK_DGRAM)
		return -ESOCKTNOSUPPORT;
	*type = SOCK_DGRAM;
	if (*protocol == NETLINK_ROUTE)
		return 0;
	absent_say("socket", "netlink protocol", *protocol, "EPROTONOSUPPORT");
	return -EPROTONOSUPPORT;
}

/* ---- answers ---- */

struct reply {
	uint32_t used;
	uint8_t bytes[REPLY_MAX];
};

static void reply_add(struct reply *r, const void *bytes, uint32_t n)
{
	KASSERT(r->used + ALIGN(n) <= REPLY_MAX);
	memcpy(r->bytes + r->used, bytes, n);
	r->used += ALIGN(n);
}

static void reply_attribute(struct reply *r, uint16_t type, const void *value, uint16_t n)
{
	const struct rtattr a = { .rta_len = (uint16_t)(sizeof(a) + n), .rta_type = type };

	reply_add(r, &a, sizeof(a));
	reply_add(r, value, n);
}

/*
 * Begins a message of TYPE, with FLAGS, in answer to request TO. Returns its offset in R, which
 * reply_end() takes.
 */
static uint32_t reply_begin(const struct socket *s, struct reply *r, const struct nlmsghdr *to, uint16_t type,
			    uint16_t flags)
{
	const uint32_t at = r->used;
	const struct nlmsghdr h = {
		.nlmsg_type = type, .nlmsg_flags = flags, .nlmsg_seq = to->nlmsg_seq, .nlmsg_pid = s->netlink
	};

	reply_add(r, &h, sizeof(h));
	return at;
}

/* Ends the message at offset AT: stores its length. */
static void reply_end(struct reply *r, uint32_t at)
{
	((struct nlmsghdr *)(r->bytes + at))->nlmsg_len = r->used - at;
}

/* Adds NLMSG_ERROR for request TO. ERR 0 makes it an acknowledgement. [netlink_ack] */
static void say_error(const struct socket *s, struct reply *r, const struct nlmsghdr *to, int err)
{
	const struct nlmsgerr e = { .error = err, .msg = *to };
	const uint32_t at = reply_begin(s, r, to, NLMSG_ERROR, 0);

	reply_add(r, &e, sizeof(e));
	reply_end(r, at);
}

static void say_link(const struct socket *s, struct reply *r, const struct nlmsghdr *to, uint16_t flags)
{
	const struct ifinfomsg i = { .ifi_type = ARPHRD_LOOPBACK,
				     .ifi_index = LOOPBACK_INDEX,
				     .ifi_flags = netns_flags(s) };
	const uint32_t at = reply_begin(s, r, to, RTM_NEWLINK, flags), mtu = LOOPBACK_MTU;

	reply_add(r, &i, sizeof(i));
	reply_attribute(r, IFLA_IFNAME, LOOPBACK_NAME, sizeof(LOOPBACK_NAME));
	reply_attribute(r, IFLA_MTU, &mtu, sizeof(mtu));
	reply_end(r, at);
}

static void say_address(const struct socket *s, struct reply *r, const struct nlmsghdr *to, bool v6)
{
	static const uint8_t local4[4] = { 127, 0, 0, 1 }, local6[16] = { [15] = 1 };
	const struct ifaddrmsg a = {
		.ifa_family = v6 ? AF_INET6 : AF_INET,
		.ifa_prefixlen = v6 ? 128 : 8,
		.ifa_flags = IFA_F_PERMANENT,
		.ifa_scope = RT_SCOPE_HOST,
		.ifa_index = LOOPBACK_INDEX,
	};
	const uint32_t at = reply_begin(s, r, to, RTM_NEWADDR, NLM_F_MULTI);

	reply_add(r, &a, sizeof(a));
	reply_attribute(r, IFA_ADDRESS, v6 ? local6 : local4, v6 ? sizeof(local6) : sizeof(local4));
	if (!v6) {
		reply_attribute(r, IFA_LOCAL, local4, sizeof(local4));
		reply_attribute(r, IFA_LABEL, LOOPBACK_NAME, sizeof(LOOPBACK_NAME));
	}
	reply_end(r, at);
}

/*
 * Puts R's bytes into the queue of S, as a message of the kernel's; empties R: 0 or -ENOBUFS (no
 * memory). An answer to who does not read is lost, which the next recvmsg(2) tells: ENOBUFS.
 * [netlink_overrun]
 */
static int reply_send(struct socket *s, struct reply *r)
{
	struct message *m;

	if (socket_is_full(s, s->room[false])) {
		s->error = ENOBUFS;
		r->used = 0;
		return 0;
	}
	m = kmalloc(sizeof(*m) + r->used);
	if (m == NULL)
		return -ENOBUFS;
	m->name = kmalloc(sizeof(*m->name));
	if (m->name == NULL) {
		kfree(m);
		return -ENOBUFS;
	}
	(void)netlink_name(s, true, m->name);
	m->name->refs = 1;
	m->len = r->used;
	memcpy(m->data, r->bytes, r->used);
	list_add_tail(&m->link, &s->queue);
	s->queued += r->used;
	s->messages++;
	waitq_wake(&s->changed);
	r->used = 0;
	return 0;
}

int netlink_tell_file(struct file *f, const void *bytes, uint32_t n)
{
	struct socket *s = inode_is(f->inode, S_IFSOCK) ? socket_of(f) : NULL;
	struct reply r = { .used = n };

	if (s == NULL)
		return -ENOTSOCK;
	if (s->family != &socket_netlink)
		return -EINVAL;
	if (n == 0)
		return 0;
	memcpy(r.bytes, bytes, n);
	return reply_send(s, &r);
}

/* ---- requests ---- */

/* RTM_NEWLINK and RTM_SETLINK: 0 or -errno. */
static int change_link(const struct socket *s, const struct nlmsghdr *h)
{
	const struct ifinfomsg *i = (const struct ifinfomsg *)(h + 1);

	if (h->nlmsg_len < sizeof(*h) + sizeof(*i))
		return -EINVAL;
	if (i->ifi_index != LOOPBACK_INDEX)
		return i->ifi_index == 0 ? -EOPNOTSUPP : -ENODEV;
	return netns_turn(s, (i->ifi_flags & IFF_UP) != 0);
}

/* The loopback has its addresses from the start. As on Linux, giving it one again is no error. */
static int add_address(const struct socket *s, const struct nlmsghdr *h)
{
	const struct ifaddrmsg *a = (const struct ifaddrmsg *)(h + 1);

	if (h->nlmsg_len < sizeof(*h) + sizeof(*a))
		return -EINVAL;
	if (a->ifa_index != LOOPBACK_INDEX)
		return -ENODEV;
	return netns_turn(s, netns_is_up(s));
}

/* Answers a request with NLM_F_DUMP: a message for each thing, then NLMSG_DONE. */
static int netlink_dump(struct socket *s, struct reply *r, const struct nlmsghdr *h)
{
	const uint32_t zero = 0;
	uint32_t at;
	int err;

	if (h->nlmsg_type == RTM_GETLINK) {
		say_link(s, r, h, NLM_F_MULTI);
	} else if (netns_is_up(s)) {
		say_address(s, r, h, false);
		say_address(s, r, h, true);
	}
	err = r->used != 0 ? reply_send(s, r) : 0;
	at = reply_begin(s, r, h, NLMSG_DONE, NLM_F_MULTI);
	reply_add(r, &zero, sizeof(zero));
	reply_end(r, at);
	return err != 0 ? err : reply_send(s, r);
}

/*
 * Does what request H asks for, and queues the answer: 0 or -ENOBUFS. If the request itself fails,
 * the answer says so. [rtnetlink_rcv_msg]
 */
static int netlink_answer(struct socket *s, const struct nlmsghdr *h)
{
	struct reply *r = kmalloc(sizeof(*r));
	int err = -EOPNOTSUPP;

	if (r == NULL)
		return -ENOBUFS;
	switch (h->nlmsg_type) {
	case RTM_GETLINK:
	case RTM_GETADDR:
		if ((h->nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP) {
			err = netlink_dump(s, r, h);
			kfree(r);
			return err;
		}
		if (h->nlmsg_type == RTM_GETLINK) {
			say_link(s, r, h, 0);
			err = 0;
		}
		break;
	case RTM_NEWLINK:
	case RTM_SETLINK:
		err = change_link(s, h);
		break;
	case RTM_NEWADDR:
		err = add_address(s, h);
		break;
	default:
		break;
	}
	if (err != 0 || (h->nlmsg_flags & NLM_F_ACK) != 0)
		say_error(s, r, h, err);
	err = r->used != 0 ? reply_send(s, r) : 0;
	kfree(r);
	return err;
}

static long netlink_send(struct file *f, struct uio *from, uint32_t flags, struct ancillary *a)
{
	struct socket *s = f->data;
	const uint64_t n = from->left;
	uint8_t *bytes;
	uint64_t at = 0;
	long result = socket_refuse_oob(s, flags);

	rights_free(a->rights);
	a->rights = NULL;
	if (result != 0)
		return result;
	result = (long)n;
	if (n > REQUEST_MAX)
		return -EMSGSIZE;
	netlink_autobind(s);
	bytes = kmalloc(n + sizeof(struct nlmsghdr));
	if (bytes == NULL)
		return -ENOBUFS;
	if (uio_get(from, bytes, n) != n)
		result = -EFAULT;
	while (result >= 0 && n - at >= sizeof(struct nlmsghdr)) {
		const struct nlmsghdr *h = (const struct nlmsghdr *)(bytes + at);

		if (h->nlmsg_len < sizeof(*h) || h->nlmsg_len > n - at)
			break;
		if ((h->nlmsg_flags & NLM_F_REQUEST) != 0) {
			const int err = netlink_answer(s, h);

			result = err != 0 ? err : result;
		}
		at += ALIGN(h->nlmsg_len);
		if (at > n)
			break;
	}
	kfree(bytes);
	return result;
}

const struct socket_family socket_netlink = {
	.number = AF_NETLINK,
	.kind = netlink_kind,
	.bind = netlink_bind,
	.connect = netlink_connect,
	.listen = netlink_listen,
	.send_to = netlink_send_to,
	.send = netlink_send,
	.name = netlink_name,
};
