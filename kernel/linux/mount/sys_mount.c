/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_mount.c - mount and umount2: file systems in memory, binding, moving, flags. [fs/namespace.c]
 *
 * Mounts do not propagate: all are private, as on a Linux where nobody made one shared.
 */
#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/fcntl.h>
#include <abi/mount.h>
#include <string.h>

#include "absent.h"
#include "fs.h"
#include "ns_file.h"
#include "page.h"
#include "sys.h"
#include "task.h"
#include "tree.h"
#include "usercopy.h"
#include "userns.h"

static uint32_t flags_of(uint64_t flags)
{
	return (flags & MS_RDONLY ? MOUNT_READONLY : 0) | (flags & MS_NOSUID ? MOUNT_NOSUID : 0) |
	       (flags & MS_NODEV ? MOUNT_NODEV : 0) | (flags & MS_NOEXEC ? MOUNT_NOEXEC : 0) |
	       (flags & MS_NOATIME ? MOUNT_NOATIME : 0);
}

/* Mounts M, which is not attached yet, at P: 0, -ENOTDIR or -ENOSPC. [graft_tree, count_mounts] */
static int mount_graft(struct mount *m, struct path p)
{
	if (inode_is(m->root, S_IFDIR) != inode_is(p.inode, S_IFDIR))
		return -ENOTDIR;
	if (m->ns == NULL && mntns_current()->count >= MOUNTS_MAX)
		return -ENOSPC;
	mount_place(m, p);
	return 0;
}

/* Is P the root of a mount of the current namespace? */
static bool is_mount(struct path p)
{
	return mount_is_ours(p.mount) && p.inode == p.mount->root;
}

/* All mounts are private, so MS_PRIVATE and MS_SLAVE change nothing. [do_change_type] */
static int change_type(struct path p, uint64_t flags)
{
	const uint64_t type = flags & ~(uint64_t)(MS_REC | MS_SILENT);

	if ((type & (type - 1)) != 0 || (type & ~(uint64_t)(MS_UNBINDABLE | MS_PRIVATE | MS_SLAVE | MS_SHARED)) != 0)
		return -EINVAL;
	if (!is_mount(p))
		return -EINVAL;
	if (type == MS_SHARED || type == MS_UNBINDABLE) {
		absent_say("mount", "propagation", type, "EINVAL");
		return -EINVAL;
	}
	return 0;
}

/* MS_REMOUNT: gives P's mount FLAGS. -EPERM: a locked one would go. [do_reconfigure_mnt] */
static int change_flags(struct path p, uint64_t flags)
{
	const uint32_t new = flags_of(flags);

	if (!is_mount(p))
		return -EINVAL;
	if ((p.mount->locked & ~new & ~MOUNT_LOCKED) != 0)
		return -EPERM;
	p.mount->flags = new;
	mntns_touch(p.mount->ns);
	return 0;
}

/*
 * Is a mount below P, on the same mount, locked? Then a bind of P without it could show files that
 * it hides. [has_locked_children]
 */
static bool has_locked(struct path p)
{
	uint32_t worked = 0;

	list_for_each(link, &p.mount->on_it) {
		const struct mount *m = container_of(link, struct mount, beside);

		(void)sched_worked(&worked, MOUNT_WORK);
		if ((m->locked & MOUNT_LOCKED) != 0 && path_is_below((struct path){ p.mount, m->at }, p, true))
			return true;
	}
	return false;
}

/* Resolves SOURCE, which is to be bound or moved: 0 with references in *FROM, or -errno. */
static int find_source(const char *source, struct path *from)
{
	return source == NULL || source[0] == '\0' ? -EINVAL : path_resolve(AT_FDCWD, source, true, from);
}

/* Makes the mount for a bind: a copy of FROM's; a namespace's file lies on none, so a new one. */
static int make_bind(struct path from, bool deep, struct mount **out)
{
	if (from.mount != NULL)
		return mount_copy(from, deep, mntns_current(), out);
	*out = mount_create(from.inode, "nsfs", 0);
	return *out == NULL ? -ENOMEM : 0;
}

/* [do_loopback] */
static int mount_bind(struct path p, const char *source, bool deep)
{
	struct mount *m = NULL;
	struct path from;
	int err = find_source(source, &from);

	if (err != 0)
		return err;
	if (!mount_is_ours(p.mount) || (!mount_is_ours(from.mount) && !ns_file_is(from.inode)))
		err = -EINVAL;
	if (err == 0 && from.mount != NULL && !deep && has_locked(from))
		err = -EINVAL;
	if (err == 0)
		err = make_bind(from, deep, &m);
	if (err == 0)
		err = mount_graft(m, p);
	if (err != 0 && m != NULL && m->ns != NULL)
		mount_remove_tree(m);
	else if (err != 0 && m != NULL)
		mount_discard(m);
	path_put(from);
	return err;
}

/* [do_move_mount] */
static int mount_move(struct path p, const char *source)
{
	struct path from;
	int err = find_source(source, &from);

	if (err != 0)
		return err;
	if (!is_mount(from) || !mount_is_ours(p.mount) || from.mount->above == NULL ||
	    (from.mount->locked & MOUNT_LOCKED) != 0)
		err = -EINVAL;
	else if (inode_is(from.inode, S_IFDIR) != inode_is(p.inode, S_IFDIR))
		err = -EINVAL;
	else if (path_is_below(p, (struct path){ from.mount, from.mount->root }, true))
		err = -ELOOP;
	if (err == 0) {
		mount_detach(from.mount);
		mount_place(from.mount, p);
	}
	path_put(from);
	return err;
}

/*
 * The root of a file system of TYPE, with a reference in *OUT: a new one for tmpfs, otherwise what
 * volume_instance() gives. 0 or -errno.
 */
static int make_root(const char *type, char *options, struct inode **out)
{
	if (strcmp(type, "tmpfs") == 0)
		return tmpfs_make(options, out);
	if (current->userns != NULL && strcmp(type, "devtmpfs") == 0)
		return -EPERM;
	return volume_instance(type, out);
}

/* [do_new_mount] */
static int mount_new(struct path p, const char *source, const char *type, uint64_t flags, char *options)
{
	struct mount *m = NULL;
	struct inode *root;
	int err;

	if (type == NULL)
		return -EINVAL;
	err = make_root(type, options, &root);
	if (err != 0)
		return err;
	if (!mount_is_ours(p.mount))
		err = -EINVAL;
	else if (p.inode == root && p.inode == p.mount->root)
		err = -EBUSY;
	if (err == 0) {
		m = mount_create(root, source != NULL ? source : "none", flags_of(flags));
		err = m != NULL ? mount_graft(m, p) : -ENOMEM;
	}
	if (err != 0 && m != NULL)
		mount_discard(m);
	inode_put(root);
	return err;
}

/* [path_mount] */
static int mount_at_path(struct path p, const char *source, const char *type, uint64_t flags, char *options)
{
	if ((flags & MS_MGC_MSK) == MS_MGC_VAL)
		flags &= ~(uint64_t)MS_MGC_MSK;
	if (!mount_may())
		return -EPERM;
	if (flags & MS_REMOUNT)
		return change_flags(p, flags);
	if (flags & MS_BIND)
		return mount_bind(p, source, (flags & MS_REC) != 0);
	if (flags & (MS_SHARED | MS_PRIVATE | MS_SLAVE | MS_UNBINDABLE))
		return change_type(p, flags);
	if (flags & MS_MOVE)
		return mount_move(p, source);
	return mount_new(p, source, type, flags, options);
}

/* The same at the path at user address TARGET, with mounts_lock held. */
static int mount_at_target(uint64_t target, const char *source, const char *type, uint64_t flags, char *options)
{
	struct path p;
	int err = mutex_lock(&mounts_lock);

	if (err != 0)
		return err;
	err = path_resolve_user(AT_FDCWD, target, 0, &p);
	if (err == 0) {
		err = mount_at_path(p, source, type, flags, options);
		path_put(p);
	}
	mutex_unlock(&mounts_lock);
	return err;
}

/* Copies a string from user address FROM to *OUT, NULL if FROM is 0: 0 or -errno. [strndup_user] */
static int mount_copy_string(uint64_t from, char **out)
{
	int err;

	*out = NULL;
	if (from == 0)
		return 0;
	err = path_copy(from, true, out);
	return err == -ENAMETOOLONG ? -EINVAL : err;
}

/* Copies the options, as much of a page as can be read: 0 or -errno. [copy_mount_options] */
static int copy_options(uint64_t from, char **out)
{
	char *page = page_alloc_zero();
	uint64_t n = 0;

	*out = page;
	if (page == NULL)
		return -ENOMEM;
	while (from != 0 && n < PAGE_SIZE - 1 && copy_from_user(page + n, from + n, 1) == 0 && page[n] != '\0')
		n++;
	page[n] = '\0';
	return from != 0 && n == 0 && copy_from_user(page, from, 1) != 0 ? -EFAULT : 0;
}

long sys_mount(uint64_t usource, uint64_t target, uint64_t utype, uint64_t flags, uint64_t data)
{
	char *source = NULL, *type = NULL, *options = NULL;
	int err = mount_copy_string(utype, &type);

	if (err == 0)
		err = mount_copy_string(usource, &source);
	if (err == 0)
		err = copy_options(data, &options);
	if (err == 0)
		err = mount_at_target(target, source, type, flags, options);
	for (unsigned n = 0; n < 3; n++) {
		char *page = n == 0 ? source : n == 1 ? type : options;

		if (page != NULL)
			path_free(page);
	}
	return err;
}

/* ---- umount2 ---- */

/*
 * Does anybody use M? Not counted are the references of its namespace and of the path that the
 * caller has found, and the one that the boot keeps. [propagate_mount_busy]
 */
static bool is_busy(const struct mount *m)
{
	return !list_empty(&m->on_it) || m->refs > 2 + (m->kept ? 1U : 0);
}

static int umount_path(struct path p, uint32_t flags)
{
	struct mount *m = p.mount;

	if (!mount_may())
		return -EPERM;
	if (!is_mount(p) || (m->locked & MOUNT_LOCKED) != 0)
		return -EINVAL;
	if ((flags & MNT_FORCE) != 0 && !task_capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (flags & MNT_EXPIRE) {
		if (m == current->fs->root.mount || (flags & (MNT_FORCE | MNT_DETACH)) != 0)
			return -EINVAL;
		if (is_busy(m))
			return -EBUSY;
		if (!m->expired)
			return -EAGAIN;
	}
	if (m->above == NULL)
		return -EINVAL;
	if ((flags & MNT_DETACH) == 0 && (is_busy(m) || m == current->fs->root.mount))
		return -EBUSY;
	mount_remove_tree(m);
	return 0;
}

long sys_umount2(uint64_t target, uint64_t uflags)
{
	const uint32_t flags = (uint32_t)uflags;
	struct path p;
	int err;

	if (flags & ~(uint32_t)(MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW))
		return -EINVAL;
	err = mutex_lock(&mounts_lock);
	if (err != 0)
		return err;
	err = path_resolve_user(AT_FDCWD, target, flags & UMOUNT_NOFOLLOW ? AT_SYMLINK_NOFOLLOW : 0, &p);
	if (err == 0) {
		err = umount_path(p, flags);
		path_put(p);
		if (err == -EAGAIN)
			p.mount->expired = true; /* after path_put(), which clears it; the namespace holds the mount */
	}
	mutex_unlock(&mounts_lock);
	return err;
}
