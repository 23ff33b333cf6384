/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_file.c - reading, writing and polling the files of /proc, whose text is generated when it is
 * read.
 */
#include "proc.h"

#include <string.h>

#include <abi/capability.h>

#include "file.h"
#include "page.h"
#include "task.h"

/* Generates F's text anew, at its first read and at each read from position 0: 0 or -errno. */
static int refresh_text(struct file *f)
{
	const struct proc_entry *entry = proc_node(f->inode)->entry;
	struct text *text = f->data, new;
	struct task *t;
	int err = proc_check_task(f->inode, &t);

	if (err != 0)
		return err;
	/* The buffer is taken out of F: show() may let another task run, which reads F, too. */
	new = *text;
	new.len = 0;
	text->buf = NULL;
	text->len = text->size = 0;
	err = entry->show_of != NULL ? entry->show_of(&new, t, proc_node(f->inode)->n) : entry->show(&new, t);
	if (err == 0 && new.overflow)
		err = -ENOMEM;
	text_free(text);
	*text = new;
	return err;
}

static long proc_read(struct file *f, struct uio *to, uint64_t *pos)
{
	const struct text *text = f->data;
	uint64_t n, got;
	int err = *pos == 0 || text->buf == NULL ? refresh_text(f) : 0;

	if (err != 0)
		return err;
	if (*pos >= text->len || to->left == 0)
		return 0;
	n = text->len - *pos < to->left ? text->len - *pos : to->left;
	got = uio_put(to, text->buf + *pos, n);
	*pos += got;
	return got != 0 ? (long)got : -EFAULT;
}

/*
 * Gives the bytes of FROM to ENTRY's store(), as a string, without newlines at its end unless the
 * entry is `verbatim`. Returns what store() does; -EINVAL: a page or more; -ENOMEM or -EFAULT.
 */
static int proc_store(const struct proc_entry *entry, struct uio *from, struct task *t)
{
	uint64_t n = from->left;
	char *text;
	int err;

	if (n >= PAGE_SIZE)
		return -EINVAL;
	text = kmalloc(n + 1);
	if (text == NULL)
		return -ENOMEM;
	if (uio_get(from, text, n) == n) {
		while (n > 0 && !entry->verbatim && text[n - 1] == '\n')
			n--;
		text[n] = '\0';
		err = entry->store(text, t);
	} else {
		err = -EFAULT;
	}
	kfree(text);
	return err;
}

static long proc_write(struct file *f, struct uio *from, uint64_t *pos)
{
	const struct proc_entry *entry = proc_node(f->inode)->entry;
	const uint64_t want = from->left;
	struct task *t;
	int err = proc_check_task(f->inode, &t);

	if (err != 0)
		return err;
	if (entry->store == NULL)
		return -EIO;
	if (entry->at_once && *pos != 0)
		return -EINVAL;
	err = proc_store(entry, from, t);
	if (err != 0)
		return err;
	*pos += want;
	return (long)want;
}

static void proc_release(struct file *f)
{
	text_free(f->data);
	kfree(f->data);
}

/* It can always be read. POLLERR and POLLPRI tell, once, that mounts changed. [mounts_poll] */
static uint32_t poll_mounts(struct file *f, struct poll_table *q)
{
	struct text *text = f->data;
	const uint64_t changes = proc_mounts_changes(proc_task(f->inode));

	if (q != NULL)
		poll_wait(q, &mounts_changed);
	if (text->seen == changes)
		return POLLIN | POLLRDNORM;
	text->seen = changes;
	return POLLIN | POLLRDNORM | POLLERR | POLLPRI;
}

static const struct file_ops proc_polled_ops = {
	.read = proc_read,
	.write = proc_write,
	.poll = poll_mounts,
	.release = proc_release,
	.seekable = true,
};

static const struct file_ops proc_file_ops = {
	.read = proc_read,
	.write = proc_write,
	.release = proc_release,
	.seekable = true,
};

int proc_open_node(struct inode *i, struct file *f)
{
	struct task *t;
	int err;

	if (inode_is(i, S_IFDIR)) {
		f->ops = &dir_ops;
		return 0;
	}
	err = proc_check_task(i, &t);
	if (err != 0)
		return err;
	if (proc_node(i)->entry->open != NULL)
		return proc_node(i)->entry->open(t, f);
	f->data = kmalloc(sizeof(struct text));
	if (f->data == NULL)
		return -ENOMEM;
	text_init(f->data);
	((struct text *)f->data)->admin = task_capable(CAP_SYS_ADMIN);
	((struct text *)f->data)->ns = proc_pidns(i);
	((struct text *)f->data)->seen = proc_mounts_changes(t);
	f->ops = proc_node(i)->entry->polled ? &proc_polled_ops : &proc_file_ops;
	return 0;
}
