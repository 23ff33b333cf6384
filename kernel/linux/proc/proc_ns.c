/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_ns.c - /proc/PID/ns: the namespaces of a task, as links that setns can be given.
 * [fs/proc/namespaces.c]
 */
#include <string.h>

#include "cred.h"
#include "dir.h"
#include "fs.h"
#include "ns_file.h"
#include "proc.h"
#include "task.h"

static int follow_ns(struct task *task, uint32_t which, struct path *out)
{
	struct ns_ref r;

	if (!ns_ref_of(task, which, &r))
		return -ENOENT;
	out->mount = NULL;
	return ns_file_make(&r, &out->inode);
}

static int text_ns(struct task *task, uint32_t which, struct text *t)
{
	struct ns_ref r;

	if (!ns_ref_of(task, which, &r))
		return -ENOENT;
	text_add(t, "%s:[%u]", ns_ref_name(r.which), ns_ref_ino(&r));
	return 0;
}

static const struct proc_entry ns_link = {
	.mode = S_IFLNK | 0777,
	.follow = follow_ns,
	.text = text_ns,
	.secret = true,
};

static bool ns_exists(unsigned which)
{
	return which >= NS_KINDS || ns_kinds[which] != NULL;
}

static int lookup_ns(struct inode *dir, const char *name, size_t len, struct inode **out)
{
	if (!ptrace_may_access(proc_task(dir), true))
		return -EACCES;
	for (unsigned which = 0; which < NS_FILES; which++)
		if (ns_exists(which) && strlen(ns_ref_name(which)) == len && memcmp(ns_ref_name(which), name, len) == 0)
			return proc_make(dir, name, len, &ns_link, proc_node(dir)->tid, which, out);
	return -ENOENT;
}

static void list_ns(struct inode *dir, struct dir_sink *sink)
{
	const struct task *task = proc_task(dir);

	if (task == NULL || !ptrace_may_access(task, true))
		return;
	for (uint64_t which = sink->pos - PROC_DYNAMIC; which < NS_FILES; which++) {
		const char *name = ns_exists((unsigned)which) ? ns_ref_name((unsigned)which) : NULL;

		if (name != NULL &&
		    !dir_emit(sink, name, strlen(name), dir->ino << 20 | which, S_IFLNK, PROC_DYNAMIC + which + 1))
			return;
	}
}

const struct proc_entry proc_ns_dir = {
	.name = "ns",
	.mode = S_IFDIR | 0511,
	.lookup = lookup_ns,
	.list = list_ns,
};
