/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * waitq.h - what a wait queue is, for whoever embeds one; wait.h has what is done with it.
 */
#pragma once

#include <stdint.h>

#include "list.h"

struct waitq {
	struct list waiters;
	uint32_t wakes; /* counted for edge-triggered epoll */
};

static inline void waitq_init(struct waitq *q)
{
	list_init(&q->waiters);
	q->wakes = 0;
}
