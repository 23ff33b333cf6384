/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ns_file.c - files that stand for namespaces: see ns_file.h. Called by /proc, setns and mount.
 */
#include "ns_file.h"

#include <abi/errno.h>
#include <abi/mount.h>
#include <abi/sched.h>
#include <stddef.h>

#include "file.h"
#include "page.h"
#include "pidns.h"
#include "task.h"
#include "usercopy.h"
#include "userns.h"

static const struct volume volume_ns = { .dev = 4, .magic = NSFS_MAGIC, .type = "nsfs", .fixed = true };

bool ns_ref_of(const struct task *t, unsigned which, struct ns_ref *r)
{
	r->which = which == NS_PID_CHILDREN ? NS_PID : which;
	if (which == NS_USER)
		r->userns = t->userns;
	else if (which == NS_PID)
		r->pidns = t->pidns;
	else if (which == NS_PID_CHILDREN)
		r->pidns = t->pidns_children;
	else if (ns_kinds[which] != NULL)
		r->ns = t->ns[which];
	else
		return false;
	return true;
}

uint32_t ns_ref_ino(const struct ns_ref *r)
{
	if (r->which == NS_USER)
		return userns_ino(r->userns);
	if (r->which == NS_PID)
		return pidns_ino(r->pidns);
	return r->ns != NULL ? r->ns->ino : ns_kinds[r->which]->initial;
}

uint64_t ns_ref_flag(const struct ns_ref *r)
{
	return r->which == NS_USER ? CLONE_NEWUSER : r->which == NS_PID ? CLONE_NEWPID : ns_kinds[r->which]->flag;
}

const char *ns_ref_name(unsigned which)
{
	return which == NS_USER		  ? "user"
	       : which == NS_PID	  ? "pid"
	       : which == NS_PID_CHILDREN ? "pid_for_children"
					  : ns_kinds[which]->name;
}

static void free_ref(struct inode *i)
{
	struct ns_ref *r = i->private;

	if (r->which == NS_USER)
		userns_put(r->userns);
	else if (r->which == NS_PID)
		pidns_put(r->pidns);
	else
		ns_put(r->which, r->ns);
	kfree(r);
}

static long ns_ioctl(struct file *f, uint64_t cmd, uint64_t arg);

static const struct file_ops ns_ops = { .ioctl = ns_ioctl };

static int ns_open(struct inode *i, struct file *f)
{
	(void)i;
	f->ops = &ns_ops;
	return 0;
}

static const struct inode_ops ns_iops = { .open = ns_open, .free = free_ref };

int ns_file_make(const struct ns_ref *r, struct inode **out)
{
	struct inode *i = inode_create(&volume_ns, S_IFREG | 0444);
	struct ns_ref *copy = kmalloc(sizeof(*copy));

	if (i == NULL || copy == NULL) {
		inode_put(i);
		kfree(copy);
		return -ENOMEM;
	}
	*copy = *r;
	if (r->which == NS_USER)
		(void)userns_get(r->userns);
	else if (r->which == NS_PID)
		(void)pidns_get(r->pidns);
	else
		(void)ns_get(r->ns);
	i->uid = i->gid = 0;
	i->ino = ns_ref_ino(r);
	i->private = copy;
	i->iops = &ns_iops;
	*out = i;
	return 0;
}

bool ns_file_is(const struct inode *i)
{
	return i->iops == &ns_iops;
}

bool ns_file_ref(const struct file *f, struct ns_ref *r)
{
	if (f->ops != &ns_ops)
		return false;
	*r = *(const struct ns_ref *)f->inode->private;
	return true;
}

/* ---- namespaces that belong together ---- */

/* The user namespace that owns R's, if it may be seen: 0 or -EPERM. [ns_get_owner] */
static int find_owner(const struct ns_ref *r, struct ns_ref *out)
{
	out->which = NS_USER;
	if (r->which == NS_USER && !userns_above(r->userns, &out->userns))
		return -EPERM;
	if (r->which == NS_PID)
		out->userns = pidns_owner(r->pidns);
	else if (r->which != NS_USER)
		out->userns = ns_owner(r->ns);
	return userns_is_visible(out->userns) ? 0 : -EPERM;
}

/* The namespace above R's, which is one of users or of pids: 0 or -EPERM. [pidns_get_parent] */
static int find_parent(const struct ns_ref *r, struct ns_ref *out)
{
	if (r->which == NS_USER)
		return find_owner(r, out);
	if (r->pidns == NULL)
		return -EPERM;
	out->which = NS_PID;
	out->pidns = pidns_above(r->pidns);
	return current->pidns == NULL || pidns_is_inside(out->pidns, current->pidns) ? 0 : -EPERM;
}

/* Opens a file that stands for R: its descriptor, -EMFILE or -ENOMEM. */
static long open_ref(const struct ns_ref *r)
{
	struct inode *i;
	struct file *f;
	int err = ns_file_make(r, &i);

	if (err != 0)
		return err;
	err = file_open(i, NULL, O_RDONLY, &f);
	inode_put(i);
	return err != 0 ? err : fd_install(current->files, f, 0, true);
}

static long ns_ioctl(struct file *f, uint64_t cmd, uint64_t arg)
{
	const struct ns_ref *r = f->inode->private;
	const bool owner = (uint32_t)cmd == NS_GET_USERNS;
	struct ns_ref found;
	uint32_t uid;
	long result;

	switch ((uint32_t)cmd) {
	case NS_GET_NSTYPE:
		return (long)ns_ref_flag(r);
	case NS_GET_OWNER_UID:
		if (r->which != NS_USER)
			return -EINVAL;
		uid = userns_show_uid(userns_maker(r->userns));
		return copy_to_user(arg, &uid, sizeof(uid));
	case NS_GET_USERNS:
	case NS_GET_PARENT:
		if (!owner && r->which != NS_USER && r->which != NS_PID)
			return -EINVAL;
		result = fd_reserve(current->files);
		if (result >= 0)
			result = owner ? find_owner(r, &found) : find_parent(r, &found);
		return result != 0 ? result : open_ref(&found);
	default:
		return -ENOTTY;
	}
}
