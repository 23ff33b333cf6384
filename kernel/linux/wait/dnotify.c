/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dnotify.c - directory notices: a signal to the owner of an open directory tells that something
 * happened in it. [fs/notify/dnotify/dnotify.c]
 */
#include "dnotify.h"

#include <abi/errno.h>
#include <abi/fcntl.h>

#include "asyncs.h"
#include "file.h"
#include "inode.h"
#include "page.h"
#include "task.h"
#include "tell.h"

/* Notices of one directory, because its marks are told in one step. */
#define NOTICES_MAX 256U

struct notice {
	struct inode_mark mark;
	struct file *file;	   /* without a reference: it ends when a descriptor of it is closed */
	const struct files *files; /* whose descriptor it is; it is only compared */
	uint32_t fd;		   /* the one of the last F_NOTIFY */
	uint32_t asked;		   /* DN_* */
	uint32_t moved;		   /* the cookie of the last entry that was moved away */
};

static uint32_t notices; /* how many there are */

static void end_notice(struct notice *n)
{
	inode_mark_remove(&n->mark);
	notices--;
	kfree(n);
}

/* What a notice may have asked for when EVENT happens: DN_*. [convert_arg] */
static uint32_t asked_by(const struct notice *n, uint32_t event, uint32_t cookie)
{
	uint32_t asked = 0;

	if (event & IN_ACCESS)
		asked |= DN_ACCESS;
	if (event & IN_MODIFY)
		asked |= DN_MODIFY;
	if (event & (IN_CREATE | IN_MOVED_TO))
		asked |= DN_CREATE;
	if (event & (IN_DELETE | IN_MOVED_FROM))
		asked |= DN_DELETE;
	if (event & IN_ATTRIB)
		asked |= DN_ATTRIB;
	if ((event & IN_MOVED_TO) != 0 && cookie == n->moved) /* within the directory */
		asked |= DN_RENAME;
	return asked;
}

static void tell_notice(struct inode_mark *m, uint32_t event, uint32_t cookie, const char *name)
{
	struct notice *n = container_of(m, struct notice, mark);

	(void)name;
	if (event & IN_MOVED_FROM)
		n->moved = cookie;
	if ((asked_by(n, event, cookie) & n->asked) == 0)
		return;
	async_tell(n->file, n->fd);
	if ((n->asked & DN_MULTISHOT) == 0)
		end_notice(n);
}

/* The notice of F by FILES, or NULL; in *COUNT how many its directory has, if there is none. */
static struct notice *find_notice(const struct files *files, const struct file *f, uint32_t *count)
{
	*count = 0;
	for (struct inode_mark *m = f->inode->marks; m != NULL; m = m->next) {
		struct notice *n = container_of(m, struct notice, mark);

		if (m->tell != tell_notice)
			continue;
		if (n->file == f && n->files == files)
			return n;
		++*count;
	}
	return NULL;
}

void dnotify_closing(struct files *files, struct file *f)
{
	uint32_t count;
	struct notice *n = notices != 0 ? find_notice(files, f, &count) : NULL;

	if (n != NULL)
		end_notice(n);
}

static long add_notice(struct file *f, uint32_t fd, uint32_t asked)
{
	uint32_t count;
	struct notice *n;

	if (!inode_is(f->inode, S_IFDIR))
		return -ENOTDIR;
	if (async_own(f) != 0)
		return -ENOMEM;
	n = find_notice(current->files, f, &count);
	if (n != NULL) {
		n->asked |= asked;
		n->fd = fd;
		return 0;
	}
	n = count < NOTICES_MAX ? kmalloc(sizeof(*n)) : NULL;
	if (n == NULL)
		return -ENOMEM;
	*n = (struct notice){ .mark.tell = tell_notice, .file = f, .files = current->files, .fd = fd, .asked = asked };
	inode_mark_add(f->inode, &n->mark);
	f->closing_matters = true;
	notices++;
	return 0;
}

bool dnotify_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg, long *result)
{
	if (cmd != F_NOTIFY)
		return false;
	*result = 0;
	if (((uint32_t)arg & ~DN_MULTISHOT) == 0)
		dnotify_closing(current->files, f);
	else
		*result = add_notice(f, fd, (uint32_t)arg);
	return true;
}
