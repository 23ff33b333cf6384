/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet_option.c - getsockopt and setsockopt of internet sockets at other levels than SOL_SOCKET.
 * [net/ipv4/ip_sockglue.c, net/ipv6/ipv6_sockglue.c, net/ipv4/tcp.c]
 *
 * IPV6_V6ONLY, and those about what recvmsg tells of a datagram (inet_info.c), have an effect. All
 * other options are only kept and reported: most are about packets, and there are none.
 */
#include "absent.h"
#include "inet.h"
#include "task.h"

#define FLAG 1 /* the largest value of an option that is on or off: a larger one counts as on */

/* Row N is about option[N] of struct inet. */
static const struct {
	uint8_t level, number;
	int32_t initial, min, max;
} options[INET_OPTIONS] = {
	{ IPPROTO_IP, IP_TOS, 0, 0, 255 },
	{ IPPROTO_IP, IP_TTL, 64, 1, 255 },
	{ IPPROTO_IP, IP_PKTINFO, 0, 0, FLAG },
	{ IPPROTO_IP, IP_MTU_DISCOVER, 1, 0, 5 },
	{ IPPROTO_IP, IP_RECVERR, 0, 0, FLAG },
	{ IPPROTO_IP, IP_RECVTTL, 0, 0, FLAG },
	{ IPPROTO_IP, IP_RECVTOS, 0, 0, FLAG },
	{ IPPROTO_IP, IP_FREEBIND, 0, 0, FLAG },
	{ IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 0, 0, FLAG },
	{ IPPROTO_IPV6, IPV6_UNICAST_HOPS, 64, 0, 255 },
	{ IPPROTO_IPV6, IPV6_MTU_DISCOVER, 1, 0, 5 },
	{ IPPROTO_IPV6, IPV6_RECVERR, 0, 0, FLAG },
	{ IPPROTO_IPV6, IPV6_RECVPKTINFO, 0, 0, FLAG },
	{ IPPROTO_IPV6, IPV6_RECVHOPLIMIT, 0, 0, FLAG },
	{ IPPROTO_IPV6, IPV6_RECVTCLASS, 0, 0, FLAG },
	{ IPPROTO_IPV6, IPV6_TCLASS, 0, 0, 255 },
	{ IPPROTO_TCP, TCP_NODELAY, 0, 0, FLAG },
	{ IPPROTO_TCP, TCP_CORK, 0, 0, FLAG },
	{ IPPROTO_TCP, TCP_KEEPIDLE, 7200, 1, 32767 },
	{ IPPROTO_TCP, TCP_KEEPINTVL, 75, 1, 32767 },
	{ IPPROTO_TCP, TCP_KEEPCNT, 9, 1, 127 },
	{ IPPROTO_TCP, TCP_SYNCNT, 6, 1, 127 },
	{ IPPROTO_TCP, TCP_LINGER2, 60, -1, 120 },
	{ IPPROTO_TCP, TCP_DEFER_ACCEPT, 0, INT32_MIN, INT32_MAX },
	{ IPPROTO_TCP, TCP_QUICKACK, 1, 0, FLAG },
	{ IPPROTO_TCP, TCP_NOTSENT_LOWAT, 0, INT32_MIN, INT32_MAX },
	{ IPPROTO_TCP, TCP_USER_TIMEOUT, 0, 0, INT32_MAX },
	{ IPPROTO_TCP, TCP_FASTOPEN, 0, 0, INT32_MAX },
};

void inet_init_options(struct inet *i)
{
	for (unsigned n = 0; n < INET_OPTIONS; n++)
		i->option[n] = options[n].initial;
}

void inet_inherit_options(struct inet *i, const struct inet *listener)
{
	/* Each connection begins with quick acknowledgements. */
	for (unsigned n = 0; n < INET_OPTIONS; n++)
		if (options[n].level != IPPROTO_TCP || options[n].number != TCP_QUICKACK)
			i->option[n] = listener->option[n];
}

/*
 * The row of OPTION in the table, or -1: there is none. The console is told of one that is missing
 * at the levels of IP and TCP.
 */
static int find_option(const struct socket *s, const char *call, int level, uint32_t option)
{
	const bool is_tcp = level == IPPROTO_TCP && s->type == SOCK_STREAM;

	for (int n = 0; n < INET_OPTIONS; n++)
		if (options[n].level == level && options[n].number == option && (level != IPPROTO_TCP || is_tcp) &&
		    (level != IPPROTO_IPV6 || inet_is_v6(s)))
			return n;
	if (level == IPPROTO_IP)
		absent_say(call, "IP option", option, "ENOPROTOOPT");
	else if (is_tcp)
		absent_say(call, "TCP option", option, "ENOPROTOOPT");
	return -1;
}

int32_t inet_option(const struct socket *s, int level, uint32_t option)
{
	unsigned n = 0;

	while (options[n].level != level || options[n].number != option)
		n++;
	return s->inet->option[n];
}

int inet_get_option(struct socket *s, int level, uint32_t option, int32_t *value)
{
	int n;

	if (level == IPPROTO_IPV6 && option == IPV6_V6ONLY && inet_is_v6(s)) {
		*value = s->inet->v6only;
		return 0;
	}
	n = find_option(s, "getsockopt", level, option);
	if (n < 0)
		return level == IPPROTO_IP || level == IPPROTO_TCP || level == IPPROTO_IPV6 ? -ENOPROTOOPT
											    : -EOPNOTSUPP;
	*value = s->inet->option[n];
	return 0;
}

#define FIRST_TIMEOUT 1	    /* s [TCP_TIMEOUT_INIT] */
#define LONGEST_TIMEOUT 120 /* s [TCP_RTO_MAX] */
#define REPETITIONS_MAX 255

/*
 * The time, in s, after which something that is repeated at doubled intervals has taken at least
 * SECONDS. [secs_to_retrans, retrans_to_secs]
 */
static int32_t repeated_time(int32_t seconds)
{
	int32_t timeout = FIRST_TIMEOUT, all = FIRST_TIMEOUT;

	if (seconds <= 0)
		return 0;
	for (int n = 1; seconds > all && n < REPETITIONS_MAX; n++) {
		timeout = timeout * 2 < LONGEST_TIMEOUT ? timeout * 2 : LONGEST_TIMEOUT;
		all += timeout;
	}
	return all;
}

/*
 * The type of service of S is set from OLD to TOS, which sets SO_PRIORITY, too: what it becomes. A
 * stream keeps the two bits of explicit congestion notification. [__ip_sock_set_tos, ip_tos2prio]
 */
static int32_t set_tos(struct socket *s, int32_t old, int32_t tos)
{
	static const uint8_t priorities[] = { 0, 2, 6, 4 };

	if (is_stream(s))
		tos = (tos & ~3) | (old & 3);
	if (tos != old)
		s->priority = priorities[tos >> 3 & 3];
	return tos;
}

int inet_set_option(struct socket *s, int level, uint32_t option, int32_t value)
{
	int n;

	if (level == IPPROTO_IPV6 && option == IPV6_V6ONLY && inet_is_v6(s)) {
		if (s->inet->local.port != 0)
			return -EINVAL;
		s->inet->v6only = value != 0;
		return 0;
	}
	n = find_option(s, "setsockopt", level, option);
	if (n < 0)
		return -ENOPROTOOPT;
	if (options[n].max == FLAG)
		value = value != 0;
	if (value < options[n].min || value > options[n].max)
		return -EINVAL;
	if (options[n].level == IPPROTO_IP && option == IP_TOS)
		value = set_tos(s, s->inet->option[n], value);
	if (options[n].level == IPPROTO_TCP && option == TCP_DEFER_ACCEPT)
		value = repeated_time(value);
	s->inet->option[n] = value;
	return 0;
}
