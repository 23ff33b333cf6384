/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.c - open files (open file descriptions): makes them, counts them, and closes them with the
 * last reference; file.h has the contracts.
 */
#include "file.h"

#include "async.h"

#include <string.h>

#include "dev.h"
#include "kassert.h"
#include "page.h"
#include "signal.h"
#include "tell.h"
#include "text.h"

/* The flags that only matter while a file is opened. [do_dentry_open] */
#define OPEN_ONLY (O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC)

const struct async_ops *async_ops;

static uint32_t count; /* how many there are */

static struct file_watcher *watchers;

static const struct file_ops no_ops; /* of a file whose opening is under way or has failed, and of O_PATH */

static const struct file_controls *controls;

void file_also_controls(struct file_controls *c)
{
	c->next = controls;
	controls = c;
}

long file_control(struct file *f, uint32_t fd, uint32_t cmd, uint64_t arg)
{
	long result;

	for (const struct file_controls *c = controls; c != NULL; c = c->next)
		if (c->control(f, fd, cmd, arg, &result))
			return result;
	return -EINVAL;
}

void file_watch(struct file_watcher *w)
{
	w->next = watchers;
	watchers = w;
}

void file_tell_closing(struct files *files, struct file *f)
{
	if (!f->closing_matters && !f->inode->closing_matters)
		return;
	for (const struct file_watcher *w = watchers; w != NULL; w = w->next)
		if (w->closing != NULL)
			w->closing(files, f);
}

void file_tell_closed(void)
{
	for (const struct file_watcher *w = watchers; w != NULL; w = w->next)
		if (w->closed != NULL)
			w->closed();
}

struct file *file_create(const struct file_ops *ops, struct inode *inode, uint32_t flags, void *data)
{
	struct file *f = kmalloc(sizeof(*f));

	if (inode == NULL)
		inode = inode_anonymous;
	if (f == NULL)
		return NULL;
	f->refs = 1;
	f->flags = flags & ~OPEN_ONLY;
	f->readable = (flags & O_PATH) == 0 && ((flags & O_ACCMODE) == O_RDONLY || (flags & O_ACCMODE) == O_RDWR);
	f->writable = (flags & O_PATH) == 0 && ((flags & O_ACCMODE) == O_WRONLY || (flags & O_ACCMODE) == O_RDWR);
	f->ops = ops;
	f->inode = inode_get(inode);
	f->data = data;
	list_init(&f->watches);
	count++;
	return f;
}

static int (*open_fifo)(struct inode *i, struct file *f);

void file_on_fifo(int (*open)(struct inode *i, struct file *f))
{
	open_fifo = open;
}

/* Gives F the operations of its inode's kind: 0 or -errno. */
static int find_ops(struct file *f)
{
	struct inode *i = f->inode;

	if (f->flags & O_PATH)
		return 0;
	if (i->iops != NULL && i->iops->open != NULL)
		return i->iops->open(i, f);
	if (i->ops != NULL)
		f->ops = i->ops;
	else if (inode_is(i, S_IFREG))
		f->ops = &regular_ops;
	else if (inode_is(i, S_IFDIR))
		f->ops = &dir_ops;
	else if (inode_is(i, S_IFCHR))
		return device_open(i, f);
	else if (inode_is(i, S_IFIFO) && open_fifo != NULL)
		return open_fifo(i, f);
	else
		return -ENXIO;
	return 0;
}

int file_open(struct inode *i, struct mount *mount, uint32_t flags, struct file **out)
{
	struct file *f = file_create(&no_ops, i, flags, NULL);
	int err;

	if (f == NULL)
		return -ENOMEM;
	f->mount = mount != NULL ? mount_get(mount) : NULL;
	f->flags |= flags & O_NOCTTY; /* a terminal's open operation looks at it */
	err = find_ops(f);
	f->flags &= ~(uint32_t)O_NOCTTY;
	if (err != 0) {
		f->ops = &no_ops;
		file_put(f);
		return err;
	}
	if ((flags & O_PATH) == 0)
		inode_say(i, IN_OPEN);
	if (f->writable && inode_is(i, S_IFREG)) {
		KASSERT(i->writers >= 0);
		f->is_writer = true;
		i->writers++;
	}
	*out = f;
	return 0;
}

void file_free(struct file *f)
{
	for (const struct file_watcher *w = watchers; w != NULL; w = w->next)
		if (w->ending != NULL)
			w->ending(f);
	if (inode_marks != 0 && f->ops != &no_ops)
		inode_say(f->inode, f->writable ? IN_CLOSE_WRITE : IN_CLOSE_NOWRITE);
	if (f->async != NULL)
		async_ops->drop(f);
	if (f->ops->release != NULL)
		f->ops->release(f);
	for (const struct file_watcher *w = watchers; w != NULL; w = w->next)
		if (w->ended != NULL)
			w->ended(f);
	f->inode->writers -= f->is_writer;
	inode_put(f->inode);
	mount_put(f->mount);
	kfree(f);
	count--;
}

uint32_t file_count(void)
{
	return count;
}

int file_wait(const struct file *f, struct waitq *q)
{
	struct waiter waiter;
	int err;

	if ((f->flags & O_NONBLOCK) != 0)
		return -EAGAIN;
	wait_begin(q, &waiter);
	err = task_sleep(WAIT_INTERRUPTIBLE, TIME_NEVER);
	wait_end(&waiter);
	return err != 0 ? -ERESTARTSYS : 0;
}

const char *file_text(const struct file *f, char *buf, size_t size)
{
	struct text t;

	if (f->name == NULL)
		return f->mount == NULL ? inode_path(f->inode, buf, size)
					: path_text((struct path){ f->mount, f->inode }, buf, size);
	text_init_fixed(&t, buf, size);
	if (f->name[strlen(f->name) - 1] == ':')
		text_add(&t, "%s[%lu]", f->name, f->inode->ino);
	else
		text_add(&t, "%s", f->name);
	return t.overflow ? "?" : buf;
}
