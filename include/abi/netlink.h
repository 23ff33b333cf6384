/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink.h - what of AF_NETLINK is about interfaces, and what ioctl(2) says of them.
 * [linux/netlink.h, linux/rtnetlink.h, linux/if_link.h, linux/if_addr.h, linux/if.h,
 * linux/sockios.h]
 */
#pragma once

#include <stdint.h>

#define AF_NETLINK    16
#define NETLINK_ROUTE 0

struct sockaddr_nl {
	uint16_t nl_family;
	uint16_t nl_pad;
	uint32_t nl_pid;
	uint32_t nl_groups;
};

struct nlmsghdr {
	uint32_t nlmsg_len;
	uint16_t nlmsg_type;
	uint16_t nlmsg_flags;
	uint32_t nlmsg_seq;
	uint32_t nlmsg_pid;
};

struct nlmsgerr {
	int32_t error;
	struct nlmsghdr msg;
};

#define NLM_F_REQUEST 1
#define NLM_F_MULTI   2
#define NLM_F_ACK     4
#define NLM_F_DUMP    0x300

#define NLMSG_ERROR 2
#define NLMSG_DONE  3

#define RTM_NEWLINK 16
#define RTM_GETLINK 18
#define RTM_SETLINK 19
#define RTM_NEWADDR 20
#define RTM_GETADDR 22

struct ifinfomsg {
	uint8_t ifi_family;
	uint8_t __ifi_pad;
	uint16_t ifi_type;
	int32_t ifi_index;
	uint32_t ifi_flags;
	uint32_t ifi_change;
};

struct ifaddrmsg {
	uint8_t ifa_family;
	uint8_t ifa_prefixlen;
	uint8_t ifa_flags;
	uint8_t ifa_scope;
	uint32_t ifa_index;
};

struct rtattr {
	uint16_t rta_len;
	uint16_t rta_type;
};

#define IFLA_IFNAME 3
#define IFLA_MTU    4
#define IFA_ADDRESS 1
#define IFA_LOCAL   2
#define IFA_LABEL   3

#define ARPHRD_LOOPBACK 772
#define RT_SCOPE_HOST	254
#define IFA_F_PERMANENT 0x80

#define IFF_UP	     0x1
#define IFF_LOOPBACK 0x8
#define IFF_RUNNING  0x40

struct ifreq {
	char ifr_name[16];
	union {
		int32_t value; /* an index, or another number */
		uint16_t flags;
		uint8_t bytes[24]; /* an address, or a struct ifmap */
	};
};

struct ifconf {
	int32_t ifc_len;
	uint64_t ifc_buf;
};

#define IFMAP_SIZE 21 /* the fields of struct ifmap */

#define SIOCGIFNAME    0x8910
#define SIOCGIFCONF    0x8912
#define SIOCGIFFLAGS   0x8913
#define SIOCSIFFLAGS   0x8914
#define SIOCGIFADDR    0x8915
#define SIOCGIFDSTADDR 0x8917
#define SIOCGIFBRDADDR 0x8919
#define SIOCGIFNETMASK 0x891b
#define SIOCGIFMETRIC  0x891d
#define SIOCGIFMTU     0x8921
#define SIOCGIFHWADDR  0x8927
#define SIOCGIFINDEX   0x8933
#define SIOCGIFTXQLEN  0x8942
#define SIOCGIFMAP     0x8970
