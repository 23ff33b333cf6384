/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tasks.c - records about the life of tasks: kernel/core/task/events.h says when each is written.
 */
#include "records.h"

#include <string.h>

#include <abi/mman.h>

#include "channel.h"
#include "inode.h"
#include "task.h"
#include "vm.h"

#define DESCRIPTORS "/dev/fd/"

static void report_exit(uint32_t status, bool last)
{
	const struct event_exit exit = { .status = status, .last = last };

	event_whole(EVENT_EXIT, &exit, sizeof(exit));
}

static void report_fork(const struct task *child, uint64_t flags)
{
	const struct event_fork fork = { .pid = child->group->id, .tid = child->tid, .flags = flags };

	event_whole(EVENT_FORK, &fork, sizeof(fork));
}

static void report_name(void)
{
	event_whole(EVENT_NAME, NULL, 0);
}

static void put_map(uint64_t start, uint64_t size, uint64_t offset, const char *path)
{
	const struct event_map map = { .start = start, .size = size, .offset = offset };

	event_begin(EVENT_MAP, 0, sizeof(map) + strlen(path) + 1);
	event_put(&map, sizeof(map));
	event_put(path, strlen(path) + 1);
	event_end();
}

/* I's path, as /proc/PID/maps has it, until the next call. */
static const char *path_of(const struct inode *i)
{
	static char room[4096]; /* too big for the stack */

	return inode_path(i, room, sizeof(room));
}

static void report_map(uint64_t start, uint64_t size, uint64_t offset, const struct inode *i)
{
	put_map(start, size, offset, path_of(i));
}

/*
 * Reports the new program and its executable mappings, those of its interpreter included. The name
 * of a descriptor says nothing after the descriptor is closed: what it led to is named instead.
 */
static void report_exec(const struct mm *mm, const char *path, uint32_t old_tid)
{
	const struct event_exec exec = { .old_tid = old_tid };

	if (strncmp(path, DESCRIPTORS, sizeof(DESCRIPTORS) - 1) == 0)
		path = path_of(inode_behind(mm->exe));
	event_begin(EVENT_EXEC, 0, sizeof(exec) + strlen(path) + 1);
	event_put(&exec, sizeof(exec));
	event_put(path, strlen(path) + 1);
	event_end();
	vma_for_each(v, mm, 0, USER_TOP)
		if (!(v->prot & PROT_EXEC) || inode_behind(v->backing) == NULL)
			continue;
		else if (v->name != NULL) /* the vDSO's file has no path */
			put_map(v->start, v->end - v->start, v->offset, v->name);
		else
			report_map(v->start, v->end - v->start, v->offset, inode_behind(v->backing));
}

static void report_absent(const char *what)
{
	event_whole(EVENT_ABSENT, what, strlen(what) + 1);
}

const struct event_ops report_tasks = {
	.exit = report_exit,
	.fork = report_fork,
	.name = report_name,
	.exec = report_exec,
	.map = report_map,
	.absent = report_absent,
};
