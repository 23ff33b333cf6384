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
#include "pidns.h"
#include "task.h"
#include "vm.h"

static const struct inode_ops proc_iops;

const struct proc_node *proc_node(const struct inode *i)
{
	return i->private;
}

/* The thread that I is about, also if it has ended; NULL: it was waited for. */
static struct task *task_of_node(const struct inode *i)
{
	struct task *t = task_find(proc_node(i)->tid);

	return t != NULL && t->serial == proc_node(i)->serial ? t : NULL;
}

struct task *proc_task(const struct inode *i)
{
	struct task *t = task_of_node(i);

	return t != NULL && t->state != TASK_DEAD ? t : NULL;
}

/*
 * Does ENTRY belong to root, and not to T's effective user? It does if it is about no task, or T's
 * memory is gone or undumpable. Directories of mode 0555, such as /proc/PID, are always T's user's.
 * [task_dump_owner]
 */
static bool is_roots(const struct proc_entry *entry, const struct task *t)
{
	if (t == NULL)
		return true;
	return entry->mode != (S_IFDIR | 0555) && (t->mm == NULL || t->mm->undumpable);
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
	*node = (struct proc_node){ .entry = entry, .tid = tid, .n = n, .serial = t != NULL ? t->serial : 0 };
	i->private = node;
	i->iops = &proc_iops;
	*out = i;
	return 0;
}

/* One /proc: the node of its root, and the pid namespace whose numbers it shows. */
struct instance {
	struct proc_node node;
	struct pidns *ns; /* one reference; NULL: the initial one */
};

static struct inode *initial_root;

void proc_init(struct inode *dir)
{
	static struct instance root = { .node = { .entry = &proc_root } };

	dir->private = &root;
	dir->iops = &proc_iops;
	initial_root = dir;
}

int proc_instance(struct inode **out)
{
	struct instance *new;
	struct inode *i;

	if (current->pidns == NULL) {
		*out = inode_get(initial_root);
		return 0;
	}
	new = kmalloc(sizeof(*new));
	i = inode_create(&volume_proc, proc_root.mode);
	if (new == NULL || i == NULL) {
		kfree(new);
		inode_put(i);
		return -ENOMEM;
	}
	new->node.entry = &proc_root;
	new->ns = pidns_get(current->pidns);
	i->uid = i->gid = 0;
	i->private = new;
	i->iops = &proc_iops;
	*out = i;
	return 0;
}

struct pidns *proc_pidns(const struct inode *i)
{
	while (i->parent != NULL)
		i = i->parent;
	return ((const struct instance *)i->private)->ns;
}

/*
 * Gives link I, when it is made, the path that it leads to: 0 or -errno. Does nothing for other
 * inodes, and for links that lead to a file directly, as proc_jumps() says.
 */
static int set_text(struct inode *dir, struct inode *i, const struct proc_entry *e)
{
	char buf[64];
	struct text text;
	int err;

	if (!inode_is(i, S_IFLNK) || e->follow != NULL)
		return 0;
	text_init_fixed(&text, buf, sizeof(buf));
	err = e->text(current, pidns_number(proc_pidns(dir), current->group->id), &text);
	return err != 0 ? err : inode_set_target(i, buf, text.len);
}

/* ---- directories and links ---- */

static int proc_lookup(struct inode *dir, const char *name, size_t len, struct inode **out)
{
	const struct proc_node *node = proc_node(dir);

	if (node->tid != 0 && proc_task(dir) == NULL)
		return node->entry == &proc_process ? -ESRCH : -ENOENT; /* [proc_pid_permission] */
	for (const struct proc_entry *e = node->entry->entries; e != NULL && e->name != NULL; e++) {
		int err;

		if (strlen(e->name) != len || memcmp(e->name, name, len) != 0)
			continue;
		err = proc_make(dir, name, len, e->is != NULL ? e->is : e, node->tid, 0, out);
		if (err == 0 && (err = set_text(dir, *out, e)) != 0)
			inode_put(*out);
		return err;
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

int proc_check_task(const struct inode *i, struct task **t)
{
	const struct proc_node *node = proc_node(i);

	*t = node->tid != 0 ? proc_task(i) : NULL;
	if (node->tid != 0 && *t == NULL)
		return -ESRCH;
	return *t != NULL && node->entry->secret && !ptrace_may_access(*t, true) ? -EACCES : 0;
}

static int proc_follow(struct inode *link, struct path *out)
{
	const struct proc_node *node = proc_node(link);
	struct task *t;
	int err = proc_check_task(link, &t);

	return err == 0 ? node->entry->follow(t, node->n, out) : err == -ESRCH ? -ENOENT : err;
}

static long proc_text(struct inode *link, char *buf, size_t size)
{
	const struct proc_node *node = proc_node(link);
	struct text text;
	struct task *t;
	int err = proc_check_task(link, &t);

	if (err != 0)
		return err == -ESRCH ? -ENOENT : err;
	text_init_fixed(&text, buf, size);
	if (node->entry->follow == NULL) {
		text_add(&text, "%s", (const char *)link->data);
		return text.overflow ? -ENAMETOOLONG : (long)text.len;
	}
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
	t = task_of_node(i);
	*g = t != NULL ? t->group : NULL;
	return true;
}

/*
 * Is I the /proc/PID/fd of the current process? It may search that even if root owns the directory.
 * [proc_fd_permission]
 */
static bool proc_excepted(const struct inode *i)
{
	const struct task *t = task_of_node(i);

	return proc_node(i)->entry == &proc_fd_dir && t != NULL && t->group == current->group;
}

/*
 * Is LINK a "magic link", which leads to a file directly, like /proc/PID/exe? "self" and the like
 * are not: they are paths.
 */
static bool proc_jumps(const struct inode *link)
{
	return proc_node(link)->entry->follow != NULL;
}

static void proc_free(struct inode *i)
{
	if (proc_node(i)->entry == &proc_root)
		pidns_put(((struct instance *)i->private)->ns);
	kfree(i->private);
}

static bool proc_same(const struct inode *a, const struct inode *b)
{
	const struct proc_node *x = proc_node(a), *y = proc_node(b);

	return x->entry == y->entry && x->tid == y->tid && x->serial == y->serial && x->n == y->n &&
	       proc_pidns(a) == proc_pidns(b);
}

static const struct inode_ops proc_iops = {
	.lookup = proc_lookup,
	.list = proc_list,
	.follow = proc_follow,
	.text = proc_text,
	.jumps = proc_jumps,
	.open = proc_open_node,
	.excepted = proc_excepted,
	.process = proc_process_of,
	.same = proc_same,
	.free = proc_free,
};
