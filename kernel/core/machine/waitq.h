/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * waitq.h - struct waitq, for whoever embeds one; what is done with it is in wait.h.
 */
#pragma once

#include <stdint.h>

#include "list.h"

struct waitq {
	struct list waiters;
};

static inline void waitq_init(struct waitq *q)
{
	list_init(&q->waiters);
}
