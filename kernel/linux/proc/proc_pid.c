/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_pid.c - the directory of a process: its memory, its program, its last call. [fs/proc/base.c]
 */
#include <string.h>

#include <abi/mman.h>

#include "file.h"
#include "page.h"
#include "proc.h"
#include "task.h"
#include "vm.h"

static int show_comm(struct text *t, struct task *task)
{
	text_add(t, "%s\n", task->comm);
	return 0;
}

static int store_comm(char *text, struct task *task)
{
	if (task->group != current->group)
		return -EINVAL;
	memset(task->comm, 0, sizeof(task->comm));
	strncpy(task->comm, text, sizeof(task->comm) - 1);
	return 0;
}

/* Appends TASK's memory from START to END; stops at a piece that cannot be read. */
static int show_range(struct text *t, const struct task *task, uint64_t start, uint64_t end)
{
	char buf[256];

	while (start < end) {
		uint64_t n = end - start < sizeof(buf) ? end - start : sizeof(buf);

		if (vm_access_remote(task->mm, start, buf, n, false) != 0)
			break;
		text_add_bytes(t, buf, n);
		start += n;
	}
	return 0;
}

static int proc_pid_show_cmdline(struct text *t, struct task *task)
{
	return task->mm == NULL ? 0 : show_range(t, task, task->mm->arg_start, task->mm->arg_end);
}

static int show_environ(struct text *t, struct task *task)
{
	return task->mm == NULL ? 0 : show_range(t, task, task->mm->env_start, task->mm->env_end);
}

/* From the program's own stack, which it may have overwritten; Linux keeps a copy. */
static int show_auxv(struct text *t, struct task *task)
{
	return task->mm == NULL ? 0 : show_range(t, task, task->mm->auxv_start, task->mm->auxv_end);
}

/* ---- the last call ---- */

static int show_syscall(struct text *t, struct task *task)
{
	const struct trapframe *f = task->frame;

	if (task->mm == NULL) {
		text_add(t, "-1 0x0 0x0\n"); /* the thread has ended */
		return 0;
	}
	if (task != current && task->state == TASK_RUNNING) {
		text_add(t, "running\n");
		return 0;
	}
	if (task != current && task->state != TASK_SLEEPING && !f->in_call) {
		text_add(t, "-1 0x%lx 0x%lx\n", f->sp, f->pc);
		return 0;
	}
	text_add(t, "%ld 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx 0x%lx ", (long)f->a[7], f->orig_a0, f->a[1], f->a[2], f->a[3],
		 f->a[4], f->a[5]);
	text_add(t, "0x%lx 0x%lx\n", f->sp, f->pc);
	return 0;
}

/* ---- the address space ---- */

static void show_vma(struct text *t, const struct vma *v, char *path)
{
	static const char spaces[] = "                                                                          ";
	const struct inode *i = v->flags & VMA_SPECIAL ? NULL : inode_behind(v->backing);
	const char *name = i != NULL ? inode_path(i, path, PAGE_SIZE) : v->name;
	size_t begin = t->len, used;

	text_add(t, "%08lx-%08lx %c%c%c%c %08lx 00:%02x %lu ", v->start, v->end, v->prot & PROT_READ ? 'r' : '-',
		 v->prot & PROT_WRITE ? 'w' : '-', v->prot & PROT_EXEC ? 'x' : '-',
		 v->flags & MAP_SHARED && i != NULL ? 's' : 'p', i != NULL ? v->offset : 0,
		 i != NULL ? i->volume->dev : 0, i != NULL ? i->ino : 0);
	if (name != NULL) {
		used = t->len - begin;
		if (used < sizeof(spaces) - 1)
			text_add_bytes(t, spaces, sizeof(spaces) - 1 - used);
		text_add_bytes(t, name, strlen(name));
	}
	text_add(t, "\n");
}

/* Lets other tasks run: TASK may be gone when it returns. */
static int show_mappings(struct text *t, const struct task *task, bool with_pages)
{
	struct mm *mm = task->mm != NULL ? mm_get(task->mm) : NULL;
	char *path = page_alloc(0);
	int err = mm == NULL ? 0 : path == NULL ? -ENOMEM : mm_lock(mm);
	uint32_t worked = 0;

	if (mm != NULL && err == 0) {
		for (const struct vma *v = vma_from(mm, 0); v != NULL && err == 0; v = vma_next(v)) {
			show_vma(t, v, path);
			if (with_pages)
				proc_show_smap(t, mm, v);
			if (sched_worked(&worked, with_pages ? SCHED_STINT : PAGE_SIZE))
				err = -EINTR;
		}
		mm_unlock(mm);
	}
	if (path != NULL)
		page_free(path, 0);
	if (mm != NULL)
		mm_put(mm);
	return err;
}

static int show_smaps(struct text *t, struct task *task)
{
	return show_mappings(t, task, true);
}

static int show_maps(struct text *t, struct task *task)
{
	return show_mappings(t, task, false);
}

/* ---- links to files ---- */

/* The file that TASK executes. Its mount is not known. */
static struct path exe_of(const struct task *task)
{
	return (struct path){ NULL, task->mm != NULL ? inode_behind(task->mm->exe) : NULL };
}

static const struct path nowhere;

static int follow_path(struct path p, struct path *out)
{
	if (p.inode == NULL)
		return -ENOENT;
	*out = path_get(p);
	return 0;
}

static int text_of(struct path p, struct text *t)
{
	char *path;

	if (p.inode == NULL)
		return -ENOENT;
	path = page_alloc(0);
	if (path == NULL)
		return -ENOMEM;
	if (p.mount != NULL)
		path_text(p, path, PAGE_SIZE);
	else
		inode_path(p.inode, path, PAGE_SIZE);
	text_add_bytes(t, path, strlen(path));
	page_free(path, 0);
	return 0;
}

#define LINK(name, place)                                                         \
	static int follow_##name(struct task *task, uint32_t n, struct path *out) \
	{                                                                         \
		(void)n;                                                          \
		return follow_path(place, out);                                   \
	}                                                                         \
	static int text_##name(struct task *task, uint32_t n, struct text *t)     \
	{                                                                         \
		(void)n;                                                          \
		return text_of(place, t);                                         \
	}

LINK(exe, exe_of(task))
LINK(cwd, task->fs != NULL ? task->fs->cwd : nowhere)
LINK(root, task->fs != NULL ? task->fs->root : nowhere)

/*
 * In pages: mapped, present, shared with files, code, -, data and stacks, -. Pages shared with
 * files are not counted: they show as 0.
 */
static int show_statm(struct text *t, struct task *task)
{
	const struct mm *mm = task->mm;

	if (mm == NULL)
		text_add(t, "0 0 0 0 0 0 0\n");
	else
		text_add(t, "%lu %lu 0 %lu 0 %lu 0\n", mm->mapped.all / PAGE_SIZE, mm->pages,
			 mm->mapped.code / PAGE_SIZE, (mm->mapped.written + mm->mapped.stacks) / PAGE_SIZE);
	return 0;
}

/* ---- limits ---- */

static int show_limits(struct text *t, struct task *task)
{
	static const struct {
		const char *name, *unit;
	} row[RLIM_NLIMITS] = {
		[RLIMIT_CPU] = { "Max cpu time", "seconds" },
		[RLIMIT_FSIZE] = { "Max file size", "bytes" },
		[RLIMIT_DATA] = { "Max data size", "bytes" },
		[RLIMIT_STACK] = { "Max stack size", "bytes" },
		[RLIMIT_CORE] = { "Max core file size", "bytes" },
		[RLIMIT_RSS] = { "Max resident set", "bytes" },
		[RLIMIT_NPROC] = { "Max processes", "processes" },
		[RLIMIT_NOFILE] = { "Max open files", "files" },
		[RLIMIT_MEMLOCK] = { "Max locked memory", "bytes" },
		[RLIMIT_AS] = { "Max address space", "bytes" },
		[RLIMIT_LOCKS] = { "Max file locks", "locks" },
		[RLIMIT_SIGPENDING] = { "Max pending signals", "signals" },
		[RLIMIT_MSGQUEUE] = { "Max msgqueue size", "bytes" },
		[RLIMIT_NICE] = { "Max nice priority", NULL },
		[RLIMIT_RTPRIO] = { "Max realtime priority", NULL },
		[RLIMIT_RTTIME] = { "Max realtime timeout", "us" },
	};

	text_add(t, "%-25s %-20s %-20s %-10s\n", "Limit", "Soft Limit", "Hard Limit", "Units");
	for (int n = 0; n < RLIM_NLIMITS; n++) {
		const uint64_t limit[2] = { task->group->limits[n].rlim_cur, task->group->limits[n].rlim_max };

		text_add(t, "%-25s", row[n].name);
		for (int k = 0; k < 2; k++) {
			if (limit[k] == RLIM_INFINITY)
				text_add(t, " %-20s", "unlimited");
			else
				text_add(t, " %-20lu", limit[k]);
		}
		text_add(t, row[n].unit != NULL ? " %-10s\n" : " \n", row[n].unit);
	}
	return 0;
}

/* ---- the tables ---- */

/* uid_map, gid_map or setgroups of the task's user namespace: see proc_userns.c. */
#define USERNS(what)                                                                                         \
	{                                                                                                    \
		.name = #what, .mode = S_IFREG | 0644, .show = proc_show_##what, .store = proc_store_##what, \
		.at_once = true                                                                              \
	}

/* The entries of a process's directory. A thread's has all but the first. */
static const struct proc_entry entries[] = {
	{ .name = "task", .mode = S_IFDIR | 0555, .is = &proc_task_dir },
	{ .name = "fd", .mode = S_IFDIR | 0500, .is = &proc_fd_dir },
	{ .name = "fdinfo", .mode = S_IFDIR | 0555, .is = &proc_fdinfo_dir },
	{ .name = "auxv", .mode = S_IFREG | 0400, .show = show_auxv, .secret = true },
	{ .name = "cmdline", .mode = S_IFREG | 0444, .show = proc_pid_show_cmdline },
	{ .name = "comm", .mode = S_IFREG | 0644, .show = show_comm, .store = store_comm, .verbatim = true },
	{ .name = "cwd", .mode = S_IFLNK | 0777, .follow = follow_cwd, .text = text_cwd, .secret = true },
	{ .name = "coredump_filter",
	  .mode = S_IFREG | 0644,
	  .show = proc_show_core_filter,
	  .store = proc_store_core_filter },
	{ .name = "environ", .mode = S_IFREG | 0400, .show = show_environ, .secret = true },
	{ .name = "exe", .mode = S_IFLNK | 0777, .follow = follow_exe, .text = text_exe, .secret = true },
	USERNS(gid_map),
	{ .name = "limits", .mode = S_IFREG | 0444, .show = show_limits },
	{ .name = "maps", .mode = S_IFREG | 0444, .show = show_maps, .secret = true },
	{ .name = "mem", .mode = S_IFREG | 0600, .open = proc_open_mem, .secret = true },
	{ .name = "mountinfo", .mode = S_IFREG | 0444, .show = proc_show_mountinfo, .polled = true },
	{ .name = "mounts", .mode = S_IFREG | 0444, .show = proc_show_mounts, .polled = true },
	{ .name = "ns", .mode = S_IFDIR | 0511, .is = &proc_ns_dir },
	{ .name = "oom_score", .mode = S_IFREG | 0444, .show = proc_show_oom_score },
	{ .name = "oom_score_adj",
	  .mode = S_IFREG | 0644,
	  .show = proc_show_oom_score_adj,
	  .store = proc_store_oom_score_adj },
	{ .name = "pagemap", .mode = S_IFREG | 0400, .open = proc_open_pagemap, .secret = true },
	{ .name = "root", .mode = S_IFLNK | 0777, .follow = follow_root, .text = text_root, .secret = true },
	{ .name = "seccomp_cache", .mode = S_IFREG | 0400, .show = proc_show_seccomp_cache },
	USERNS(setgroups),
	{ .name = "smaps", .mode = S_IFREG | 0444, .show = show_smaps, .secret = true },
	{ .name = "stat", .mode = S_IFREG | 0444, .show = proc_show_stat },
	{ .name = "statm", .mode = S_IFREG | 0444, .show = show_statm },
	{ .name = "status", .mode = S_IFREG | 0444, .show = proc_show_status },
	{ .name = "syscall", .mode = S_IFREG | 0400, .show = show_syscall, .secret = true },
	USERNS(uid_map),
	{ .name = NULL },
};

const struct proc_entry proc_process = { .mode = S_IFDIR | 0555, .entries = entries };
const struct proc_entry proc_thread = { .mode = S_IFDIR | 0555, .entries = entries + 1 };
