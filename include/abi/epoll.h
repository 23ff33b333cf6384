/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * epoll.h - epoll's operations, event flags and structure. [linux/eventpoll.h]
 */
#pragma once

#include <stdint.h>

#define EPOLL_CLOEXEC	02000000

#define EPOLL_CTL_ADD	1
#define EPOLL_CTL_DEL	2
#define EPOLL_CTL_MOD	3

#define EPOLLEXCLUSIVE	(1U << 28)
#define EPOLLWAKEUP	(1U << 29)
#define EPOLLONESHOT	(1U << 30)
#define EPOLLET		(1U << 31)

struct epoll_event {
	uint32_t events;
	uint64_t data;
};
