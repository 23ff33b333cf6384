/* SPDX-License-Identifier: BSD-2-Clause */
/* mqueue.h - POSIX message queues. [linux/mqueue.h] */
#pragma once

#include <stdint.h>

#define NOTIFY_COOKIE_LEN 32
#define MQ_PRIO_MAX	32768

struct mq_attr {
	int64_t mq_flags;	/* O_NONBLOCK of the opening */
	int64_t mq_maxmsg;
	int64_t mq_msgsize;
	int64_t mq_curmsgs;
	int64_t __reserved[4];
};

_Static_assert(sizeof(struct mq_attr) == 64, "uapi layout");
