/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc.c - what all of /proc goes through: inodes for the entries of tables, and files whose
 * contents are generated when they are read.
 */
#include "proc.h"

#include <string.h>

#include <abi/capability.h>

#include "cred.h"
#include "file.h"
#include "page.h"
#include "task.h"
#include "vm.h"

static const struct inode_ops proc_iops;

const struct proc_node *proc_node(const struct inode *i)
{
	return i->private;
}

struct task *proc_task(const struct inode *i)
{
	struct task *t = task_find(proc_node(i)->tid);

	return t != NULL && t->state != TASK_DEAD ? t : NULL;
}

/*
 * Does an entry of T belong to root? All but the process's directory do when its memory may not be
 * dumped, or is gone. [task_dump_owner]
 */
static bool is_roots(const struct proc_entry *entry, const struct task *t)
{
	if (t == NULL)
		return true;
	return entry->mode != (S_IFDIR | 0555) && (t->mm == NULL || t->mm->undumpable);
}

bool proc_number(const char *name, size_t len, uint32_t *n)
{
	uint64_t value = 0;

	if (len == 0 || len > 10 || (name[0] == '0' && len > 1))
		return false;
	for (size_t k = 0; k < len; k++) {
		if (name[k] < '0' || name[k] > '9')
			return false;
		value = value * 10 + (uint64_t)(name[k] - '0');
	}
	*n = (uint32_t)value;
	return value <= INT32_MAX;
}

int proc_make(struct inode *dir, const char *name, size_t len, const struct proc_entry *entry, uint32_t tid, uint32_t n,
	      struct inode **out)
{
	struct inode *i = inode_create(&volume_proc, entry->mode);
	struct proc_node *node = kmalloc(sizeof(*node));
	const struct task *t = tid != 0 ? task_find(tid) : NULL;

	if (i != NULL)
		i->name = kmalloc(len + 1);
	if (i == NULL || node == NULL || i->name == NULL) {
		kfree(node);
		inode_put(i);
		return -ENOMEM;
	}
	memcpy(i->name, name, len);
	i->name_len = (uint32_t)len;
	i->parent = inode_get(dir);
	i->linked = true;
	i->nlink = inode_is(i, S_IFDIR) ? 2 : 1;
	i->uid = is_roots(entry, t) ? 0 : t->cred.euid;
	i->gid = is_roots(entry, t) ? 0 : t->cred.egid;
	*node = (struct proc_node){ .entry = entry, .tid = tid, .n = n };
	i->private = node;
	i->iops = &proc_iops;
	*out = i;
	return 0;
}

void proc_init(struct inode *dir)
{
	static struct proc_node root = { .entry = &proc_root };

	dir->private = &root;
	dir->iops = &proc_iops;
}

/* ---- directories and links ---- */

static int proc_lookup(struct inode *dir, const char *name, size_t len, struct inode **out)
{
	const struct proc_node *node = proc_node(dir);

	if (node->tid != 0 && proc_task(dir) == NULL)
		return -ENOENT;
	for (const struct proc_entry *e = node->entry->entries; e != NULL && e->name != NULL; e++) {
		if (strlen(e->name) == len && memcmp(e->name, name, len) == 0)
			return proc_make(dir, name, len, e->is != NULL ? e->is : e, node->tid, 0, out);
	}
	return node->entry->lookup != NULL ? node->entry->lookup(dir, name, len, out) : -ENOENT;
}

static void proc_list(struct inode *dir, struct dir_sink *sink)
{
	const struct proc_node *node = proc_node(dir);
	uint64_t pos = 2;

	for (const struct proc_entry *e = node->entry->entries; e != NULL && e->name != NULL; e++, pos++) {
		if (pos >= sink->pos &&
		    !dir_emit(sink, e->name, strlen(e->name), dir->ino * 64 + pos, e->mode, pos + 1))
			return;
	}
	if (node->entry->list != NULL) {
		if (sink->pos < PROC_DYNAMIC)
			sink->pos = PROC_DYNAMIC;
		node->entry->list(dir, sink);
	}
}

static int check_task(const struct inode *i, struct task **t)
{
	const struct proc_node *node = proc_node(i);

	*t = node->tid != 0 ? proc_task(i) : NULL;
	if (node->tid != 0 && *t == NULL)
		return -ESRCH;
	return *t != NULL && node->entry->secret && !ptrace_may_access(*t, true) ? -EACCES : 0;
}

static int proc_follow(struct inode *link, struct inode **out)
{
	const struct proc_node *node = proc_node(link);
	struct task *t;
	int err = check_task(link, &t);

	return err == 0 ? node->entry->follow(t, node->n, out) : err == -ESRCH ? -ENOENT : err;
}

static long proc_text(struct inode *link, char *buf, size_t size)
{
	const struct proc_node *node = proc_node(link);
	struct text text;
	struct task *t;
	int err = check_task(link, &t);

	if (err != 0)
		return err == -ESRCH ? -ENOENT : err;
	text_init_fixed(&text, buf, size);
	err = node->entry->text(t, node->n, &text);
	if (err != 0)
		return err;
	return text.overflow ? -ENAMETOOLONG : (long)text.len;
}

bool proc_process_of(const struct inode *i, struct group **g)
{
	const struct task *t;

	if (i->iops != &proc_iops || proc_node(i)->entry != &proc_process)
		return false;
	t = task_find(proc_node(i)->tid);
	*g = t != NULL ? t->group : NULL;
	return true;
}

/* ---- files ---- */

/* Generates the text anew whenever reading starts at the beginning. */
static int refresh_text(struct file *f)
{
	const struct proc_entry *entry = proc_node(f->inode)->entry;
	struct text *text = f->data, new;
	struct task *t;
	int err = check_task(f->inode, &t);

	if (err != 0)
		return err;
	/* Taken out while it is generated: another task may begin to read, too. */
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
 * Passes what was written to the entry, terminated and, unless VERBATIM, without newlines at its
 * end.
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
	int err = check_task(f->inode, &t);

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

/* The mounts never change: the file can be read, and there is never an event. [mounts_poll] */
static uint32_t poll_unchanged(struct file *f, struct poll_table *q)
{
	(void)f, (void)q;
	return POLLIN | POLLRDNORM;
}

static const struct file_ops proc_polled_ops = {
	.read = proc_read,
	.write = proc_write,
	.poll = poll_unchanged,
	.release = proc_release,
	.seekable = true,
};

static const struct file_ops proc_file_ops = {
	.read = proc_read,
	.write = proc_write,
	.release = proc_release,
	.seekable = true,
};

static int proc_open(struct inode *i, struct file *f)
{
	struct task *t;
	int err;

	if (inode_is(i, S_IFDIR)) {
		f->ops = &dir_ops;
		return 0;
	}
	err = check_task(i, &t);
	if (err != 0)
		return err;
	if (proc_node(i)->entry->open != NULL)
		return proc_node(i)->entry->open(t, f);
	f->data = kmalloc(sizeof(struct text));
	if (f->data == NULL)
		return -ENOMEM;
	text_init(f->data);
	((struct text *)f->data)->admin = task_capable(CAP_SYS_ADMIN);
	f->ops = proc_node(i)->entry->polled ? &proc_polled_ops : &proc_file_ops;
	return 0;
}

/*
 * A process may look through its own descriptors, whoever is said to own them. [proc_fd_permission]
 */
static bool proc_excepted(const struct inode *i)
{
	const struct task *t = task_find(proc_node(i)->tid);

	return proc_node(i)->entry == &proc_fd_dir && t != NULL && t->group == current->group;
}

/* "self" and the like are paths; links in a process's directory lead to files directly. */
static bool proc_jumps(const struct inode *link)
{
	return proc_node(link)->tid != 0;
}

static void proc_free(struct inode *i)
{
	kfree(i->private);
}

static const struct inode_ops proc_iops = {
	.lookup = proc_lookup,
	.list = proc_list,
	.follow = proc_follow,
	.text = proc_text,
	.jumps = proc_jumps,
	.open = proc_open,
	.excepted = proc_excepted,
	.process = proc_process_of,
	.free = proc_free,
};
