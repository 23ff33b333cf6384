/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_path.c - calls that find an existing file and ask or remember something about it: access,
 * readlink, chdir, getdents64; and umask.
 */
#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "tell.h"
#include "usercopy.h"
#include "userns.h"

/* ---- access ---- */

static long access_at(int dirfd, uint64_t path, uint32_t mode, uint32_t flags)
{
	struct cred *cred = &current->cred, saved = *cred;
	struct path p;
	int err;

	if ((mode & ~7U) != 0 || (flags & ~(uint32_t)(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)) != 0)
		return -EINVAL;
	/*
	 * Without AT_EACCESS the question is about the real user: the real ids count for files, and
	 * capabilities count only if the real user is root. [access_override_creds]
	 */
	if ((flags & AT_EACCESS) == 0) {
		cred->fsuid = cred->uid;
		cred->fsgid = cred->gid;
		cred->cap_effective = cred->uid == userns_uid(0) ? cred->cap_permitted : 0;
	}
	err = path_resolve_user(dirfd, path, flags, &p);
	if (err == 0) {
		err = mode != 0 ? inode_permission(p.inode, mode) : 0;
		if (err == 0 && (mode & MAY_WRITE) != 0 && inode_is_stored(p.inode))
			err = mount_may_write(p.mount);
		if (err == 0 && (mode & MAY_EXEC) != 0 && inode_is(p.inode, S_IFREG))
			err = mount_may_execute(p.mount);
		path_put(p);
	}
	*cred = saved;
	return err;
}

long sys_faccessat(uint64_t dirfd, uint64_t path, uint64_t mode)
{
	return access_at((int)dirfd, path, (uint32_t)mode, 0);
}

long sys_faccessat2(uint64_t dirfd, uint64_t path, uint64_t mode, uint64_t flags)
{
	return access_at((int)dirfd, path, (uint32_t)mode, (uint32_t)flags);
}

/* ---- readlink ---- */

static long read_link(struct inode *i, bool named, uint64_t buf, uint64_t n)
{
	char text[1024];
	const char *from = (const char *)i->data;
	long len = (long)i->size;

	if (!inode_is(i, S_IFLNK))
		return named ? -EINVAL : -ENOENT;
	if (i->iops != NULL && i->iops->text != NULL) {
		from = text;
		len = i->iops->text(i, text, sizeof(text));
		if (len < 0)
			return len;
	}
	if ((uint64_t)len > n)
		len = (long)n;
	return copy_to_user(buf, from, (uint64_t)len) == 0 ? len : -EFAULT;
}

long sys_readlinkat(uint64_t dirfd, uint64_t path, uint64_t buf, uint64_t n)
{
	struct inode *i;
	char first;
	long result;

	if ((int32_t)n <= 0)
		return -EINVAL;
	result = fs_resolve_user((int)dirfd, path, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, &i);
	if (result != 0)
		return result;
	result = copy_from_user(&first, path, 1) == 0 ? read_link(i, first != '\0', buf, (uint32_t)n) : -EFAULT;
	inode_put(i);
	return result;
}

/* ---- working directory, umask, reading a directory ---- */

long sys_chdir(uint64_t path)
{
	struct path p;
	int err = path_resolve_user(AT_FDCWD, path, 0, &p);

	return err != 0 ? err : fs_enter(&current->fs->cwd, p);
}

long sys_umask(uint64_t mask)
{
	uint32_t old = current->fs->umask;

	current->fs->umask = (uint32_t)mask & 0777;
	return old;
}

long sys_getdents64(uint64_t fd, uint64_t buf, uint64_t n)
{
	struct dir_sink sink = { .base = buf, .left = (uint32_t)n };
	struct file *f = fd_get(fd);

	if (f == NULL)
		return -EBADF;
	if (f->ops->list == NULL) {
		file_put(f);
		return -ENOTDIR;
	}
	if (f->inode->parent != NULL && !f->inode->linked && inode_is(f->inode, S_IFDIR)) {
		file_put(f);
		return -ENOENT;
	}
	sink.pos = f->pos;
	f->ops->list(f, &sink);
	f->pos = sink.pos;
	inode_say(f->inode, IN_ACCESS);
	file_put(f);
	return sink.error != 0 ? sink.error : (long)((uint32_t)n - sink.left);
}
