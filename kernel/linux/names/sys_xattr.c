/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_xattr.c - extended attributes: setxattr, getxattr, listxattr, removexattr and their l and f
 * forms. Files in memory can have user.*, trusted.* and security.*, but no capabilities.
 * [fs/xattr.c, mm/shmem.c]
 */
#include "xattr.h"

#include <string.h>

#include <abi/capability.h>
#include <abi/xattr.h>

#include "file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "tell.h"
#include "usercopy.h"
#include "userns.h"

#define ROOM 131072UL /* bytes for all attributes of one inode, with their struct xattr */

/* How the file is named: by a path, following a link at its end or not, or by a descriptor. */
enum which { BY_PATH, BY_LINK, BY_FD };

static const char *value_of(const struct xattr *x)
{
	return x->name + strlen(x->name) + 1;
}

static uint64_t bytes_of(const struct xattr *x)
{
	return sizeof(*x) + strlen(x->name) + 1 + x->size;
}

/* The link to the attribute NAME; it is NULL if there is none. */
static struct xattr **xattr_find(struct inode *i, const char *name)
{
	struct xattr **at = &i->xattrs;

	while (*at != NULL && strcmp((*at)->name, name) != 0)
		at = &(*at)->next;
	return at;
}

static bool name_begins(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

/* Can the file have attributes? Files of /proc and the like cannot. */
static bool has_attributes(const struct inode *i)
{
	return !i->volume->fixed && i != inode_anonymous;
}

/* Is NAME, which is to be read or written (MASK), of a kind that files in memory have? */
static bool is_kept(const char *name, unsigned mask)
{
	if (strcmp(name, "security.capability") == 0)
		return mask != MAY_WRITE; /* execve would have to give it */
	return name_begins(name, "user.") || name_begins(name, "trusted.") || name_begins(name, "security.");
}

/*
 * Checks that the current task may read or write the attribute NAME of I, as MASK (MAY_READ or
 * MAY_WRITE) says, and that I can have it: 0 or -errno. [xattr_permission, xattr_resolve_name]
 */
static int xattr_check(const struct inode *i, const char *name, unsigned mask)
{
	const int denied = mask == MAY_WRITE ? -EPERM : -ENODATA;
	int err = 0;

	if (mask == MAY_WRITE && i->volume->readonly)
		return -EROFS;
	if (name_begins(name, "trusted.")) {
		if (!task_capable(CAP_SYS_ADMIN))
			return denied;
	} else if (name_begins(name, "security.")) {
		if (mask == MAY_WRITE && !task_capable(CAP_SYS_ADMIN)) /* [cap_inode_setxattr] */
			return -EPERM;
	} else if (!name_begins(name, "system.")) {
		if (name_begins(name, "user.") && !inode_is(i, S_IFREG) && !inode_is(i, S_IFDIR))
			return denied;
		if (name_begins(name, "user.") && inode_is(i, S_IFDIR) && (i->mode & S_ISVTX) != 0 &&
		    mask == MAY_WRITE && !inode_owned(i))
			return -EPERM;
		err = inode_permission(i, mask);
	}
	if (err != 0)
		return err;
	if (!has_attributes(i) || !is_kept(name, mask))
		return -EOPNOTSUPP;
	return strchr(name, '.')[1] == '\0' ? -EINVAL : 0;
}

/* Reads an attribute's name: 0, -ERANGE, -EFAULT. */
static int xattr_read_name(char name[XATTR_NAME_MAX + 1], uint64_t uname)
{
	const long n = copy_string_from_user(name, uname, XATTR_NAME_MAX + 1);

	return n == -EFAULT ? -EFAULT : n <= 0 ? -ERANGE : 0;
}

/*
 * Stores the inode that AT names in *OUT, with a reference: 0 or -errno. AT is a path's user
 * address or a descriptor, as WHICH says. TO_WRITE: the mount must be writable.
 */
static int get_inode(enum which which, uint64_t at, bool to_write, struct inode **out)
{
	struct path p;
	int err;
	struct file *f;

	if (which != BY_FD) {
		err = path_resolve_user(AT_FDCWD, at, which == BY_LINK ? AT_SYMLINK_NOFOLLOW : 0, &p);
		if (err != 0)
			return err;
	} else {
		f = fd_get(at);
		if (f == NULL)
			return -EBADF;
		p = path_get((struct path){ f->mount, f->inode });
		file_put(f);
	}
	err = to_write ? mount_may_write(p.mount) : 0;
	*out = p.inode;
	mount_put(p.mount);
	if (err != 0)
		inode_put(p.inode);
	return err;
}

/* ---- setting ---- */

static int xattr_put(struct inode *i, struct xattr *new, uint32_t flags)
{
	struct xattr **at = xattr_find(i, new->name), *old = *at;
	uint64_t used = bytes_of(new);

	if (old != NULL && (flags & XATTR_CREATE) != 0)
		return -EEXIST;
	if (old == NULL && (flags & XATTR_REPLACE) != 0)
		return -ENODATA;
	for (const struct xattr *x = i->xattrs; x != NULL; x = x->next)
		used += x == old ? 0 : bytes_of(x);
	if (used > ROOM)
		return -ENOSPC;
	new->next = old != NULL ? old->next : NULL;
	*at = new;
	kfree(old);
	i->ctime = time_realtime();
	inode_say(i, IN_ATTRIB);
	return 0;
}

static int set_on(struct inode *i, uint64_t uname, uint64_t uvalue, uint64_t size, uint32_t flags)
{
	char name[XATTR_NAME_MAX + 1];
	struct xattr *new;
	int err = xattr_read_name(name, uname);

	if (err == 0 && size > XATTR_SIZE_MAX)
		err = -E2BIG;
	if (err != 0)
		return err;
	new = kmalloc_raw(sizeof(*new) + strlen(name) + 1 + size);
	if (new == NULL)
		return -ENOMEM;
	strcpy(new->name, name);
	new->size = size;
	err = copy_from_user((char *)value_of(new), uvalue, size);
	if (err == 0)
		err = xattr_check(i, name, MAY_WRITE);
	if (err == 0)
		err = xattr_put(i, new, flags);
	if (err != 0)
		kfree(new);
	return err;
}

static long xattr_set(enum which which, uint64_t at, uint64_t name, uint64_t value, uint64_t size, uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;
	struct inode *i;
	int err;

	if (flags & ~(uint32_t)(XATTR_CREATE | XATTR_REPLACE))
		return -EINVAL;
	err = get_inode(which, at, true, &i);
	if (err != 0)
		return err;
	err = set_on(i, name, value, size, flags);
	inode_put(i);
	return err;
}

long sys_setxattr(uint64_t path, uint64_t name, uint64_t value, uint64_t size, uint64_t flags)
{
	return xattr_set(BY_PATH, path, name, value, size, flags);
}

long sys_lsetxattr(uint64_t path, uint64_t name, uint64_t value, uint64_t size, uint64_t flags)
{
	return xattr_set(BY_LINK, path, name, value, size, flags);
}

long sys_fsetxattr(uint64_t fd, uint64_t name, uint64_t value, uint64_t size, uint64_t flags)
{
	return xattr_set(BY_FD, fd, name, value, size, flags);
}

/* ---- getting ---- */

static long get_from(struct inode *i, uint64_t uname, uint64_t uvalue, uint64_t size)
{
	char name[XATTR_NAME_MAX + 1];
	const struct xattr *x;
	int err = xattr_read_name(name, uname);

	if (err == 0)
		err = xattr_check(i, name, MAY_READ);
	if (err != 0)
		return err;
	x = *xattr_find(i, name);
	if (x == NULL)
		return -ENODATA;
	if (size == 0)
		return (long)x->size;
	if (size < x->size)
		return -ERANGE;
	return copy_to_user(uvalue, value_of(x), x->size) != 0 ? -EFAULT : (long)x->size;
}

static long xattr_get(enum which which, uint64_t at, uint64_t name, uint64_t value, uint64_t size)
{
	struct inode *i;
	long result = get_inode(which, at, false, &i);

	if (result != 0)
		return result;
	result = get_from(i, name, value, size);
	inode_put(i);
	return result;
}

long sys_getxattr(uint64_t path, uint64_t name, uint64_t value, uint64_t size)
{
	return xattr_get(BY_PATH, path, name, value, size);
}

long sys_lgetxattr(uint64_t path, uint64_t name, uint64_t value, uint64_t size)
{
	return xattr_get(BY_LINK, path, name, value, size);
}

long sys_fgetxattr(uint64_t fd, uint64_t name, uint64_t value, uint64_t size)
{
	return xattr_get(BY_FD, fd, name, value, size);
}

/* ---- listing; trusted.* is shown only to a task with CAP_SYS_ADMIN ---- */

static long list_xattrs(enum which which, uint64_t at, uint64_t ulist, uint64_t size)
{
	const bool all = task_capable(CAP_SYS_ADMIN);
	uint64_t used = 0;
	struct inode *i;
	long err = get_inode(which, at, false, &i);

	if (err != 0)
		return err;
	for (const struct xattr *x = i->xattrs; x != NULL && err == 0; x = x->next) {
		const uint64_t n = strlen(x->name) + 1;

		if (!all && name_begins(x->name, "trusted."))
			continue;
		if (size != 0 && used + n > size)
			err = -ERANGE;
		else if (size != 0 && copy_to_user(ulist + used, x->name, n) != 0)
			err = -EFAULT;
		used += n;
	}
	inode_put(i);
	return err != 0 ? err : (long)used;
}

long sys_listxattr(uint64_t path, uint64_t to, uint64_t size)
{
	return list_xattrs(BY_PATH, path, to, size);
}

long sys_llistxattr(uint64_t path, uint64_t to, uint64_t size)
{
	return list_xattrs(BY_LINK, path, to, size);
}

long sys_flistxattr(uint64_t fd, uint64_t to, uint64_t size)
{
	return list_xattrs(BY_FD, fd, to, size);
}

/* ---- removing ---- */

static long remove_xattr(enum which which, uint64_t at, uint64_t uname)
{
	char name[XATTR_NAME_MAX + 1];
	struct xattr **x, *gone;
	struct inode *i;
	int err = get_inode(which, at, true, &i);

	if (err != 0)
		return err;
	err = xattr_read_name(name, uname);
	if (err == 0)
		err = xattr_check(i, name, MAY_WRITE);
	x = err == 0 ? xattr_find(i, name) : NULL;
	if (x != NULL && *x == NULL) {
		err = -ENODATA;
	} else if (x != NULL) {
		gone = *x;
		*x = gone->next;
		kfree(gone);
		i->ctime = time_realtime();
		inode_say(i, IN_ATTRIB);
	}
	inode_put(i);
	return err;
}

long sys_removexattr(uint64_t path, uint64_t name)
{
	return remove_xattr(BY_PATH, path, name);
}

long sys_lremovexattr(uint64_t path, uint64_t name)
{
	return remove_xattr(BY_LINK, path, name);
}

long sys_fremovexattr(uint64_t fd, uint64_t name)
{
	return remove_xattr(BY_FD, fd, name);
}
