/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock.c - see lock.h and lock_list.h. A holder has its locks on a file in a tree, by their starts.
 * They do not overlap. Two that touch differ in type; otherwise they would have been merged.
 */
#include "lock.h"

#include <abi/errno.h>
#include <abi/fcntl.h>

#include "avl.h"
#include "hash.h"
#include "lock_list.h"
#include "page.h"
#include "task.h"
#include "wait.h"

#define LOCK_WORK (8 * SCHED_STEP) /* removing a lock */

/* A lock in the tree of its holder. */
struct held {
	struct avl_node node;
	struct lock lock;
	bool writes; /* it is a write lock, or there is one in its subtree */
};

/* An owner with locks of one kind (fcntl or flock) on a file. */
struct holder {
	struct hashed hashed; /* by file; the holders of a file are in the order of their first locks */
	struct lock of;	      /* only the inode, owner and kind, which are those of all its locks */
	struct avl locks;
	/*
	 * The lock that is being set; NULL: none. cut_out() lets other tasks run before it is in
	 * the tree, and it conflicts with theirs already. `gone`: all locks of the holder were
	 * released meanwhile.
	 */
	const struct lock *change;
	bool gone;
};

static struct hash holders;
static uint32_t locks;
struct waitq lock_released = { .waiters = LIST_INIT(lock_released.waiters) };

void lock_init(void)
{
	hash_init(&holders);
}

static struct held *held_of(struct avl_node *n)
{
	return n != NULL ? container_of(n, struct held, node) : NULL;
}

static void held_sum(struct avl_node *n)
{
	struct held *h = held_of(n);

	h->writes = h->lock.type == F_WRLCK || (n->child[0] != NULL && held_of(n->child[0])->writes) ||
		    (n->child[1] != NULL && held_of(n->child[1])->writes);
}

static uint32_t hash_of_file(const struct inode *i)
{
	return hash_words((uint64_t)i, 0);
}

static bool on_same_file(const struct holder *h, const struct lock *l)
{
	return h->of.inode == l->inode && h->of.whole == l->whole;
}

static struct holder *holder_of(struct list *link)
{
	return container_of(link, struct holder, hashed.link);
}

static struct holder *find_holder(const struct lock *l)
{
	list_for_each(link, hash_bucket(&holders, hash_of_file(l->inode)))
		if (on_same_file(holder_of(link), l) && holder_of(link)->of.owner == l->owner)
			return holder_of(link);
	return NULL;
}

static struct holder *make_holder(const struct lock *l)
{
	struct holder *h = find_holder(l);

	if (h != NULL)
		return h;
	h = kmalloc(sizeof(*h));
	if (h == NULL)
		return NULL;
	h->of = *l;
	h->locks.sum = held_sum;
	list_init(&h->hashed.link);
	hash_add(&holders, &h->hashed, hash_of_file(l->inode));
	return h;
}

static void put_holder(struct holder *h)
{
	if (h->locks.root != NULL)
		return;
	if (!h->gone)
		hash_remove(&holders, &h->hashed);
	kfree(h);
}

/* ---- conflicts ---- */

static bool locks_overlap(const struct lock *a, const struct lock *b)
{
	return a->start <= b->end && b->start <= a->end;
}

static bool locks_conflict(const struct lock *a, const struct lock *b)
{
	return locks_overlap(a, b) && (a->type == F_WRLCK || b->type == F_WRLCK);
}

/*
 * The first lock in N's subtree that conflicts with WANTED, or NULL. The recursion is as deep as
 * the tree.
 */
static const struct lock *first_conflict(struct avl_node *n, const struct lock *wanted)
{
	while (n != NULL && (wanted->type == F_WRLCK || held_of(n)->writes)) {
		const struct lock *l = &held_of(n)->lock, *found = NULL;

		if (l->end >= wanted->start)
			found = first_conflict(n->child[0], wanted);
		if (found == NULL && locks_conflict(l, wanted))
			found = l;
		if (found != NULL || l->start > wanted->end)
			return found;
		n = n->child[1];
	}
	return NULL;
}

const struct lock *lock_find_conflict(const struct lock *wanted)
{
	list_for_each(link, hash_bucket(&holders, hash_of_file(wanted->inode))) {
		struct holder *h = holder_of(link);
		const struct lock *found;

		if (!on_same_file(h, wanted) || h->of.owner == wanted->owner)
			continue;
		found = first_conflict(h->locks.root, wanted);
		if (found == NULL && h->change != NULL && locks_conflict(h->change, wanted))
			found = h->change;
		if (found != NULL)
			return found;
	}
	return NULL;
}

/* ---- setting ---- */

/* The first of H's locks that ends at or after AT, or NULL. */
static struct held *held_from(const struct holder *h, uint64_t at)
{
	struct held *best = NULL;

	for (struct avl_node *n = h->locks.root; n != NULL;) {
		struct held *l = held_of(n);

		if (l->lock.end >= at)
			best = l;
		n = n->child[l->lock.end < at];
	}
	return best;
}

static void held_add(struct holder *h, struct held *l)
{
	struct avl_node **at = &h->locks.root, *parent = NULL;

	while (*at != NULL) {
		parent = *at;
		KASSERT(!locks_overlap(&held_of(parent)->lock, &l->lock));
		at = &parent->child[l->lock.start > held_of(parent)->lock.start];
	}
	avl_insert(&h->locks, &l->node, parent, at);
	locks++;
}

static void held_remove(struct holder *h, struct held *l)
{
	avl_remove(&h->locks, &l->node);
	kfree(l);
	locks--;
}

static struct held *copy_lock(const struct lock *l)
{
	struct held *new = kmalloc(sizeof(*new));

	if (new != NULL)
		new->lock = *l;
	return new;
}

/*
 * Removes WANTED's range from H's locks. Lets other tasks run meanwhile. *REST is memory for the
 * second half of a lock that is split; it becomes NULL if it was used.
 */
static void cut_out(struct holder *h, const struct lock *wanted, struct held **rest)
{
	struct held *l;
	uint32_t worked = 0;

	while ((l = held_from(h, wanted->start)) != NULL && l->lock.start <= wanted->end) {
		const bool before = l->lock.start<wanted->start, after = l->lock.end> wanted->end;

		if (before && after) {
			(*rest)->lock = l->lock;
			(*rest)->lock.start = wanted->end + 1;
			l->lock.end = wanted->start - 1;
			held_add(h, *rest);
			*rest = NULL;
		} else if (before) {
			l->lock.end = wanted->start - 1;
		} else if (after) {
			l->lock.start = wanted->end + 1;
		} else {
			held_remove(h, l);
		}
		(void)sched_worked(&worked, LOCK_WORK);
	}
}

/* Does B continue A, so that one lock can stand for both? */
static bool held_continues(const struct held *a, const struct held *b)
{
	return a != NULL && b != NULL && a->lock.type == b->lock.type && a->lock.end + 1 == b->lock.start;
}

static struct held *held_beside(const struct held *l, bool side)
{
	return held_of(avl_step(&l->node, side));
}

static void add_merged(struct holder *h, struct held *l)
{
	struct held *other;

	held_add(h, l);
	other = held_beside(l, false);
	if (held_continues(other, l)) {
		l->lock.start = other->lock.start;
		held_remove(h, other);
	}
	other = held_beside(l, true);
	if (held_continues(l, other)) {
		l->lock.end = other->lock.end;
		held_remove(h, other);
	}
}

static bool is_changing(const struct lock *wanted)
{
	const struct holder *h = find_holder(wanted);

	return h != NULL && h->change != NULL;
}

/*
 * Sets WANTED among H's locks. *NEW is memory for it, and becomes NULL if it was used; REST is as
 * in cut_out().
 */
static void change_locks(struct holder *h, const struct lock *wanted, struct held **new, struct held **rest)
{
	h->change = wanted;
	cut_out(h, wanted, rest);
	h->change = NULL;
	if (wanted->type != F_UNLCK && !h->gone) {
		add_merged(h, *new);
		*new = NULL;
	}
	put_holder(h);
}

int lock_set(const struct lock *wanted)
{
	struct held *rest = copy_lock(wanted), *new = copy_lock(wanted);
	struct holder *h;
	int err = wait_event(&lock_released, !is_changing(wanted), WAIT_KILLABLE, TIME_NEVER);

	if (rest == NULL || new == NULL)
		err = -ENOLCK;
	else if (err == 0 && wanted->type != F_UNLCK && lock_find_conflict(wanted) != NULL)
		err = -EAGAIN; /* another task has set it while this one waited */
	h = err != 0 ? NULL : wanted->type == F_UNLCK ? find_holder(wanted) : make_holder(wanted);
	if (h != NULL)
		change_locks(h, wanted, &new, &rest);
	else if (err == 0 && wanted->type != F_UNLCK)
		err = -ENOLCK;
	kfree(rest);
	kfree(new);
	waitq_wake(&lock_released);
	return err;
}

void lock_release(const void *owner, const struct inode *i)
{
	uint32_t worked = 0;

	if (holders.count == 0)
		return;
	for (int whole = 0; whole < 2; whole++) {
		const struct lock all = { .inode = i, .owner = owner, .whole = whole, .end = UINT64_MAX };
		struct holder *h = find_holder(&all);
		struct avl_node *n;

		if (h == NULL)
			continue;
		/* Nobody finds it any more, so others may run while its locks go. */
		hash_remove(&holders, &h->hashed);
		h->gone = true;
		while ((n = avl_pop(&h->locks)) != NULL) {
			kfree(held_of(n));
			locks--;
			(void)sched_worked(&worked, LOCK_WORK);
		}
		if (h->change == NULL)
			kfree(h);
		waitq_wake(&lock_released);
	}
}

uint32_t lock_count(void)
{
	return locks;
}
