/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigpending.h - signals that are pending for a task or a process. kernel/core/signal queues and
 * takes them.
 */
#pragma once

#include <stdint.h>

#include <abi/signal.h>

#include "list.h"

#define SIGMASK(sig) (1UL << ((sig)-1))

/*
 * Signals that were sent and not yet taken: a bit for each, and their infos in order of arrival.
 * Every info in the queue has its signal's bit in `set`. A bit without an info is a signal that was
 * sent when there was no memory for the info. An info is counted for one user from sigpending_add()
 * until it is taken or flushed.
 */
struct sigpending {
	uint64_t set;
	struct list infos; /* struct sigqueue */
};

static inline void sigpending_init(struct sigpending *p)
{
	p->set = 0;
	list_init(&p->infos);
}
