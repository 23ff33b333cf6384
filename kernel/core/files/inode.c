/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * inode.c - inodes: makes, counts and frees them, and says who may do what with them. inode.h has
 * the contracts.
 */
#include "inode.h"

#include <string.h>

#include <abi/capability.h>
#include <abi/errno.h>

#include "cred.h"
#include "file.h"
#include "kassert.h"
#include "page.h"
#include "task.h"
#include "tell.h"
#include "userns.h"
#include "xattr.h"

static uint64_t last_ino;

static void backing_get(struct backing *b)
{
	(void)inode_get(inode_behind(b));
}

static void backing_put(struct backing *b)
{
	inode_put(inode_behind(b));
}

static uint64_t backing_size(const struct backing *b)
{
	return container_of(b, const struct inode, backing)->size;
}

static void *backing_page(struct backing *b, uint64_t off)
{
	return inode_page(inode_behind(b), off);
}

static void *const *backing_row(const struct backing *b, uint64_t off, uint64_t *n)
{
	return pagemap_row(&container_of(b, const struct inode, backing)->pages, off >> PAGE_SHIFT, n);
}

static uint64_t backing_read(struct backing *b, void *buf, uint64_t n, uint64_t off)
{
	return inode_copy(inode_behind(b), buf, n, off);
}

static void backing_run(struct backing *b, bool runs)
{
	inode_behind(b)->writers += runs ? -1 : 1;
	KASSERT(!runs || inode_behind(b)->writers < 0);
}

static const struct backing_ops backing_ops = {
	.get = backing_get,
	.put = backing_put,
	.size = backing_size,
	.page = backing_page,
	.row = backing_row,
	.read = backing_read,
	.run = backing_run,
};

struct inode *inode_create(const struct volume *volume, uint32_t mode)
{
	struct inode *i = kmalloc(sizeof(*i));

	if (i == NULL)
		return NULL;
	i->backing.ops = &backing_ops;
	i->refs = 1;
	i->mode = mode;
	i->nlink = 1;
	i->ino = ++last_ino;
	i->volume = volume;
	if (current != NULL) {
		i->uid = current->cred.fsuid;
		i->gid = current->cred.fsgid;
	}
	i->atime = i->mtime = i->ctime = time_realtime();
	i->next_cookie = 2;
	list_init(&i->hashed.link);
	return i;
}

struct inode *inode_get(struct inode *i)
{
	KASSERT(i->refs != 0);
	i->refs++;
	return i;
}

void xattr_drop(struct inode *i)
{
	while (i->xattrs != NULL) {
		struct xattr *x = i->xattrs;

		i->xattrs = x->next;
		kfree(x);
	}
}

/* ---- pages of files that are gone ---- */

#define PAGES_AT_ONCE 16U /* pages of a file that inode_put() frees itself */
#define PIECE 256U	  /* pages that one call of inode_free_piece() frees */

static struct list doomed = LIST_INIT(doomed); /* freed inodes of which only pages are left, by hashed.link */

static void doom_inode(struct inode *i)
{
	list_add_tail(&i->hashed.link, &doomed);
	sched_put_off();
}

bool inode_free_piece(void)
{
	struct inode *i = container_of(doomed.next, struct inode, hashed.link);
	uint64_t end;

	if (list_empty(&doomed))
		return false;
	end = pagemap_end(&i->pages);
	pagemap_cut(&i->pages, end > PIECE ? end - PIECE : 0);
	if (i->pages.root == NULL) {
		list_del(&i->hashed.link);
		kfree(i);
	}
	return true;
}

void inode_put(struct inode *i)
{
	KASSERT(i == NULL || i->refs != 0);
	while (i != NULL && --i->refs == 0) {
		struct inode *parent = i->parent;

		KASSERT(tree_is_empty(i)); /* each holds a reference to its directory */
		KASSERT(parent == NULL || parent->refs != 0);
		inode_say_self(i, i->nlink == 0 ? IN_DELETE_SELF : 0, true);
		if (i->iops != NULL && i->iops->free != NULL)
			i->iops->free(i);
		xattr_drop(i);
		if (inode_is(i, S_IFLNK))
			kfree((void *)i->data);
		kfree(i->name);
		inode_put(i->target);
		if (i->pages.count > PAGES_AT_ONCE) {
			doom_inode(i);
		} else {
			pagemap_cut(&i->pages, 0);
			kfree(i);
		}
		i = parent;
	}
}

int inode_set_target(struct inode *link, const char *text, size_t len)
{
	char *copy = kmalloc(len + 1);

	if (copy == NULL)
		return -ENOMEM;
	memcpy(copy, text, len);
	link->data = (const uint8_t *)copy;
	link->size = len;
	return 0;
}

/*
 * Has the current task a capability that allows MASK with I, whatever its mode?
 * [generic_permission]
 */
static bool capable_of_access(const struct inode *i, unsigned mask)
{
	bool directory = inode_is(i, S_IFDIR);

	if ((directory || (mask & MAY_EXEC) == 0 || (i->mode & 0111) != 0) &&
	    userns_capable_file(i->uid, i->gid, CAP_DAC_OVERRIDE))
		return true;
	return (mask == MAY_READ || (directory && (mask & MAY_WRITE) == 0)) &&
	       userns_capable_file(i->uid, i->gid, CAP_DAC_READ_SEARCH);
}

int inode_permission(const struct inode *i, unsigned mask)
{
	const struct cred *cred = &current->cred;
	uint32_t mode = i->mode;

	if ((mask & MAY_WRITE) != 0 && i->volume->readonly && inode_is_stored(i))
		return -EROFS;
	if (cred->fsuid == i->uid)
		mode >>= 6;
	else if (cred_in_group(i->gid))
		mode >>= 3;
	if ((mask & ~mode & 7) == 0 || capable_of_access(i, mask))
		return 0;
	return i->iops != NULL && i->iops->excepted != NULL && i->iops->excepted(i) ? 0 : -EACCES;
}

bool inode_owned(const struct inode *i)
{
	return current->cred.fsuid == i->uid || userns_capable_file(i->uid, i->gid, CAP_FOWNER);
}

void inode_touch(struct inode *i)
{
	i->mtime = i->ctime = time_realtime();
}
