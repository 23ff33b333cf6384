/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * in.h - internet addresses and what belongs to their sockets. [linux/in.h,
 * linux/in6.h, linux/tcp.h, linux/udp.h]
 */
#pragma once

#include <stdint.h>

#define IPPROTO_IP   0
#define IPPROTO_ICMP 1
#define IPPROTO_TCP  6
#define IPPROTO_UDP  17
#define IPPROTO_IPV6 41

#define IP_TOS		 1
#define IP_TTL		 2
#define IP_PKTINFO	 8
#define IP_MTU_DISCOVER	 10
#define IP_RECVERR	 11
#define IP_RECVTTL	 12
#define IP_RECVTOS	 13
#define IP_FREEBIND	 15
#define IP_BIND_ADDRESS_NO_PORT 24
#define IP_MULTICAST_TTL 33

struct in_pktinfo {
	int32_t ipi_ifindex;
	uint8_t ipi_spec_dst[4];
	uint8_t ipi_addr[4];
};

#define IPV6_UNICAST_HOPS 16
#define IPV6_MTU_DISCOVER 23
#define IPV6_RECVERR	  25
#define IPV6_V6ONLY	  26
#define IPV6_RECVPKTINFO  49
#define IPV6_PKTINFO	  50
#define IPV6_RECVHOPLIMIT 51
#define IPV6_HOPLIMIT	  52
#define IPV6_RECVTCLASS	  66
#define IPV6_TCLASS	  67

struct in6_pktinfo {
	uint8_t ipi6_addr[16];
	uint32_t ipi6_ifindex;
};

#define TCP_NODELAY	 1
#define TCP_CORK	 3
#define TCP_KEEPIDLE	 4
#define TCP_KEEPINTVL	 5
#define TCP_KEEPCNT	 6
#define TCP_SYNCNT	 7
#define TCP_LINGER2	 8
#define TCP_DEFER_ACCEPT 9
#define TCP_QUICKACK	 12
#define TCP_USER_TIMEOUT 18
#define TCP_FASTOPEN	 23
#define TCP_NOTSENT_LOWAT 25

/* Ports and addresses are in network order. */
struct sockaddr_in {
	uint16_t sin_family;
	uint16_t sin_port;
	uint8_t	 sin_addr[4];
	uint8_t	 sin_zero[8];
};

struct sockaddr_in6 {
	uint16_t sin6_family;
	uint16_t sin6_port;
	uint32_t sin6_flowinfo;
	uint8_t	 sin6_addr[16];
	uint32_t sin6_scope_id;
};

#define SIN6_LEN_RFC2133 24 /* without sin6_scope_id */

_Static_assert(sizeof(struct sockaddr_in) == 16, "uapi layout");
_Static_assert(sizeof(struct sockaddr_in6) == 28, "uapi layout");
