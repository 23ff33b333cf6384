/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * netlink_tell.h - the kernel's messages to netlink sockets, for mq_notify(2). kernel/linux/socket
 * serves it and kernel/linux/ipc asks; the pointer between them is in sys_misc.c.
 */
#pragma once

#include <stdint.h>

struct file;

/*
 * Puts the N bytes at BYTES into the queue of the netlink socket F; N 0: none. 0, -ENOTSOCK,
 * -EINVAL (another socket) or -ENOBUFS. NULL: the image has no sockets. [netlink_sendskb]
 */
extern int (*netlink_tell)(struct file *f, const void *bytes, uint32_t n);
