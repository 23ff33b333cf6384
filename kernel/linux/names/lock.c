/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock.c - see lock.h and lock_list.h. All locks are in one list: programs hold few.
 */
#include "lock.h"

#include <abi/errno.h>
#include <abi/fcntl.h>

#include "lock_list.h"
#include "page.h"
#include "task.h"
#include "wait.h"

#define RELEASED_AT_ONCE 256U /* then others may have their turn */

struct list lock_all = LIST_INIT(lock_all);
static struct waitq released = { .waiters = LIST_INIT(released.waiters) };

static bool lock_overlaps(const struct lock *a, const struct lock *b)
{
	return a->inode == b->inode && a->whole == b->whole && a->start <= b->end && b->start <= a->end;
}

const struct lock *lock_find_conflict(const struct lock *wanted)
{
	list_for_each(link, &lock_all) {
		const struct lock *l = container_of(link, struct lock, link);

		if (lock_overlaps(l, wanted) && l->owner != wanted->owner &&
		    (l->type == F_WRLCK || wanted->type == F_WRLCK))
			return l;
	}
	return NULL;
}

static struct lock *copy_lock(const struct lock *l)
{
	struct lock *new = kmalloc(sizeof(*new));

	if (new != NULL)
		*new = *l;
	return new;
}

/*
 * Removes the range of WANTED from its owner's locks. REST is room for the second half of a lock
 * that is split.
 */
static void cut_out(const struct lock *wanted, struct lock *rest)
{
	list_for_each(link, &lock_all) {
		struct lock *l = container_of(link, struct lock, link);
		bool before = l->start<wanted->start, after = l->end> wanted->end;

		if (!lock_overlaps(l, wanted) || l->owner != wanted->owner || l == rest)
			continue;
		if (before && after) {
			*rest = *l;
			rest->start = wanted->end + 1;
			list_add(&rest->link, &l->link);
			l->end = wanted->start - 1;
			return;
		}
		if (before) {
			l->end = wanted->start - 1;
		} else if (after) {
			l->start = wanted->end + 1;
		} else {
			list_del(&l->link);
			kfree(l);
		}
	}
	kfree(rest);
}

static bool is_of(const struct lock *l, const struct lock *wanted)
{
	return l->inode == wanted->inode && l->whole == wanted->whole && l->owner == wanted->owner;
}

/* The list entry before the first lock of WANTED's owner, or the list's end if there is none. */
static struct list *before_owners_locks(const struct lock *wanted)
{
	list_for_each(link, &lock_all)
		if (is_of(container_of(link, struct lock, link), wanted))
			return link->prev;
	return lock_all.prev;
}

/* Merges into NEW its owner's locks of the same kind that touch it. */
static void merge_locks(struct lock *new)
{
	list_for_each(link, &lock_all) {
		struct lock *l = container_of(link, struct lock, link);

		if (!is_of(l, new) || l->type != new->type || (l->end != UINT64_MAX && l->end + 1 < new->start) ||
		    (new->end != UINT64_MAX &&new->end + 1 < l->start))
			continue;
		if (l->start < new->start)
			new->start = l->start;
		if (l->end > new->end)
			new->end = l->end;
		list_del(&l->link);
		kfree(l);
	}
}

/*
 * Each owner's locks are together in the list, sorted by their starts: F_GETLK reports the first
 * that conflicts. [posix_lock_inode]
 */
static void insert_lock(struct list *from, struct lock *new)
{
	struct list *at = from;

	for (struct list *link = from->next; link != &lock_all; link = link->next) {
		const struct lock *l = container_of(link, struct lock, link);

		if (is_of(l, new) && l->start < new->start)
			at = link;
	}
	list_add(&new->link, at);
}

int lock_set(const struct lock *wanted)
{
	struct lock *rest = copy_lock(wanted), *new = copy_lock(wanted);
	struct lock gap = { .inode = NULL }; /* no owner's */

	if (rest == NULL || new == NULL) {
		kfree(rest);
		kfree(new);
		return -ENOLCK;
	}
	/* Marks the place while the locks there may be removed. */
	list_add(&gap.link, before_owners_locks(wanted));
	cut_out(wanted, rest);
	if (wanted->type == F_UNLCK) {
		kfree(new);
	} else {
		merge_locks(new);
		insert_lock(&gap.link, new);
	}
	list_del(&gap.link);
	waitq_wake(&released);
	return 0;
}

/* A task that waits for a lock. */
struct wish {
	struct list link;
	const struct lock *wanted;
};

static struct list wishes = LIST_INIT(wishes);

/*
 * Does L belong to a process? Deadlocks are only looked for among these: which task would release
 * an open file's lock is not known.
 */
static bool is_process_lock(const struct lock *l)
{
	return !l->whole && l->pid != UINT32_MAX;
}

/*
 * Does a holder of what WANTED needs wait for WANTED's owner, directly or through others? It is
 * followed as far as Linux does. [posix_locks_deadlock]
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
	err = wait_event(&released, lock_find_conflict(wanted) == NULL || would_deadlock(wanted), WAIT_INTERRUPTIBLE,
			 TIME_NEVER);
	list_del(&wish.link);
	if (err != 0)
		return -ERESTARTSYS;
	return lock_find_conflict(wanted) != NULL ? -EDEADLK : 0;
}

int lock_set_or_wait(const struct lock *wanted, bool wait)
{
	if (wanted->type != F_UNLCK && lock_find_conflict(wanted) != NULL) {
		const int err = wait ? lock_wait_for(wanted) : -EAGAIN;

		if (err != 0)
			return err;
	}
	return lock_set(wanted);
}

void lock_release(const void *owner, const struct inode *i)
{
	uint32_t released_now = 0;
	struct list *next;

	for (struct list *link = lock_all.next; link != &lock_all; link = next) {
		struct lock *l = container_of(link, struct lock, link);

		next = link->next;
		if (l->owner != owner || l->inode != i)
			continue;
		list_del(&l->link);
		kfree(l);
		if (++released_now % RELEASED_AT_ONCE == 0) {
			(void)sched_give_way();
			next = lock_all.next; /* the list may be another */
		}
	}
	if (released_now != 0)
		waitq_wake(&released);
}

uint32_t lock_count(void)
{
	return list_length(&lock_all);
}
