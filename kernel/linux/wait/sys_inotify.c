/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_inotify.c - inotify_init1, inotify_add_watch, inotify_rm_watch. [fs/notify/inotify/]
 */
#include "file.h"
#include "inotify.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "user.h"
#include "usercopy.h"

/* Events that are always reported, and flags of a watch that are no events. */
#define ALWAYS (IN_IGNORED | IN_Q_OVERFLOW)
#define FLAGS (IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK | IN_MASK_CREATE | IN_MASK_ADD | IN_ISDIR | IN_ONESHOT)

#define WATCHES_MAX 65536U /* of a file: so many are walked at once */

/*
 * The current task's user has one file more, in *BY: 0, -EMFILE or -ENOMEM.
 * [inc_inotify_instances]
 */
static int count_file(struct user **by)
{
	struct user *u = user_get(current->cred.uid);

	if (u == NULL)
		return -ENOMEM;
	if (u->inotify_files >= inotify_limits.user_instances) {
		user_put(u);
		return -EMFILE;
	}
	u->inotify_files++;
	*by = u;
	return 0;
}

void inotify_forget_file(struct user *by)
{
	by->inotify_files--;
	user_put(by);
}

long sys_inotify_init1(uint64_t flags)
{
	struct user *by;
	struct inotify *n;
	struct file *f;
	int err;

	if ((uint32_t)flags & ~(uint32_t)(O_CLOEXEC | O_NONBLOCK))
		return -EINVAL;
	err = count_file(&by);
	if (err != 0)
		return err;
	n = kmalloc(sizeof(*n));
	f = n != NULL ? file_create(&inotify_ops, NULL, O_RDONLY | (uint32_t)flags, n) : NULL;
	if (f == NULL) {
		kfree(n);
		inotify_forget_file(by);
		return -ENOMEM;
	}
	*n = (struct inotify){ .by = by, .events_max = inotify_limits.queued_events };
	list_init(&n->watches);
	list_init(&n->events);
	waitq_init(&n->changed);
	f->name = "anon_inode:inotify";
	return fd_install(current->files, f, 0, (flags & O_CLOEXEC) != 0);
}

/* ---- watches ---- */

/* Stores the inotify file behind FD in *F, with a reference: 0, -EBADF or -EINVAL. */
static int get_inotify(uint64_t fd, struct file **f)
{
	*f = fd_get(fd);
	if (*f == NULL)
		return -EBADF;
	if ((*f)->ops == &inotify_ops)
		return 0;
	file_put(*f);
	return -EINVAL;
}

static struct watched *find_watch(const struct inotify *n, const struct inode *i, int32_t wd)
{
	list_for_each(link, &n->watches) {
		struct watched *w = container_of(link, struct watched, link);

		if (i != NULL ? w->mark.inode == i : w->wd == wd)
			return w;
	}
	return NULL;
}

/* Adds a watch of I to N, or changes it: its descriptor, or -errno. [inotify_update_watch] */
static long watch_inode(struct inotify *n, struct inode *i, uint32_t mask)
{
	struct watched *w = find_watch(n, i, 0);

	if (w != NULL) {
		if (mask & IN_MASK_CREATE)
			return -EEXIST;
		w->mask = mask & IN_MASK_ADD ? w->mask | mask : mask;
		return w->wd;
	}
	if (n->watch_count >= WATCHES_MAX || n->by->inotify_watches >= inotify_limits.user_watches)
		return -ENOSPC;
	w = kmalloc(sizeof(*w));
	if (w == NULL)
		return -ENOMEM;
	*w = (struct watched){ .owner = n, .wd = ++n->last, .mask = mask };
	list_add_tail(&w->link, &n->watches);
	n->watch_count++;
	n->by->inotify_watches++;
	w->mark.tell = inotify_tell;
	inode_mark_add(i, &w->mark);
	return w->wd;
}

long sys_inotify_add_watch(uint64_t fd, uint64_t path, uint64_t umask)
{
	const uint32_t mask = (uint32_t)umask;
	struct inode *i;
	struct file *f;
	long result;

	if ((mask & ~(FLAGS | IN_ALL_EVENTS | ALWAYS | IN_UNMOUNT)) != 0 || (mask & (IN_ALL_EVENTS | FLAGS)) == 0)
		return -EINVAL;
	if ((mask & IN_MASK_ADD) != 0 && (mask & IN_MASK_CREATE) != 0)
		return -EINVAL;
	result = get_inotify(fd, &f);
	if (result != 0)
		return result;
	result = fs_resolve_user(AT_FDCWD, path, mask & IN_DONT_FOLLOW ? AT_SYMLINK_NOFOLLOW : 0, &i);
	if (result == 0) {
		result = mask & IN_ONLYDIR && !inode_is(i, S_IFDIR) ? -ENOTDIR : inode_permission(i, MAY_READ);
		if (result == 0)
			result = watch_inode(f->data, i, mask);
		inode_put(i);
	}
	file_put(f);
	return result;
}

long sys_inotify_rm_watch(uint64_t fd, uint64_t wd)
{
	struct watched *w;
	struct file *f;
	long result = get_inotify(fd, &f);

	if (result != 0)
		return result;
	w = find_watch(f->data, NULL, (int32_t)wd);
	if (w != NULL)
		inotify_end_watch(w);
	else
		result = -EINVAL;
	file_put(f);
	return result;
}
