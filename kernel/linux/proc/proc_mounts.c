/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_mounts.c - /proc/PID/mounts and mountinfo: the mounts of a task's namespace that are below
 * the task's root directory. [fs/proc_namespace.c]
 */
#include <string.h>

#include "fs.h"
#include "mount.h"
#include "page.h"
#include "proc.h"
#include "task.h"

/* Appends NAME with blanks, newlines, # and \ as \ooo, three octal digits. [mangle_path] */
static void add_name(struct text *t, const char *name)
{
	for (; *name != '\0'; name++) {
		if (strchr(" \t\n\\#", *name) != NULL)
			text_add(t, "\\%03o", (unsigned)*name);
		else
			text_add_bytes(t, name, 1);
	}
}

static void add_flags(struct text *t, const struct mount *m)
{
	static const struct {
		uint32_t flag;
		const char *name;
	} names[] = {
		{ MOUNT_NOSUID, ",nosuid" },
		{ MOUNT_NODEV, ",nodev" },
		{ MOUNT_NOEXEC, ",noexec" },
		{ MOUNT_NOATIME, ",noatime" },
	};
	const bool readonly = (m->flags & MOUNT_READONLY) != 0 || m->root->volume->readonly;

	text_add(t, "%s", readonly ? "ro" : "rw");
	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
		if (m->flags & names[n].flag)
			text_add(t, "%s", names[n].name);
}

/* Appends M's line, of mountinfo if INFO, else of mounts. BUF, a page, is for paths. */
static void add_mount(struct text *t, const struct mount *m, struct path root, bool info, char *buf)
{
	const struct volume *v = m->root->volume;
	const struct path here = { (struct mount *)m, m->root };

	if (!info) {
		add_name(t, m->source);
		text_add(t, " ");
		add_name(t, path_text_from(here, root, buf, PAGE_SIZE));
		text_add(t, " %s ", v->type);
		add_flags(t, m);
		text_add(t, " 0 0\n");
		return;
	}
	text_add(t, "%u %u 0:%u ", m->id, m->above != NULL ? m->above->id : m->id, v->dev);
	add_name(t, path_text_from((struct path){ NULL, m->root }, (struct path){ NULL, NULL }, buf, PAGE_SIZE));
	text_add(t, " ");
	add_name(t, path_text_from(here, root, buf, PAGE_SIZE));
	text_add(t, " ");
	add_flags(t, m);
	text_add(t, " - %s ", v->type);
	add_name(t, m->source);
	text_add(t, " %s\n", v->readonly ? "ro" : "rw");
}

/* The link of mount number N of NS, counted from 0; the head of the list: there are no more. */
static struct list *find_nth_mount(struct mntns *ns, uint32_t n)
{
	struct list *link = ns->mounts.next;

	while (n-- > 0 && link != &ns->mounts)
		link = link->next;
	return link;
}

/*
 * Shows the mounts of NS: 0, or -EINTR: the current task is being killed. Lets other tasks run,
 * which may unmount the mount just shown; then it goes on by that mount's number.
 */
static int show_all(struct text *t, struct mntns *ns, struct path root, bool info, char *buf)
{
	bool killed = false;
	uint32_t n = 0;

	for (struct list *link = ns->mounts.next; link != &ns->mounts && !killed;) {
		struct mount *m = mount_get(container_of(link, struct mount, in_ns));

		if (path_is_below((struct path){ m, m->root }, root, false))
			add_mount(t, m, root, info, buf);
		killed = sched_give_way();
		link = m->ns == ns ? link->next : find_nth_mount(ns, n);
		n += m->ns == ns;
		mount_put(m);
	}
	return killed ? -EINTR : 0;
}

/* Lets other tasks run: TASK may be gone when it returns. 0, -EINVAL, -ENOMEM or -EINTR. */
static int show_mounts_of(struct text *t, const struct task *task, bool info)
{
	char *buf = task->fs != NULL ? page_alloc(0) : NULL;
	struct mntns *mounts = mntns_of(task);
	struct ns *ns;
	struct path root;
	int err;

	if (buf == NULL)
		return task->fs != NULL ? -ENOMEM : -EINVAL;
	ns = ns_get(task->ns[NS_MNT]);
	root = path_get(task->fs->root);
	err = show_all(t, mounts, root, info, buf);
	path_put(root);
	ns_put(NS_MNT, ns);
	page_free(buf, 0);
	return err;
}

int proc_show_mounts(struct text *t, struct task *task)
{
	return show_mounts_of(t, task, false);
}

int proc_show_mountinfo(struct text *t, struct task *task)
{
	return show_mounts_of(t, task, true);
}

uint64_t proc_mounts_changes(struct task *task)
{
	return task != NULL ? mntns_of(task)->changes : 0;
}
