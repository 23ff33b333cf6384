/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lock.c - see lock.h. All locks are in one list: programs hold few.
 */
#include "lock.h"

#include "file.h"
#include "page.h"
#include "signal.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

struct lock {
	struct list link;
	const struct inode *inode;
	const void *owner;
	bool whole; /* a lock of flock's, which does not conflict with fcntl's */
	int16_t type;
	uint64_t start, end; /* the last byte */
	uint32_t pid;
};

struct list lock_all = LIST_INIT(lock_all);
static struct waitq released = { .waiters = LIST_INIT(released.waiters) };

static bool lock_overlaps(const struct lock *a, const struct lock *b)
{
	return a->inode == b->inode && a->whole == b->whole && a->start <= b->end && b->start <= a->end;
}

/* A lock of another owner that conflicts with WANTED, or NULL. */
static const struct lock *find_conflict(const struct lock *wanted)
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

static int lock_set(const struct lock *wanted)
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
		const struct lock *held = find_conflict(next);

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
	err = wait_event(&released, find_conflict(wanted) == NULL || would_deadlock(wanted), WAIT_INTERRUPTIBLE,
			 TIME_NEVER);
	list_del(&wish.link);
	if (err != 0)
		return -ERESTARTSYS;
	return find_conflict(wanted) != NULL ? -EDEADLK : 0;
}

static int set_or_wait(const struct lock *wanted, bool wait)
{
	if (wanted->type != F_UNLCK && find_conflict(wanted) != NULL) {
		const int err = wait ? lock_wait_for(wanted) : -EAGAIN;

		if (err != 0)
			return err;
	}
	return lock_set(wanted);
}

void lock_release(const void *owner, const struct inode *i)
{
	bool any = false;

	list_for_each(link, &lock_all) {
		struct lock *l = container_of(link, struct lock, link);

		if (l->owner != owner || l->inode != i)
			continue;
		list_del(&l->link);
		kfree(l);
		any = true;
	}
	if (any)
		waitq_wake(&released);
}

uint32_t lock_count(void)
{
	return list_length(&lock_all);
}

/* Sets L's range to the one that FL describes. [flock64_to_posix_lock] */
static int set_range(struct lock *l, const struct file *f, const struct flock *fl)
{
	uint64_t base = 0;
	int64_t start;

	switch (fl->l_whence) {
	case SEEK_SET:
		break;
	case SEEK_CUR:
		base = f->pos;
		break;
	case SEEK_END:
		base = f->inode->size;
		break;
	default:
		return -EINVAL;
	}
	start = (int64_t)(base + (uint64_t)fl->l_start);
	if (fl->l_start > 0 && start < (int64_t)base)
		return -EOVERFLOW;
	if (start < 0)
		return -EINVAL;
	l->start = (uint64_t)start;
	l->end = INT64_MAX;
	if (fl->l_len > 0) {
		if ((uint64_t)fl->l_len - 1 > (uint64_t)INT64_MAX - l->start)
			return -EOVERFLOW;
		l->end = l->start + (uint64_t)fl->l_len - 1;
	} else if (fl->l_len < 0) {
		if (start + fl->l_len < 0)
			return -EINVAL;
		l->end = l->start - 1;
		l->start = (uint64_t)(start + fl->l_len);
	}
	return fl->l_type == F_RDLCK || fl->l_type == F_WRLCK || fl->l_type == F_UNLCK ? 0 : -EINVAL;
}

static long lock_get(const struct lock *wanted, struct flock *fl, uint64_t uflock)
{
	const struct lock *l = wanted->type == F_UNLCK ? NULL : find_conflict(wanted);

	if (wanted->type == F_UNLCK)
		return -EINVAL;
	fl->l_type = F_UNLCK;
	if (l != NULL) {
		fl->l_type = l->type;
		fl->l_whence = SEEK_SET;
		fl->l_start = (int64_t)l->start;
		fl->l_len = l->end == INT64_MAX ? 0 : (int64_t)(l->end - l->start + 1);
		fl->l_pid = (int32_t)l->pid;
	}
	return copy_to_user(uflock, fl, sizeof(*fl));
}

/*
 * Closing a file releases what its process has locked. A lock that was waited for meanwhile must
 * not come after that and stay. [fcntl_setlk]
 */
static int give_up_if_closed(const struct file *f, uint32_t fd, struct lock *got)
{
	if (files_lookup(current->files, fd) == f)
		return 0;
	got->type = F_UNLCK;
	if (lock_set(got) != 0)
		lock_release(got->owner, got->inode);
	return -EBADF;
}

long lock_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t uflock)
{
	struct lock wanted = { .inode = f->inode, .owner = current->files, .pid = current->group->id };
	struct flock fl;
	int err;

	if (copy_from_user(&fl, uflock, sizeof(fl)) != 0)
		return -EFAULT;
	if (cmd >= F_OFD_GETLK) {
		if (fl.l_pid != 0)
			return -EINVAL;
		wanted.owner = f;
		wanted.pid = UINT32_MAX;
	}
	err = set_range(&wanted, f, &fl);
	if (err != 0)
		return err;
	wanted.type = fl.l_type;
	if (cmd == F_GETLK || cmd == F_OFD_GETLK)
		return lock_get(&wanted, &fl, uflock);
	if ((fl.l_type == F_RDLCK && !f->readable) || (fl.l_type == F_WRLCK && !f->writable))
		return -EBADF;
	err = set_or_wait(&wanted, cmd == F_SETLKW || cmd == F_OFD_SETLKW);
	return err == 0 && cmd == F_SETLKW && fl.l_type != F_UNLCK ? give_up_if_closed(f, fd, &wanted) : err;
}

long sys_flock(uint64_t fd, uint64_t how)
{
	uint32_t op = (uint32_t)how & ~(uint32_t)LOCK_NB;
	struct file *f = fd_get(fd);
	struct lock wanted = { .end = INT64_MAX, .whole = true };
	long result = -EINVAL;

	if (f == NULL)
		return -EBADF;
	wanted.inode = f->inode;
	wanted.owner = f;
	wanted.type = op == LOCK_SH ? F_RDLCK : op == LOCK_EX ? F_WRLCK : F_UNLCK;
	if (op == LOCK_SH || op == LOCK_EX || op == LOCK_UN)
		result = set_or_wait(&wanted, (how & LOCK_NB) == 0);
	file_put(f);
	return result;
}
