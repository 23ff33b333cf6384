/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock_wait.c - waiting until no other owner's lock conflicts, unless that would be a deadlock.
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "lock_list.h"
#include "task.h"
#include "wait.h"

/* A task that waits for a lock. */
struct wish {
	struct list link;
	const struct lock *wanted;
};

static struct list wishes = LIST_INIT(wishes);

/*
 * Does L belong to a process? Only such locks can be part of a deadlock that is found: it is not
 * known which task would release the lock of an open file description.
 */
static bool is_process_lock(const struct lock *l)
{
	return !l->whole && l->pid != UINT32_MAX;
}

/*
 * Does the owner of a lock that conflicts with WANTED wait for WANTED's owner, directly or through
 * others? The chain is followed as far as Linux follows it. [posix_locks_deadlock]
 */
static bool would_deadlock(const struct lock *wanted)
{
	const struct lock *next = wanted;

	for (int n = 0; n < 10 && next != NULL && is_process_lock(wanted); n++) {
		const struct lock *held = lock_find_conflict(next);

		if (held == NULL)
			return false;
		if (held->owner == wanted->owner)
			return true;
		next = NULL;
		list_for_each(link, &wishes) {
			const struct lock *other = container_of(link, struct wish, link)->wanted;

			if (other->owner == held->owner && is_process_lock(other))
				next = other;
		}
	}
	return false;
}

static int lock_wait_for(const struct lock *wanted)
{
	struct wish wish = { .wanted = wanted };
	int err;

	if (would_deadlock(wanted))
		return -EDEADLK;
	list_add_tail(&wish.link, &wishes);
	err = wait_event(&lock_released, lock_find_conflict(wanted) == NULL || would_deadlock(wanted),
			 WAIT_INTERRUPTIBLE, TIME_NEVER);
	list_del(&wish.link);
	if (err != 0)
		return -ERESTARTSYS;
	return lock_find_conflict(wanted) != NULL ? -EDEADLK : 0;
}

int lock_set_or_wait(const struct lock *wanted, bool wait)
{
	int err = 0;

	do {
		if (wait && wanted->type != F_UNLCK && lock_find_conflict(wanted) != NULL)
			err = lock_wait_for(wanted);
		if (err == 0)
			err = lock_set(wanted);
	} while (wait && err == -EAGAIN);
	return err;
}
