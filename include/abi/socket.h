/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket.h - sockets' families, types, options and messages.
 * [linux/socket.h, asm-generic/socket.h, linux/net.h; the rest is the kernel's
 * include/linux/socket.h, which C libraries repeat]
 */
#pragma once

#include <stdint.h>

#define AF_UNSPEC	0
#define AF_UNIX		1
#define AF_INET		2
#define AF_INET6	10

#define SOCK_STREAM	1
#define SOCK_DGRAM	2
#define SOCK_RAW	3
#define SOCK_SEQPACKET	5
#define SOCK_NONBLOCK	00004000
#define SOCK_CLOEXEC	02000000

#define SOL_SOCKET	1
#define SO_REUSEADDR	2
#define SO_TYPE		3
#define SO_ERROR	4
#define SO_DONTROUTE	5
#define SO_BROADCAST	6
#define SO_SNDBUF	7
#define SO_SNDBUFFORCE	32
#define SO_RCVBUFFORCE	33
#define SO_RCVBUF	8
#define SO_KEEPALIVE	9
#define SO_OOBINLINE	10
#define SO_NO_CHECK	11
#define SO_PRIORITY	12
#define SO_LINGER	13
#define SO_REUSEPORT	15
#define SO_PASSCRED	16
#define SO_PEERCRED	17
#define SO_RCVLOWAT	18
#define SO_SNDLOWAT	19
#define SO_RCVTIMEO_OLD	20
#define SO_SNDTIMEO_OLD	21
#define SO_BINDTODEVICE	25
#define SO_DETACH_FILTER	27
#define SO_TIMESTAMP_OLD	29
#define SO_ACCEPTCONN	30
#define SO_PASSSEC	34
#define SO_TIMESTAMPNS_OLD	35
#define SO_MARK		36
#define SO_PROTOCOL	38
#define SO_DOMAIN	39
#define SO_RXQ_OVFL	40
#define SO_INCOMING_CPU	49
#define SO_COOKIE	57
#define SO_PEERGROUPS	59
#define SO_RCVTIMEO_NEW	66
#define SO_SNDTIMEO_NEW	67

#define SCM_RIGHTS	1
#define SCM_CREDENTIALS	2
#define SCM_MAX_FD	253

#define MSG_OOB			0x1
#define MSG_PEEK		0x2
#define MSG_CTRUNC		0x8
#define MSG_TRUNC		0x20
#define MSG_DONTWAIT		0x40
#define MSG_EOR			0x80
#define MSG_WAITALL		0x100
#define MSG_WAITFORONE		0x10000
#define MSG_ERRQUEUE		0x2000
#define MSG_NOSIGNAL		0x4000
#define MSG_CMSG_CLOEXEC	0x40000000

#define SHUT_RD		0
#define SHUT_WR		1
#define SHUT_RDWR	2

/* Linux's struct msghdr, as programs pass it. */
struct user_msghdr {
	uint64_t msg_name;
	int32_t	 msg_namelen;
	uint32_t __pad1;
	uint64_t msg_iov;
	uint64_t msg_iovlen;
	uint64_t msg_control;
	uint64_t msg_controllen;
	uint32_t msg_flags;
	uint32_t __pad2;
};

/* A message of sendmmsg and recvmmsg. */
struct mmsghdr {
	struct user_msghdr msg_hdr;
	uint32_t	   msg_len;
	uint32_t	   __pad;
};

struct cmsghdr {
	uint64_t cmsg_len; /* with this header */
	int32_t	 cmsg_level;
	int32_t	 cmsg_type;
};

/* A path with a terminator; or, after a zero byte, any bytes at all. */
struct sockaddr_un {
	uint16_t sun_family;
	char	 sun_path[108];
};

struct linger {
	int32_t l_onoff;
	int32_t l_linger; /* seconds */
};

struct ucred {
	uint32_t pid;
	uint32_t uid;
	uint32_t gid;
};

_Static_assert(sizeof(struct user_msghdr) == 56, "uapi layout");
