/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inet_name.c - addresses and ports of internet sockets: which socket is bound where, and which one
 * an address means. [net/ipv4/inet_connection_sock.c, net/ipv4/inet_hashtables.c]
 */
#include <abi/capability.h>
#include <string.h>

#include "absent.h"
#include "inet.h"
#include "netns.h"
#include "random.h"
#include "task.h"
#include "userns.h"

#define PORTS 256 /* lists, one for each value of a port's low bits */
/* [net.ipv4.ip_local_port_range, ip_unprivileged_port_start] */
#define FIRST_ANY 32768
#define LAST_ANY 60999
#define FIRST_UNPRIVILEGED 1024

static struct list ports[PORTS];

static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff }; /* an IPv4 address follows */
static const struct inet_address any4 = { .ip = { [10] = 0xff, [11] = 0xff } }, any6;
static const struct inet_address loopback4 = { .ip = { [10] = 0xff, [11] = 0xff, [12] = 127, [15] = 1 } };
static const struct inet_address loopback6 = { .ip = { [15] = 1 } };

bool inet_is_v4(const struct inet_address *a)
{
	return memcmp(a->ip, mapped, sizeof(mapped)) == 0;
}

static bool same_ip(const struct inet_address *a, const struct inet_address *b)
{
	return memcmp(a->ip, b->ip, sizeof(a->ip)) == 0;
}

static uint16_t swap_port(uint16_t port)
{
	return (uint16_t)(port << 8 | port >> 8);
}

int inet_read(const struct socket *s, const struct socket_name *n, struct inet_address *a)
{
	if (n->len < (inet_is_v6(s) ? SIN6_LEN_RFC2133 : sizeof(n->in)))
		return -EINVAL;
	if (inet_is_v6(s) ? n->family != AF_INET6 : n->family != AF_INET)
		return -EAFNOSUPPORT;
	*a = any4;
	if (inet_is_v6(s)) {
		memcpy(a->ip, n->in6.sin6_addr, sizeof(a->ip));
		a->port = swap_port(n->in6.sin6_port);
	} else {
		memcpy(a->ip + sizeof(mapped), n->in.sin_addr, sizeof(n->in.sin_addr));
		a->port = swap_port(n->in.sin_port);
	}
	return 0;
}

void inet_show(const struct socket *s, const struct inet_address *a, struct socket_name *n)
{
	if (inet_is_v6(s)) {
		*n = (struct socket_name){ .len = sizeof(n->in6) };
		n->in6.sin6_family = AF_INET6;
		n->in6.sin6_port = swap_port(a->port);
		memcpy(n->in6.sin6_addr, a->ip, sizeof(a->ip));
	} else {
		*n = (struct socket_name){ .len = sizeof(n->in) };
		n->in.sin_family = AF_INET;
		n->in.sin_port = swap_port(a->port);
		memcpy(n->in.sin_addr, a->ip + sizeof(mapped), sizeof(n->in.sin_addr));
	}
}

void inet_forget(const struct socket *s, struct inet_address *a)
{
	*a = inet_is_v6(s) ? any6 : any4;
}

bool inet_is_own(const struct socket *s, const struct inet_address *a)
{
	if (!netns_is_up(s))
		return same_ip(a, &any4) || same_ip(a, &any6);
	if (inet_is_v4(a))
		return a->ip[sizeof(mapped)] == 127 || same_ip(a, &any4);
	return same_ip(a, &loopback6) || same_ip(a, &any6);
}

bool inet_reachable(const struct socket *s, struct inet_address *a)
{
	const uint16_t port = a->port;

	if (same_ip(a, &any4))
		*a = loopback4;
	else if (same_ip(a, &any6))
		*a = loopback6;
	a->port = port;
	if (!netns_is_up(s))
		return false;
	if (inet_is_own(s, a))
		return true;
	absent_say("connect", "network", inet_is_v4(a) ? AF_INET : AF_INET6, "ENETUNREACH");
	return false;
}

struct inet_address inet_source(const struct socket *s, const struct inet_address *to)
{
	struct inet_address a = s->inet->local;

	if (same_ip(&a, &any4) || same_ip(&a, &any6))
		a = inet_is_v4(to) ? loopback4 : loopback6;
	a.port = s->inet->local.port;
	return a;
}

/* ---- the table of ports ---- */

static struct list *list_of(uint16_t port)
{
	struct list *l = &ports[port % PORTS];

	if (l->next == NULL)
		list_init(l);
	return l;
}

/*
 * Does S, which is bound, receive what is sent to A? 0: no; 1: yes, it is bound to all addresses;
 * 2: yes, it is bound to A.
 */
static int stands_for(const struct socket *s, const struct inet_address *a)
{
	const struct inet_address *local = &s->inet->local;

	if (same_ip(local, a))
		return 2;
	if (same_ip(local, &any4))
		return inet_is_v4(a);
	return same_ip(local, &any6) && !(s->inet->v6only && inet_is_v4(a));
}

/*
 * The next socket after S (NULL: the first) in the list of PORT that has this local port, or NULL.
 */
static struct socket *next_on_port(uint16_t port, const struct socket *s)
{
	struct list *head = list_of(port), *link = s != NULL ? s->inet->same_port.next : head->next;

	for (; link != head; link = link->next) {
		const struct inet *i = container_of(link, struct inet, same_port);

		if (i->local.port == port)
			return i->socket;
	}
	return NULL;
}

struct socket *inet_lookup(const struct socket *by, const struct inet_address *to, const struct inet_address *from)
{
	struct socket *best = NULL;
	int most = 0;

	for (struct socket *s = next_on_port(to->port, NULL); s != NULL; s = next_on_port(to->port, s)) {
		const struct inet *i = s->inet;
		int score = s->type == by->type && s->net == by->net ? stands_for(s, to) : 0;

		if (score == 0 || (by->type == SOCK_STREAM && !s->listening))
			continue;
		if (by->type == SOCK_DGRAM && s->connected) {
			if (i->remote.port != from->port || !same_ip(&i->remote, from))
				continue;
			score += 4;
		}
		if (score >= most) {
			best = s;
			most = score;
		}
	}
	return best;
}

static bool inet_name_has(const struct socket *s, int option)
{
	return (s->kept >> option & 1) != 0;
}

int inet_check_port(const struct socket *s)
{
	const uint16_t port = s->inet->local.port;

	for (struct socket *other = next_on_port(port, NULL); other != NULL; other = next_on_port(port, other)) {
		if (other == s || other->type != s->type || other->net != s->net ||
		    (stands_for(s, &other->inet->local) == 0 && stands_for(other, &s->inet->local) == 0))
			continue;
		if (inet_name_has(s, SO_REUSEADDR) && inet_name_has(other, SO_REUSEADDR) && !other->listening)
			continue;
		if (inet_name_has(s, SO_REUSEPORT) && inet_name_has(other, SO_REUSEPORT) &&
		    s->inet->owner == other->inet->owner)
			continue;
		return -EADDRINUSE;
	}
	return 0;
}

void inet_add_port(struct socket *s)
{
	s->inet->owner = current->cred.euid;
	list_add_tail(&s->inet->same_port, list_of(s->inet->local.port));
}

void inet_remove_port(struct socket *s)
{
	if (s->inet->local.port == 0)
		return;
	list_del(&s->inet->same_port);
	s->inet->local.port = 0;
}

/*
 * Sets S's local port to the first free one, from a random one on: 0, or -EADDRINUSE and S has no
 * port. [inet_csk_find_open_port]
 */
static int find_port(struct socket *s)
{
	const uint32_t count = LAST_ANY - FIRST_ANY + 1;
	uint32_t start;

	random_bytes(&start, sizeof(start));
	for (uint32_t n = 0; n < count; n++) {
		s->inet->local.port = (uint16_t)(FIRST_ANY + (start % count + n) % count);
		if (inet_check_port(s) == 0)
			return 0;
		if (n % 1000 == 999 && sched_give_way())
			break;
	}
	s->inet->local.port = 0;
	return -EADDRINUSE;
}

int inet_bind_any(struct socket *s)
{
	int err;

	if (s->inet->local.port != 0)
		return 0;
	err = find_port(s);
	if (err == 0)
		inet_add_port(s);
	return err;
}

int inet_bind(struct socket *s, const struct socket_name *n)
{
	struct inet *i = s->inet;
	struct inet_address a;
	int err = inet_read(s, n, &a);

	/* Old programs give no family when they mean all addresses. */
	if (err == -EAFNOSUPPORT && !inet_is_v6(s) && n->family == AF_UNSPEC &&
	    memcmp(n->in.sin_addr, any6.ip, sizeof(n->in.sin_addr)) == 0) {
		a = any4;
		a.port = swap_port(n->in.sin_port);
		err = 0;
	}
	if (err != 0)
		return err;
	if (!inet_is_own(s, &a) || (inet_is_v4(&a) && i->v6only && inet_is_v6(s)))
		return inet_is_own(s, &a) ? -EINVAL : -EADDRNOTAVAIL;
	if (a.port != 0 && a.port < FIRST_UNPRIVILEGED && !userns_capable(CAP_NET_BIND_SERVICE))
		return -EACCES;
	if (i->local.port != 0 || s->connected)
		return -EINVAL;
	i->local = a;
	i->owner = current->cred.euid;
	err = a.port == 0 ? find_port(s) : inet_check_port(s);
	if (err != 0) {
		inet_forget(s, &i->local);
		return err;
	}
	i->port_kept = a.port != 0;
	inet_add_port(s);
	return 0;
}
