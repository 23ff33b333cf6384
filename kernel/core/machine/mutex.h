/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mutex.h - a lock that one task at a time has, for what lets other tasks run halfway through a
 * change. The others sleep. core/task/mutex.c has the functions.
 */
#pragma once

#include <stdbool.h>

#include "waitq.h"

struct mutex {
	bool taken;
	struct waitq unlocked;
};

#define MUTEX_INIT(name)                                                     \
	{                                                                    \
		.unlocked = {.waiters = LIST_INIT((name).unlocked.waiters) } \
	}

static inline void mutex_init(struct mutex *m)
{
	waitq_init(&m->unlocked);
}

/* Takes M once nobody has it: 0, or -EINTR (a fatal signal). */
[[nodiscard]] int mutex_lock(struct mutex *m);
void mutex_unlock(struct mutex *m);
