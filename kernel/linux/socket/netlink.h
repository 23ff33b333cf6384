/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink.h - the operations of AF_NETLINK sockets that are about their names. For netlink.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct ancillary;
struct file;
struct socket;
struct socket_name;

/*
 * Gives S, unless it has one, the id of the current process as its number (nl_pid), or if a socket
 * has that, a number that is no process's.
 */
void netlink_autobind(struct socket *s);
/*
 * See struct socket_family. A netlink socket can be connected to the kernel only: there is nobody
 * else to talk to. -EADDRINUSE: the number is another socket's.
 */
[[nodiscard]] int netlink_bind(struct socket *s, const struct socket_name *n);
[[nodiscard]] int netlink_connect(struct file *f, const struct socket_name *n);
[[nodiscard]] int netlink_listen(struct socket *s);
[[nodiscard]] int netlink_send_to(struct socket *s, const struct socket_name *n, struct ancillary *a);
[[nodiscard]] int netlink_name(const struct socket *s, bool peer, struct socket_name *n);
/* In netlink.c: what netlink_tell promises; N is at most 512. */
[[nodiscard]] int netlink_tell_file(struct file *f, const void *bytes, uint32_t n);
