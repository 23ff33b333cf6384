/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mutex.c - locks for what lets other tasks run halfway through a change: see mutex.h.
 */
#include "mutex.h"

#include <abi/errno.h>

#include "kassert.h"
#include "wait.h"

int mutex_lock(struct mutex *m)
{
	if (m->taken && wait_event(&m->unlocked, !m->taken, WAIT_KILLABLE, TIME_NEVER) != 0)
		return -EINTR;
	KASSERT(!m->taken);
	m->taken = true;
	return 0;
}

void mutex_unlock(struct mutex *m)
{
	KASSERT(m->taken);
	m->taken = false;
	waitq_wake(&m->unlocked);
}
