/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pidfd.c - pidfd_open, pidfd_getfd, and what clone, waitid and pidfd_send_signal need of
 * such descriptors. [kernel/pid.c]
 *
 * All pidfds of a process share one object, which outlives the process.
 */
#include "pidfd.h"

#include "cred.h"
#include "file.h"
#include "kassert.h"
#include "page.h"
#include "pidns.h"
#include "sys.h"
#include "task.h"
#include "text.h"
#include "usercopy.h"

struct pidref {
	uint32_t refs;	     /* open files, and the process */
	struct group *group; /* NULL: it was waited for */
	struct waitq ended;
};

static void pidfd_put(struct pidref *r)
{
	KASSERT(r->refs != 0);
	if (--r->refs != 0)
		return;
	KASSERT(list_empty(&r->ended.waiters));
	kfree(r);
}

static uint32_t pidfd_poll(struct file *f, struct poll_table *q)
{
	struct pidref *r = f->data;

	if (q != NULL)
		poll_wait(q, &r->ended);
	return r->group == NULL || group_is_over(r->group) ? POLLIN | POLLRDNORM : 0;
}

static void pidfd_release(struct file *f)
{
	pidfd_put(f->data);
}

static struct group *pidfd_process(const struct file *f)
{
	return ((const struct pidref *)f->data)->group;
}

/*
 * -1: it was waited for; 0: it has no number in the namespace that /proc is for.
 * [pidfd_show_fdinfo]
 */
static void pidfd_describe(const struct file *f, struct text *t)
{
	const struct group *g = pidfd_process(f);
	const int32_t pid = g != NULL ? (int32_t)pidns_number(t->ns, g->id) : -1;

	text_add(t, "Pid:\t%d\nNSpid:", pid);
	if (pid > 0)
		pidns_show_all(t, g->leader, g->id);
	else
		text_add(t, "\t%d", pid);
	text_add(t, "\n");
}

static const struct file_ops pidfd_ops = {
	.poll = pidfd_poll, .release = pidfd_release, .process = pidfd_process, .describe = pidfd_describe
};

/* The pidref of G, with a new reference, or NULL. */
static struct pidref *pidfd_get(struct group *g)
{
	if (g->pidref == NULL) {
		g->pidref = kmalloc(sizeof(*g->pidref));
		if (g->pidref == NULL)
			return NULL;
		g->pidref->refs = 1;
		g->pidref->group = g;
		waitq_init(&g->pidref->ended);
	}
	KASSERT(g->pidref->refs != 0 && g->pidref->group == g);
	g->pidref->refs++;
	return g->pidref;
}

static long pidfd_create_for(struct group *g, uint32_t flags)
{
	struct pidref *r = pidfd_get(g);
	struct file *f = r != NULL ? file_create(&pidfd_ops, NULL, O_RDWR | flags, r) : NULL;

	if (f == NULL) {
		if (r != NULL)
			pidfd_put(r);
		return -ENOMEM;
	}
	f->name = "anon_inode:[pidfd]";
	return fd_install(current->files, f, 0, true);
}

long pidfd_create(struct group *g, uint64_t to)
{
	const long fd = pidfd_create_for(g, 0);
	const int32_t number = (int32_t)fd;

	if (fd < 0 || copy_to_user(to, &number, sizeof(number)) == 0)
		return fd;
	(void)fd_close(current->files, (uint64_t)fd);
	return -EFAULT;
}

void pidfd_group_ended(struct group *g)
{
	if (g->pidref != NULL)
		waitq_wake(&g->pidref->ended);
}

void pidfd_group_gone(struct group *g)
{
	if (g->pidref == NULL)
		return;
	g->pidref->group = NULL;
	waitq_wake(&g->pidref->ended);
	pidfd_put(g->pidref);
}

long sys_pidfd_open(uint64_t pid, uint64_t flags)
{
	const struct task *t;

	if (((uint32_t)flags & ~(uint32_t)O_NONBLOCK) || (int)pid <= 0)
		return -EINVAL;
	t = task_find(pidns_id((uint32_t)pid));
	if (t == NULL)
		return -ESRCH;
	return t != t->group->leader ? -EINVAL : pidfd_create_for(t->group, (uint32_t)flags);
}

long sys_pidfd_getfd(uint64_t pidfd, uint64_t ufd, uint64_t flags)
{
	const struct task *t;
	struct group *g;
	struct file *f;
	bool nonblock;
	int err;

	if ((uint32_t)flags != 0)
		return -EINVAL;
	err = fd_process(pidfd, &g, &nonblock);
	if (err != 0)
		return err;
	if (g == NULL)
		return -ESRCH;
	t = g->leader;
	if (!ptrace_may_access(t, false))
		return -EPERM;
	f = t->files != NULL ? files_lookup(t->files, (uint32_t)ufd) : NULL;
	if (f == NULL)
		return -EBADF;
	return fd_install(current->files, file_get(f), 0, true);
}
