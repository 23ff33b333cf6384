/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * waitq.h - struct waitq, a wait queue, for headers of things that have one. core/task/wait.h has
 * the functions.
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
