/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_root.c - the root of /proc: a directory for each process, self, and facts about the machine.
 */
#include <abi/errno.h>

#include "dir.h"
#include "cputime.h"
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

static int show_stat(struct text *t, struct task *task)
{
	static struct cpu_shown shown;
	const uint64_t busy = time_now() - sched_idle_time;
	const uint64_t system = cputime_system(&shown, busy, cputime_system_total);

	(void)task;
	for (int n = 0; n < 2; n++)
		text_add(t, "cpu%s %lu 0 %lu %lu 0 0 0 0 0 0\n", n == 0 ? " " : "0", (busy - system) / 10000000,
			 system / 10000000, sched_idle_time / 10000000);
	text_add(t, "btime %lu\nprocs_running %u\nprocs_blocked 0\n", (time_realtime() - time_now()) / NSEC_PER_SEC,
		 count_running());
	return 0;
}

/* Load averages are not kept: they are shown as 0. */
static int show_loadavg(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "0.00 0.00 0.00 %u/%u %u\n", count_running(), task_count(), *pidns_last(false));
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

#define NUMBER_WORK (16 * SCHED_STEP)

struct task *proc_next_task(const struct pidns *ns, uint64_t *number)
{
	uint32_t worked = 0;
	struct task *t;

	if (ns == NULL) {
		t = *number <= TASK_ID_MAX ? task_next((uint32_t)*number) : NULL;
		*number = t != NULL ? t->tid : *number;
		return t;
	}
	for (; *number < pidns_size(ns); ++*number) {
		const uint32_t n = (uint32_t)*number;

		t = task_find(pidns_id_in(ns, n));
		if (sched_worked(&worked, t != NULL ? NUMBER_WORK : SCHED_STEP))
			return NULL;
		/* Others may have run: it may have ended, or its id may be another's by now. */
		if (t != NULL && task_find(pidns_id_in(ns, n)) == t && pidns_number(ns, t->tid) == n)
			return t;
	}
	return NULL;
}

static void list_processes(struct inode *dir, struct dir_sink *sink)
{
	uint64_t number = sink->pos - PROC_DYNAMIC;
	const struct task *t;

	for (; (t = proc_next_task(proc_pidns(dir), &number)) != NULL; number++)
		if (t->group->id == t->tid && !proc_emit_number(sink, (uint32_t)number))
			return;
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
