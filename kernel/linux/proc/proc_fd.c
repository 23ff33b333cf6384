/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_fd.c - /proc/PID/fd, fdinfo and task: a process's descriptors and threads.
 * [fs/proc/fd.c, fs/proc/base.c]
 */
#include "cred.h"
#include "file.h"
#include "pidns.h"
#include "proc.h"
#include "task.h"

static size_t proc_fd_number(char *buf, size_t size, uint32_t n)
{
	struct text t;

	text_init_fixed(&t, buf, size);
	text_add(&t, "%u", n);
	return t.len;
}

/* ---- descriptors ---- */

static struct file *file_of(const struct task *task, uint32_t fd)
{
	return task->files != NULL ? files_lookup(task->files, fd) : NULL;
}

static int follow_fd(struct task *task, uint32_t fd, struct path *out)
{
	const struct file *f = file_of(task, fd);

	if (f == NULL)
		return -ENOENT;
	*out = path_get((struct path){ f->mount, f->inode });
	return 0;
}

static int text_fd(struct task *task, uint32_t fd, struct text *t)
{
	const struct file *f = file_of(task, fd);
	char buf[1024];

	if (f == NULL)
		return -ENOENT;
	text_add(t, "%s", file_text(f, buf, sizeof(buf)));
	return 0;
}

static const struct proc_entry fd_link = {
	.mode = S_IFLNK | 0700,
	.follow = follow_fd,
	.text = text_fd,
	.secret = true,
};

static int lookup_fd(struct inode *dir, const char *name, size_t len, struct inode **out)
{
	const struct task *task = proc_task(dir);
	const struct file *f;
	uint32_t fd;
	int err;

	if (!proc_number(name, len, &fd))
		return -ENOENT;
	if (!ptrace_may_access(task, true))
		return -EACCES;
	f = file_of(task, fd);
	if (f == NULL)
		return -ENOENT;
	err = proc_make(dir, name, len, &fd_link, proc_node(dir)->tid, fd, out);
	if (err == 0) {
		(*out)->mode = S_IFLNK | (f->readable ? S_IRUSR | S_IXUSR : 0) | (f->writable ? S_IWUSR | S_IXUSR : 0);
		(*out)->size = 64;
	}
	return err;
}

static void list_fds(struct inode *dir, struct dir_sink *sink)
{
	const struct task *task;
	uint32_t worked = 0;
	char buf[12];

	for (uint64_t fd = sink->pos - PROC_DYNAMIC;; fd++) {
		(void)sched_worked(&worked, 4 * SCHED_STEP);
		task = proc_task(dir); /* others may have run */
		if (task == NULL || task->files == NULL || !ptrace_may_access(task, true))
			return;
		if (fd >= task->files->size)
			return;
		if (task->files->slot[fd].file != NULL &&
		    !dir_emit(sink, buf, proc_fd_number(buf, sizeof(buf), (uint32_t)fd), dir->ino << 20 | fd,
			      proc_node(dir)->entry == &proc_fdinfo_dir ? S_IFREG : S_IFLNK, PROC_DYNAMIC + fd + 1))
			return;
	}
}

const struct proc_entry proc_fd_dir = {
	.name = "fd",
	.mode = S_IFDIR | 0500,
	.lookup = lookup_fd,
	.list = list_fds,
};

/* ---- fdinfo: what is known of each descriptor ---- */

static int show_fdinfo(struct text *t, struct task *task, uint32_t fd)
{
	struct file *f = file_of(task, fd);

	if (f == NULL)
		return -ENOENT;
	text_add(t, "pos:\t%lu\nflags:\t0%o\nmnt_id:\t%u\nino:\t%lu\n", f->pos,
		 f->flags | (task->files->slot[fd].cloexec ? O_CLOEXEC : 0), mount_shown_id(f->mount), f->inode->ino);
	file_get(f); /* others may run, and close it */
	if (f->ops->describe != NULL)
		f->ops->describe(f, t);
	file_put(f);
	return 0;
}

static const struct proc_entry fdinfo = { .mode = S_IFREG | 0444, .show_of = show_fdinfo, .secret = true };

static int lookup_fdinfo(struct inode *dir, const char *name, size_t len, struct inode **out)
{
	const struct task *task = proc_task(dir);
	uint32_t fd;

	if (!proc_number(name, len, &fd) || file_of(task, fd) == NULL)
		return -ENOENT;
	if (!ptrace_may_access(task, true))
		return -EACCES;
	return proc_make(dir, name, len, &fdinfo, proc_node(dir)->tid, fd, out);
}

const struct proc_entry proc_fdinfo_dir = {
	.name = "fdinfo",
	.mode = S_IFDIR | 0555,
	.lookup = lookup_fdinfo,
	.list = list_fds,
};

/* ---- threads ---- */

static int lookup_thread(struct inode *dir, const char *name, size_t len, struct inode **out)
{
	const struct task *leader = proc_task(dir), *t;
	uint32_t number, tid;

	if (!proc_number(name, len, &number))
		return -ENOENT;
	tid = pidns_id_in(proc_pidns(dir), number);
	t = task_find(tid);
	if (t == NULL || t->group != leader->group)
		return -ENOENT;
	return proc_make(dir, name, len, &proc_thread, tid, 0, out);
}

bool proc_emit_number(struct dir_sink *sink, uint32_t n)
{
	char buf[12];

	return dir_emit(sink, buf, proc_fd_number(buf, sizeof(buf), n), (uint64_t)n << 16, S_IFDIR,
			PROC_DYNAMIC + n + 1UL);
}

static void list_threads(struct inode *dir, struct dir_sink *sink)
{
	uint64_t number = sink->pos - PROC_DYNAMIC;
	const struct task *t, *leader;

	for (; (t = proc_next_task(proc_pidns(dir), &number)) != NULL; number++) {
		leader = proc_task(dir); /* others ran: it may have ended */
		if (leader == NULL || (t->group == leader->group && !proc_emit_number(sink, (uint32_t)number)))
			return;
	}
}

const struct proc_entry proc_task_dir = {
	.name = "task",
	.mode = S_IFDIR | 0555,
	.lookup = lookup_thread,
	.list = list_threads,
};
