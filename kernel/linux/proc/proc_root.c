/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_root.c - /proc itself: processes by their numbers, self, and facts about the machine.
 */
#include <abi/errno.h>

#include "dir.h"
#include "machine.h"
#include "page.h"
#include "proc.h"
#include "task.h"
#include "timespec.h"
#include "uts.h"
#include "wait.h"

static int show_version(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s version %s (%s) %s\n", uts.sysname, uts.release, uts.nodename, uts.version);
	return 0;
}

static int show_uptime(struct text *t, struct task *task)
{
	const uint64_t now = time_now() / 10000000;

	(void)task;
	text_add(t, "%lu.%02lu 0.00\n", now / 100, now % 100);
	return 0;
}

static int show_meminfo(struct text *t, struct task *task)
{
	const uint64_t kib = PAGE_SIZE / 1024;

	(void)task;
	text_add(t, "MemTotal:       %8lu kB\n", page_count_total() * kib);
	text_add(t, "MemFree:        %8lu kB\n", page_count_free() * kib);
	text_add(t, "MemAvailable:   %8lu kB\n", page_count_free() * kib);
	text_add(t, "Buffers:        %8u kB\n", 0);
	text_add(t, "Cached:         %8lu kB\n", pagemap_total() * kib);
	text_add(t, "SwapTotal:      %8u kB\nSwapFree:       %8u kB\n", 0, 0);
	return 0;
}

static int show_cpuinfo(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "processor\t: 0\nhart\t\t: 0\nisa\t\t: rv64imafdc\nmmu\t\t: sv39\n\n");
	return 0;
}

static int show_filesystems(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "nodev\trootfs\nnodev\tsysfs\nnodev\tproc\nnodev\ttmpfs\nnodev\tdevtmpfs\n");
	return 0;
}

static unsigned count_running(void)
{
	unsigned n = 0;

	list_for_each(link, &task_all)
		n += container_of(link, struct task, all)->state == TASK_RUNNING;
	return n;
}

/* The processor's time is not divided into user's and system's. */
static int show_stat(struct text *t, struct task *task)
{
	const uint64_t idle = sched_idle_time / 10000000, busy = time_now() / 10000000 - idle;

	(void)task;
	text_add(t, "cpu  %lu 0 0 %lu 0 0 0 0 0 0\ncpu0 %lu 0 0 %lu 0 0 0 0 0 0\n", busy, idle, busy, idle);
	text_add(t, "btime %lu\nprocs_running %u\nprocs_blocked 0\n", (time_realtime() - time_now()) / NSEC_PER_SEC,
		 count_running());
	return 0;
}

/* Averages are not kept. */
static int show_loadavg(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "0.00 0.00 0.00 %u/%u %u\n", count_running(), task_count(), task_last_id());
	return 0;
}

static int proc_root_show_cmdline(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s\n", machine.bootargs);
	return 0;
}

/* ---- processes ---- */

static int lookup_process(struct inode *dir, const char *name, size_t len, struct inode **out)
{
	uint32_t tid;

	if (!proc_number(name, len, &tid) || task_find(tid) == NULL)
		return -ENOENT;
	return proc_make(dir, name, len, &proc_process, tid, 0, out);
}

/* The first process whose number is at least MIN; 0: none. */
static uint32_t next_process(uint64_t min)
{
	uint32_t best = 0;

	list_for_each(link, &task_all) {
		const struct group *g = container_of(link, struct task, all)->group;

		if (g->id >= min && (best == 0 || g->id < best))
			best = g->id;
	}
	return best;
}

static void list_processes(struct inode *dir, struct dir_sink *sink)
{
	uint32_t id;

	(void)dir;
	while ((id = next_process(sink->pos - PROC_DYNAMIC)) != 0) {
		char buf[12];
		struct text t;

		text_init_fixed(&t, buf, sizeof(buf));
		text_add(&t, "%u", id);
		if (!dir_emit(sink, buf, t.len, (uint64_t)id << 16, S_IFDIR, PROC_DYNAMIC + id + 1UL))
			return;
	}
}

static int follow_self(struct task *task, uint32_t n, struct inode **out)
{
	struct inode *proc = NULL;
	char buf[12];
	struct text t;
	int err;

	(void)task, (void)n;
	text_init_fixed(&t, buf, sizeof(buf));
	text_add(&t, "%u", current->group->id);
	err = -ENOENT;
	proc = tree_find(inode_root, "proc", 4);
	if (proc != NULL)
		err = lookup_process(proc, buf, t.len, out);
	return err;
}

static int text_self(struct task *task, uint32_t n, struct text *t)
{
	(void)task, (void)n;
	text_add(t, "%u", current->group->id);
	return 0;
}

static int follow_thread_self(struct task *task, uint32_t n, struct inode **out)
{
	struct inode *self, *threads;
	char buf[12];
	struct text t;
	int err = follow_self(task, n, &self);

	if (err != 0)
		return err;
	err = proc_make(self, "task", 4, &proc_task_dir, current->group->id, 0, &threads);
	inode_put(self);
	if (err != 0)
		return err;
	text_init_fixed(&t, buf, sizeof(buf));
	text_add(&t, "%u", current->tid);
	err = proc_make(threads, buf, t.len, &proc_thread, current->tid, 0, out);
	inode_put(threads);
	return err;
}

static int text_thread_self(struct task *task, uint32_t n, struct text *t)
{
	(void)task, (void)n;
	text_add(t, "%u/task/%u", current->group->id, current->tid);
	return 0;
}

static int follow_mounts(struct task *task, uint32_t n, struct inode **out)
{
	static const struct proc_entry mounts = {
		.name = "mounts", .mode = S_IFREG | 0444, .show = proc_show_mounts, .polled = true
	};
	struct inode *self;
	int err = follow_self(task, n, &self);

	if (err != 0)
		return err;
	err = proc_make(self, "mounts", 6, &mounts, current->group->id, 0, out);
	inode_put(self);
	return err;
}

static int text_mounts(struct task *task, uint32_t n, struct text *t)
{
	(void)task, (void)n;
	text_add(t, "self/mounts");
	return 0;
}

static const struct proc_entry entries[] = {
	{ .name = "cmdline", .mode = S_IFREG | 0444, .show = proc_root_show_cmdline },
	{ .name = "cpuinfo", .mode = S_IFREG | 0444, .show = show_cpuinfo },
	{ .name = "filesystems", .mode = S_IFREG | 0444, .show = show_filesystems },
	{ .name = "loadavg", .mode = S_IFREG | 0444, .show = show_loadavg },
	{ .name = "meminfo", .mode = S_IFREG | 0444, .show = show_meminfo },
	{ .name = "mounts", .mode = S_IFLNK | 0777, .follow = follow_mounts, .text = text_mounts },
	{ .name = "self", .mode = S_IFLNK | 0777, .follow = follow_self, .text = text_self },
	{ .name = "stat", .mode = S_IFREG | 0444, .show = show_stat },
	{ .name = "sys", .mode = S_IFDIR | 0555, .entries = proc_sys },
	{ .name = "thread-self", .mode = S_IFLNK | 0777, .follow = follow_thread_self, .text = text_thread_self },
	{ .name = "uptime", .mode = S_IFREG | 0444, .show = show_uptime },
	{ .name = "version", .mode = S_IFREG | 0444, .show = show_version },
	{ .name = NULL },
};

const struct proc_entry proc_root = {
	.name = "",
	.mode = S_IFDIR | 0555,
	.entries = entries,
	.lookup = lookup_process,
	.list = list_processes,
};
