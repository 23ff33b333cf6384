/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_lock.c - the calls that set locks: fcntl's commands, and flock. [fs/locks.c]
 */
#include <abi/errno.h>
#include <abi/fcntl.h>

#include "file.h"
#include "lock.h"
#include "lock_list.h"
#include "sys.h"
#include "task.h"
#include "usercopy.h"

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
	const struct lock *l = wanted->type == F_UNLCK ? NULL : lock_find_conflict(wanted);

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
	f->inode->closing_matters = true; /* what the process has on the file goes with any of its descriptors */
	err = lock_set_or_wait(&wanted, cmd == F_SETLKW || cmd == F_OFD_SETLKW);
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
		result = lock_set_or_wait(&wanted, (how & LOCK_NB) == 0);
	file_put(f);
	return result;
}
