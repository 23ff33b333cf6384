/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_attr.c - calls that change a file's length, mode, owner or times.
 */
#include <abi/capability.h>
#include <abi/time.h>

#include "cred.h"
#include "file.h"
#include "sys.h"
#include "task.h"
#include "tell.h"
#include "timespec.h"
#include "usercopy.h"
#include "userns.h"

/* ---- length ---- */

long sys_truncate(uint64_t path, uint64_t size)
{
	struct path p;
	int err;

	if ((int64_t)size < 0)
		return -EINVAL;
	err = path_resolve_user(AT_FDCWD, path, 0, &p);
	if (err != 0)
		return err;
	if (inode_is(p.inode, S_IFDIR))
		err = -EISDIR;
	else if (!inode_is(p.inode, S_IFREG))
		err = -EINVAL;
	else
		err = mount_may_write(p.mount);
	if (err == 0)
		err = inode_permission(p.inode, MAY_WRITE);
	if (err == 0 && p.inode->writers < 0)
		err = -ETXTBSY;
	if (err == 0)
		err = p.inode->volume->fixed ? -EPERM : inode_truncate(p.inode, size);
	path_put(p);
	return err;
}

long sys_ftruncate(uint64_t fd, uint64_t size)
{
	struct file *f;
	int err = -EINVAL;

	if ((int64_t)size < 0)
		return -EINVAL;
	f = fd_get(fd);
	if (f == NULL)
		return -EBADF;
	if (f->writable && inode_is(f->inode, S_IFREG))
		err = f->ops == &regular_ops ? inode_truncate(f->inode, size) : -EPERM;
	file_put(f);
	return err;
}

/* ---- mode and owner ---- */

/* Can attributes of what P leads to be changed at all? */
static int check_change(struct path p)
{
	const struct inode *i = p.inode;

	if (i->volume->readonly || mount_may_write(p.mount) != 0)
		return -EROFS;
	/*
	 * The inode of a pipe, a socket or a memfd has an owner and a mode, like any file's. The
	 * files of /proc, and the inode behind an epoll, a pidfd and the like, have none to change.
	 */
	return i->volume == &volume_proc || (i->mode & S_IFMT) == 0 ? -EPERM : 0;
}

static int change_mode(struct path p, uint32_t mode)
{
	struct inode *i = p.inode;
	int err = check_change(p);

	if (err != 0)
		return err;
	if (!inode_owned(i))
		return -EPERM;
	if (inode_is(i, S_IFLNK))
		return -EOPNOTSUPP;
	if (!cred_in_group(i->gid) && !userns_capable_file(i->uid, i->gid, CAP_FSETID))
		mode &= ~(uint32_t)S_ISGID;
	i->mode = (i->mode & S_IFMT) | (mode & 07777);
	i->ctime = time_realtime();
	inode_say(i, IN_ATTRIB);
	return 0;
}

static int change_owner(struct path p, uint32_t to_uid, uint32_t to_gid)
{
	struct inode *i = p.inode;
	const bool mine = current->cred.fsuid == i->uid, may = userns_capable_file(i->uid, i->gid, CAP_CHOWN);
	const uint32_t uid = userns_uid(to_uid), gid = userns_gid(to_gid);
	int err = check_change(p);

	if (err != 0)
		return err;
	if ((to_uid != UINT32_MAX && uid == USERNS_INVALID) || (to_gid != UINT32_MAX && gid == USERNS_INVALID))
		return -EINVAL;
	if (uid != UINT32_MAX && !(mine && uid == i->uid) && !may)
		return -EPERM;
	if (gid != UINT32_MAX && !(mine && (gid == i->gid || cred_in_group(gid))) && !may)
		return -EPERM;
	if (!inode_is(i, S_IFDIR))
		i->mode &= ~(uint32_t)(S_ISUID | ((i->mode & S_IXGRP) != 0 ? S_ISGID : 0));
	if (uid != UINT32_MAX)
		i->uid = uid;
	if (gid != UINT32_MAX)
		i->gid = gid;
	i->ctime = time_realtime();
	inode_say(i, IN_ATTRIB);
	return 0;
}

/* Resolves PATH with FLAGS. Refuses flags other than AT_* for links and empty paths first. */
static int resolve_named(uint64_t dirfd, uint64_t path, uint64_t flags, struct path *p)
{
	if ((uint32_t)flags & ~(uint32_t)(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	return path_resolve_user((int)dirfd, path, (uint32_t)flags, p);
}

long sys_fchmod(uint64_t fd, uint64_t mode)
{
	struct file *f = fd_get(fd);
	int err;

	if (f == NULL)
		return -EBADF;
	err = change_mode((struct path){ f->mount, f->inode }, (uint32_t)mode);
	file_put(f);
	return err;
}

/* fchmodat, with flags. [do_fchmodat] */
long sys_fchmodat2(uint64_t dirfd, uint64_t path, uint64_t mode, uint64_t flags)
{
	struct path p;
	int err = resolve_named(dirfd, path, flags, &p);

	if (err != 0)
		return err;
	err = change_mode(p, (uint32_t)mode);
	path_put(p);
	return err;
}

long sys_fchmodat(uint64_t dirfd, uint64_t path, uint64_t mode)
{
	return sys_fchmodat2(dirfd, path, mode, 0);
}

long sys_fchown(uint64_t fd, uint64_t uid, uint64_t gid)
{
	struct file *f = fd_get(fd);
	int err;

	if (f == NULL)
		return -EBADF;
	err = change_owner((struct path){ f->mount, f->inode }, (uint32_t)uid, (uint32_t)gid);
	file_put(f);
	return err;
}

long sys_fchownat(uint64_t dirfd, uint64_t path, uint64_t uid, uint64_t gid, uint64_t flags)
{
	struct path p;
	int err = resolve_named(dirfd, path, flags, &p);

	if (err != 0)
		return err;
	err = change_owner(p, (uint32_t)uid, (uint32_t)gid);
	path_put(p);
	return err;
}

/* ---- times ---- */

struct times {
	bool set[2]; /* access, modification */
	bool now[2];
	uint64_t to[2];
};

static int get_times(uint64_t uts, struct times *t)
{
	struct __kernel_timespec ts[2] = { { 0, UTIME_NOW }, { 0, UTIME_NOW } };

	if (uts != 0 && copy_from_user(ts, uts, sizeof(ts)) != 0)
		return -EFAULT;
	for (int n = 0; n < 2; n++) {
		t->set[n] = ts[n].tv_nsec != UTIME_OMIT;
		t->now[n] = ts[n].tv_nsec == UTIME_NOW;
		if (t->set[n] && !t->now[n] && (uint64_t)ts[n].tv_nsec >= NSEC_PER_SEC)
			return -EINVAL;
		t->to[n] =
			t->now[n] ? time_realtime() : (uint64_t)ts[n].tv_sec * NSEC_PER_SEC + (uint64_t)ts[n].tv_nsec;
	}
	return 0;
}

/* Setting both to the present needs only permission to write. [utimes_common, setattr_prepare] */
static int change_times(struct path p, const struct times *t)
{
	struct inode *i = p.inode;
	int err = check_change(p);

	if (err != 0)
		return err;
	if (!inode_owned(i)) {
		if (!t->now[0] || !t->now[1])
			return -EPERM;
		err = inode_permission(i, MAY_WRITE);
		if (err != 0)
			return err;
	}
	if (t->set[0])
		i->atime = t->to[0];
	if (t->set[1])
		i->mtime = t->to[1];
	i->ctime = time_realtime();
	inode_say(i, IN_ATTRIB);
	return 0;
}

long sys_utimensat(uint64_t dirfd, uint64_t path, uint64_t uts, uint64_t flags)
{
	struct times t;
	struct path p;
	int err = get_times(uts, &t);

	if (err != 0)
		return err;
	if (!t.set[0] && !t.set[1])
		return 0;
	if ((uint32_t)flags & ~(uint32_t)(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
		return -EINVAL;
	if (path == 0 && (int)dirfd != AT_FDCWD) {
		struct file *f = fd_get(dirfd);

		if ((uint32_t)flags != 0 || f == NULL) {
			if (f != NULL)
				file_put(f);
			return (uint32_t)flags != 0 ? -EINVAL : -EBADF;
		}
		p = path_get((struct path){ f->mount, f->inode });
		file_put(f);
	} else {
		err = path_resolve_user((int)dirfd, path, (uint32_t)flags, &p);
		if (err != 0)
			return err;
	}
	err = change_times(p, &t);
	path_put(p);
	return err;
}
