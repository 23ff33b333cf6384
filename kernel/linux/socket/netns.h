/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netns.h - network namespaces, for the sockets in them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ns.h"

struct socket;

#define LOOPBACK_INDEX 1
#define LOOPBACK_NAME "lo"
#define LOOPBACK_MTU 65536
#define DEVICE_NAME_MAX 16 /* bytes, with a NUL [IFNAMSIZ] */

extern const struct ns_kind netns_kind;
/* Is the loopback of S's namespace turned on? And what are its flags (IFF_*)? */
bool netns_is_up(const struct socket *s);
uint32_t netns_flags(const struct socket *s);
/* Turns the loopback on (UP) or off: 0, or -EPERM without CAP_NET_ADMIN there. */
[[nodiscard]] int netns_turn(const struct socket *s, bool up);
/*
 * CMD of ioctl(2) on S, which asks for something of a network interface, or for all their
 * addresses, with the struct ifreq or struct ifconf at user address ARG: 0, -EFAULT, -ENODEV,
 * -EPERM, -EADDRNOTAVAIL (it is down, so it has no address), -ENOTTY (CMD is none of these).
 * [netdevice(7)]
 */
[[nodiscard]] long netns_ioctl(const struct socket *s, uint64_t cmd, uint64_t arg);
