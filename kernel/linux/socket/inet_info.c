/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet_info.c - what control messages say of a datagram: to which address it was sent, and fields
 * of its header; and from which one it is to be sent. [net/ipv4/ip_sockglue.c, net/ipv6/datagram.c]
 */
#include <string.h>

#include "control.h"
#include "inet.h"
#include "netns.h"
#include "usercopy.h"

#define MAPPED 12 /* bytes before an IPv4 address in an inet_address */

/* Makes IP the address that A is sent from: 0, or -EINVAL: it is not one of S's machine. */
static int choose_source(const struct socket *s, struct ancillary *a, const struct inet_address *ip)
{
	static const struct inet_address any6;
	static const uint8_t any4[4];

	if (memcmp(ip->ip, any6.ip, sizeof(any6.ip)) == 0 || memcmp(ip->ip + MAPPED, any4, sizeof(any4)) == 0)
		return 0;
	if (!inet_is_own(s, ip))
		return -EINVAL;
	a->from_chosen = true;
	memcpy(a->from, ip->ip, sizeof(a->from));
	return 0;
}

static int read_v4_source(const struct socket *s, struct ancillary *a, uint64_t bytes, uint64_t from)
{
	struct inet_address ip = { .ip = { [10] = 0xff, [11] = 0xff } };
	struct in_pktinfo info;

	if (bytes != sizeof(info))
		return -EINVAL;
	if (copy_from_user(&info, from, sizeof(info)) != 0)
		return -EFAULT;
	memcpy(ip.ip + MAPPED, info.ipi_spec_dst, sizeof(info.ipi_spec_dst));
	return choose_source(s, a, &ip);
}

static int read_v6_source(const struct socket *s, struct ancillary *a, uint64_t bytes, uint64_t from)
{
	struct inet_address ip;
	struct in6_pktinfo info;

	if (bytes < sizeof(info))
		return -EINVAL;
	if (copy_from_user(&info, from, sizeof(info)) != 0)
		return -EFAULT;
	memcpy(ip.ip, info.ipi6_addr, sizeof(ip.ip));
	return choose_source(s, a, &ip);
}

/* Reads an int from MIN to 255 into *FIELD. */
static int read_field(uint8_t *field, int32_t min, uint64_t bytes, uint64_t from)
{
	int32_t value;

	if (bytes != sizeof(value))
		return -EINVAL;
	if (copy_from_user(&value, from, sizeof(value)) != 0)
		return -EFAULT;
	if (value < min || value > 255)
		return -EINVAL;
	*field = (uint8_t)value;
	return 0;
}

int inet_read_info(const struct socket *s, struct ancillary *a, const struct cmsghdr *h, uint64_t from)
{
	const uint64_t bytes = h->cmsg_len - sizeof(*h);

	if (h->cmsg_level != (inet_is_v6(s) ? IPPROTO_IPV6 : IPPROTO_IP) || is_stream(s))
		return 0;
	switch (h->cmsg_type) {
	case IP_PKTINFO:
		return inet_is_v6(s) ? -EINVAL : read_v4_source(s, a, bytes, from);
	case IP_TTL:
		return inet_is_v6(s) ? -EINVAL : read_field(&a->ttl, 1, bytes, from);
	case IP_TOS:
		return inet_is_v6(s) ? -EINVAL : read_field(&a->tos, 0, bytes, from);
	case IPV6_PKTINFO:
		return inet_is_v6(s) ? read_v6_source(s, a, bytes, from) : -EINVAL;
	case IPV6_HOPLIMIT:
		return inet_is_v6(s) ? read_field(&a->ttl, 0, bytes, from) : -EINVAL;
	case IPV6_TCLASS:
		return inet_is_v6(s) ? read_field(&a->tos, 0, bytes, from) : -EINVAL;
	default:
		return -EINVAL;
	}
}

void inet_fill_header(const struct socket *s, struct ancillary *a)
{
	const bool v4 = inet_is_v4(&a->dest);

	if (a->ttl == 0)
		a->ttl = (uint8_t)(v4 ? inet_option(s, IPPROTO_IP, IP_TTL)
				      : inet_option(s, IPPROTO_IPV6, IPV6_UNICAST_HOPS));
	if (a->tos == 0)
		a->tos = (uint8_t)(v4 ? inet_option(s, IPPROTO_IP, IP_TOS) : inet_option(s, IPPROTO_IPV6, IPV6_TCLASS));
}

/* What an IPv6 socket is told: the address also of a datagram of IPv4. */
static void put_v6_info(const struct socket *s, struct control *c, const struct ancillary *a)
{
	struct in6_pktinfo info = { .ipi6_ifindex = LOOPBACK_INDEX };
	const int32_t ttl = a->ttl, tos = a->tos;

	memcpy(info.ipi6_addr, a->dest.ip, sizeof(info.ipi6_addr));
	if (inet_option(s, IPPROTO_IPV6, IPV6_RECVPKTINFO) != 0)
		control_put(c, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof(info));
	if (inet_is_v4(&a->dest))
		return;
	if (inet_option(s, IPPROTO_IPV6, IPV6_RECVHOPLIMIT) != 0)
		control_put(c, IPPROTO_IPV6, IPV6_HOPLIMIT, &ttl, sizeof(ttl));
	if (inet_option(s, IPPROTO_IPV6, IPV6_RECVTCLASS) != 0)
		control_put(c, IPPROTO_IPV6, IPV6_TCLASS, &tos, sizeof(tos));
}

void inet_put_info(const struct socket *s, struct control *c, const struct ancillary *a)
{
	struct in_pktinfo info = { .ipi_ifindex = LOOPBACK_INDEX };
	const int32_t ttl = a->ttl;

	memcpy(info.ipi_spec_dst, a->dest.ip + MAPPED, sizeof(info.ipi_spec_dst));
	memcpy(info.ipi_addr, a->dest.ip + MAPPED, sizeof(info.ipi_addr));
	if (inet_is_v6(s))
		put_v6_info(s, c, a);
	if (!inet_is_v4(&a->dest))
		return;
	if (inet_option(s, IPPROTO_IP, IP_PKTINFO) != 0)
		control_put(c, IPPROTO_IP, IP_PKTINFO, &info, sizeof(info));
	if (inet_option(s, IPPROTO_IP, IP_RECVTTL) != 0)
		control_put(c, IPPROTO_IP, IP_TTL, &ttl, sizeof(ttl));
	if (inet_option(s, IPPROTO_IP, IP_RECVTOS) != 0)
		control_put(c, IPPROTO_IP, IP_TOS, &a->tos, sizeof(a->tos));
}
