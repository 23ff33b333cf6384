/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex.c - futex(2): wait, wake and requeue; and robust mutexes when a thread ends. [kernel/futex]
 *
 * The key of a word in a shared mapping is the backing and the offset in it; the key of any other
 * word is its address space and its address. With FUTEX_PRIVATE_FLAG a word has another key than
 * without. There is one hart: no other task runs between reading the word and going to sleep.
 */
#include "futex.h"

#include "futex_sleeper.h"

#include <abi/errno.h>
#include <abi/futex.h>
#include <abi/mman.h>

#include "absent.h"
#include "inode.h"
#include "pidns.h"
#include "poll.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"
#include "vm.h"

static struct hash sleepers; /* by key; sleepers on one word are woken first come, first served */

void futex_init(void)
{
	hash_init(&sleepers);
}

int futex_get_key(uint64_t uaddr, bool private, struct futex_key *key)
{
	const struct vma *v;

	if (uaddr % sizeof(uint32_t) != 0)
		return -EINVAL;
	if (!user_range_ok(uaddr, sizeof(uint32_t)))
		return -EFAULT;
	v = private ? NULL : vma_find(current->mm, uaddr);
	if (!private && (v == NULL || v->prot == PROT_NONE))
		return -EFAULT;
	*key = (struct futex_key){ current->mm, uaddr | private };
	if (v == NULL || (v->flags & MAP_SHARED) == 0 || v->backing == NULL)
		return 0;
	*key = (struct futex_key){ v->backing, v->offset + (uaddr - v->start) };
	/* There is no word behind the last page of a file. [get_futex_key] */
	return key->offset < PAGE_UP(v->backing->ops->size(v->backing)) ? 0 : -EFAULT;
}

void futex_queue(struct futex_sleeper *s)
{
	hash_add(&sleepers, &s->hashed, hash_words((uint64_t)s->key.object, s->key.offset));
}

void futex_unqueue(struct futex_sleeper *s)
{
	hash_remove(&sleepers, &s->hashed);
}

/* The bucket with the sleepers on KEY. Sleepers on other words may be in it, too. */
static struct list *sleepers_at(const struct futex_key *key)
{
	return hash_bucket(&sleepers, hash_words((uint64_t)key->object, key->offset));
}

static bool same_key(const struct futex_key *a, const struct futex_key *b)
{
	return a->object == b->object && a->offset == b->offset;
}

#define WOKEN_AT_ONCE 256 /* after so many, other tasks may run */

long futex_wake_key(const struct futex_key *key, uint32_t n, uint32_t bitset)
{
	const long most = (int32_t)n > 0 ? (int32_t)n : 1;
	struct list *next, *all = sleepers_at(key);
	long woken = 0;

	for (struct list *link = all->next; link != all && woken != most; link = next) {
		struct futex_sleeper *s = container_of(link, struct futex_sleeper, hashed.link);

		next = link->next;
		if (!same_key(&s->key, key) || !(s->bitset & bitset))
			continue;
		s->woken = true;
		hash_take(&sleepers, &s->hashed);
		if (s->task->state == TASK_SLEEPING)
			sched_wake(s->task);
		if (++woken % WOKEN_AT_ONCE != 0)
			continue;
		(void)sched_give_way();
		all = sleepers_at(key); /* others ran: the table may have changed */
		next = all->next;
	}
	return woken;
}

static long futex_wake(uint64_t uaddr, bool private, uint32_t n, uint32_t bitset)
{
	struct futex_key key;
	const int err = futex_get_key(uaddr, private, &key);

	if (bitset == 0)
		return -EINVAL;
	return err != 0 ? err : futex_wake_key(&key, n, bitset);
}

static long wait_until(uint64_t uaddr, bool private, uint32_t value, uint64_t deadline, uint32_t bitset)
{
	struct futex_sleeper s = { .bitset = bitset, .task = current };
	uint32_t now;
	int err = futex_get_key(uaddr, private, &s.key);

	if (bitset == 0)
		return -EINVAL;
	if (err == 0)
		err = load_user_u32(&now, uaddr);
	if (err != 0)
		return err;
	if (now != value)
		return -EAGAIN;
	futex_queue(&s);
	while (!s.woken && err == 0)
		err = task_sleep(WAIT_INTERRUPTIBLE, deadline);
	futex_unqueue(&s);
	return s.woken ? 0 : err;
}

static long restart_wait(struct restart *r)
{
	const long err =
		wait_until(r->arg[0], r->arg[1] >> 32 & 1, (uint32_t)r->arg[1], r->arg[2], (uint32_t)r->arg[3]);

	return err == -EINTR ? -ERESTART_RESTARTBLOCK : err;
}

static long futex_wait(uint64_t uaddr, bool private, uint32_t value, uint64_t deadline, uint32_t bitset)
{
	const long err = wait_until(uaddr, private, value, deadline, bitset);

	if (err != -EINTR)
		return err;
	if (deadline == TIME_NEVER)
		return -ERESTARTSYS;
	current->restart = (struct restart){
		.fn = restart_wait,
		.arg = { uaddr, value | (uint64_t) private << 32, deadline, bitset },
	};
	return -ERESTART_RESTARTBLOCK;
}

static long futex_requeue(uint64_t uaddr, bool private, uint32_t wakes, uint32_t moves, uint64_t uaddr2,
			  const uint32_t *expected)
{
	struct futex_key from, to;
	struct list moved = LIST_INIT(moved);
	uint32_t now;
	long done;
	int err = futex_get_key(uaddr, private, &from);

	if ((int32_t)wakes < 0 || (int32_t)moves < 0)
		return -EINVAL;
	if (err == 0)
		err = futex_get_key(uaddr2, private, &to);
	if (err == 0 && expected != NULL)
		err = load_user_u32(&now, uaddr);
	if (err != 0)
		return err;
	if (expected != NULL && now != *expected)
		return -EAGAIN;
	done = wakes == 0 ? 0 : futex_wake_key(&from, wakes, UINT32_MAX);
	list_for_each(link, sleepers_at(&from)) {
		struct futex_sleeper *s = container_of(link, struct futex_sleeper, hashed.link);

		if (moves == 0)
			break;
		if (!same_key(&s->key, &from))
			continue;
		moves--;
		done++;
		if (same_key(&from, &to))
			continue; /* the word is the same: it counts, and keeps its place */
		s->key = to;
		hash_take(&sleepers, &s->hashed);
		list_add_tail(&s->hashed.link, &moved);
	}
	while (!list_empty(&moved)) {
		struct futex_sleeper *s = container_of(moved.next, struct futex_sleeper, hashed.link);

		list_del(&s->hashed.link);
		futex_queue(s);
	}
	return done;
}

/* Tells that OP is lacking: -ENOSYS. Priority inheritance (FUTEX_LOCK_PI ...) is not supported. */
static long absent_operation(uint64_t op)
{
	absent_say_known("futex", "operation", op & FUTEX_CMD_MASK & UINT32_MAX, "ENOSYS");
	return -ENOSYS;
}

long sys_futex(uint64_t uaddr, uint64_t op, uint64_t value, uint64_t utimeout, uint64_t uaddr2, uint64_t value3)
{
	const bool private = op & FUTEX_PRIVATE_FLAG;
	const bool realtime = op & FUTEX_CLOCK_REALTIME;
	const uint32_t v = (uint32_t)value, v3 = (uint32_t)value3;
	uint64_t deadline;
	int err;

	if (realtime && (op & FUTEX_CMD_MASK & UINT32_MAX) != FUTEX_WAIT_BITSET)
		return -ENOSYS; /* of what Linux allows it for, only this is supported */
	switch (op & FUTEX_CMD_MASK & UINT32_MAX) {
	case FUTEX_WAIT:
	case FUTEX_WAIT_BITSET:
		err = (op & FUTEX_CMD_MASK) == FUTEX_WAIT ? poll_deadline(utimeout, &deadline)
							  : poll_deadline_at(utimeout, realtime, &deadline);
		if (err != 0)
			return err;
		return futex_wait(uaddr, private, v, deadline, (op & FUTEX_CMD_MASK) == FUTEX_WAIT ? UINT32_MAX : v3);
	case FUTEX_WAKE:
		return futex_wake(uaddr, private, v, UINT32_MAX);
	case FUTEX_WAKE_BITSET:
		return futex_wake(uaddr, private, v, v3);
	case FUTEX_REQUEUE:
		return futex_requeue(uaddr, private, v, (uint32_t)utimeout, uaddr2, NULL);
	case FUTEX_CMP_REQUEUE:
		return futex_requeue(uaddr, private, v, (uint32_t)utimeout, uaddr2, &v3);
	case FUTEX_WAKE_OP:
		return futex_wake_op(uaddr, private, v, uaddr2, (uint32_t)utimeout, v3);
	default:
		return absent_operation(op);
	}
}

void futex_clear_tid(uint64_t uaddr)
{
	if (clear_user(uaddr, sizeof(uint32_t)) == 0)
		(void)futex_wake(uaddr, false, 1, UINT32_MAX);
}

#define ROBUST_MAX 2048 /* entries; the list may be endless [ROBUST_LIST_LIMIT] */

/*
 * If the current thread owns the robust mutex at UADDR, sets FUTEX_OWNER_DIED and wakes a waiter.
 * PENDING: the thread was about to take or release the mutex. If nobody owns it, the thread may
 * have released it without waking a waiter; so one is woken. False: the word cannot be reached.
 * [handle_futex_death]
 */
static bool owner_died(uint64_t uaddr, bool pending)
{
	uint32_t word;

	if (uaddr % 4 != 0 || load_user_u32(&word, uaddr) != 0)
		return false;
	if (!pending || (word & FUTEX_TID_MASK) != 0) {
		if ((word & FUTEX_TID_MASK) != pidns_show(current->tid))
			return true;
		word = (word & FUTEX_WAITERS) | FUTEX_OWNER_DIED;
		if (copy_to_user(uaddr, &word, sizeof(word)) != 0)
			return false;
		if ((word & FUTEX_WAITERS) == 0)
			return true;
	}
	(void)futex_wake(uaddr, false, 1, UINT32_MAX);
	return true;
}

void futex_exit_robust(uint64_t head)
{
	struct {
		uint64_t next, offset, pending;
	} h;
	uint64_t entry;

	if (head == 0 || copy_from_user(&h, head, sizeof(h)) != 0)
		return;
	entry = h.next & ~1UL;
	for (unsigned n = 0; entry != head && n < ROBUST_MAX; n++) {
		uint64_t next;
		const bool more = copy_from_user(&next, entry, sizeof(next)) == 0;

		if (entry != (h.pending & ~1UL) && !owner_died(entry + h.offset, false))
			return;
		if (!more)
			return;
		entry = next & ~1UL;
	}
	if (h.pending)
		(void)owner_died((h.pending & ~1UL) + h.offset, true);
}
