/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_root.c - the root of /proc: a directory for each process, self, and facts about the machine.
 */
#include <abi/errno.h>

#include "dir.h"
#include "machine.h"
#include "page.h"
#include "pidns.h"
#include "proc.h"
#include "task.h"
#include "timespec.h"
#include "uts.h"
#include "wait.h"

static int show_version(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "%s version %s (%s) %s\n", uts_current()->sysname, uts_current()->release, uts_current()->nodename,
		 uts_current()->version);
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

/* All busy time counts as user time: it is not divided into user's and system's. */
static int show_stat(struct text *t, struct task *task)
{
	const uint64_t idle = sched_idle_time / 10000000, busy = time_now() / 10000000 - idle;

	(void)task;
	text_add(t, "cpu  %lu 0 0 %lu 0 0 0 0 0 0\ncpu0 %lu 0 0 %lu 0 0 0 0 0 0\n", busy, idle, busy, idle);
	text_add(t, "btime %lu\nprocs_running %u\nprocs_blocked 0\n", (time_realtime() - time_now()) / NSEC_PER_SEC,
		 count_running());
	return 0;
}

/* Load averages are not kept: they are shown as 0. */
static int show_loadavg(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "0.00 0.00 0.00 %u/%u %u\n", count_running(), task_count(), pidns_last());
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
	uint32_t number, tid = 0;

	if (proc_number(name, len, &number))
		tid = pidns_id_in(proc_pidns(dir), number);
	return task_find(tid) != NULL ? proc_make(dir, name, len, &proc_process, tid, 0, out) : -ENOENT;
}

/*
 * The lowest number, from MIN on, that a process has in NS; 0: there is none. The initial namespace
 * (NULL) has the most processes: there, ids are looked up in order, rather than all tasks searched.
 */
static uint32_t next_process(const struct pidns *ns, uint64_t min)
{
	const struct task *t = NULL;
	uint32_t best = 0;

	if (ns == NULL && min <= TASK_ID_MAX)
		for (uint32_t id = (uint32_t)min; (t = task_next(id)) != NULL && t->group->id != t->tid; id++)
			id = t->tid;
	if (ns == NULL)
		return t != NULL ? t->tid : 0;
	list_for_each(link, &task_all) {
		const uint32_t n = pidns_number(ns, container_of(link, struct task, all)->group->id);

		if (n != 0 && n >= min && (best == 0 || n < best))
			best = n;
	}
	return best;
}

static void list_processes(struct inode *dir, struct dir_sink *sink)
{
	const struct pidns *ns = proc_pidns(dir);
	uint32_t id, worked = 0;

	while ((id = next_process(ns, sink->pos - PROC_DYNAMIC)) != 0) {
		char buf[12];
		struct text t;

		text_init_fixed(&t, buf, sizeof(buf));
		text_add(&t, "%u", id);
		if (!dir_emit(sink, buf, t.len, (uint64_t)id << 16, S_IFDIR, PROC_DYNAMIC + id + 1UL))
			return;
		if (sched_worked(&worked, SCHED_STEP * (ns == NULL ? 16 : task_count())))
			return;
	}
}

/* N is the current process's number in this /proc's pid namespace; 0: it has none there. */
static int text_self(struct task *task, uint32_t n, struct text *t)
{
	(void)task;
	text_add(t, "%u", n);
	return n != 0 ? 0 : -ENOENT;
}

static int text_thread_self(struct task *task, uint32_t n, struct text *t)
{
	text_add(t, "%u/task/%u", n, n == task->group->id ? task->tid : pidns_show_to(task, task->tid));
	return n != 0 ? 0 : -ENOENT;
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
	{ .name = "mounts", .mode = S_IFLNK | 0777, .text = text_mounts },
	{ .name = "self", .mode = S_IFLNK | 0777, .text = text_self },
	{ .name = "stat", .mode = S_IFREG | 0444, .show = show_stat },
	{ .name = "sys", .mode = S_IFDIR | 0555, .entries = proc_sys },
	{ .name = "sysvipc", .mode = S_IFDIR | 0555, .entries = proc_sysv },
	{ .name = "thread-self", .mode = S_IFLNK | 0777, .text = text_thread_self },
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
