/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sigpending.h - the signals that are pending for a task or a process.
 * kernel/core/signal/sigqueue.c adds and takes them.
 */
#pragma once

#include <stdint.h>

#include <abi/signal.h>

#include "list.h"

#define SIGMASK(sig) (1UL << ((sig)-1))

/*
 * Signals that were sent and not yet taken: a bit for each, and their infos in the order of
 * arrival. Invariant: the signal of every info in the queue has its bit in `set`. A bit without an
 * info is a signal that was sent when there was no room for the info. An info is charged to a user
 * from sigpending_add() until it is taken or flushed.
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
