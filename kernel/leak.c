/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * leak.c - the leak check: see leak.h. It counts what kmalloc() has given out, by size; and some
 * kinds of things by name, those of the core in core_kinds, those of a module in its struct module.
 */
#include "leak.h"

#include "console.h"
#include "file.h"
#include "filter.h"
#include "inode.h"
#include "kmap.h"
#include "module.h"
#include "modules.h"
#include "page.h"
#include "task.h"
#include "time.h"

#define KINDS_MAX 48

static uint32_t count_pages(void)
{
	return (uint32_t)(page_count_free() + kmap_stack_tables());
}

static const struct counted core_kinds[] = {
	{ "free pages", count_pages }, { "tasks", task_count },		{ "filters", filter_count },
	{ "open files", file_count },  { "armed timers", timer_count }, { NULL, NULL },
};

static uint32_t before[KINDS_MAX]; /* what leak_begin() counted, by kind */

/*
 * Calls FN for each kind of thing, with the kind's number, which is the same in every call, and how
 * many there are. SIZE is 0 for kinds with a name of their own.
 */
static void each_kind(void (*fn)(uint32_t kind, const char *name, uint32_t size, uint32_t count))
{
	uint32_t n = 0, size;

	for (const struct counted *k = core_kinds; k->name != NULL; k++)
		fn(n++, k->name, 0, k->count());
	for (uint32_t m = 0; modules_get(m) != NULL; m++)
		for (const struct counted *k = modules_get(m)->counted; k != NULL && k->name != NULL; k++)
			fn(n++, k->name, 0, k->count());
	for (uint32_t class = 0; (size = kmalloc_size(class)) != 0; class ++)
		fn(n++, "objects", size, kmalloc_count(class));
	KASSERT(n <= KINDS_MAX);
}

static void note_kind(uint32_t kind, const char *name, uint32_t size, uint32_t count)
{
	(void)name;
	(void)size;
	before[kind] = count;
}

void leak_begin(void)
{
	each_kind(note_kind);
}

static bool leak;

static void compare_kind(uint32_t kind, const char *name, uint32_t size, uint32_t count)
{
	/* Fewer objects are no leak: a program may have removed files that boot had made. */
	if (size != 0 ? count <= before[kind] : count == before[kind])
		return;
	printk("%s %s", leak ? "," : "leakcheck: LEAK:", name);
	if (size != 0)
		printk(" of %u bytes", size);
	printk(" %u before, %u after", before[kind], count);
	leak = true;
}

bool leak_found(void)
{
	sched_free(); /* what was put off until there is time */
	modules_purge();
	fs_purge();
	each_kind(compare_kind);
	kmalloc_check_free();
	page_check_free();
	printk(leak ? "\n" : "leakcheck: none lost\n");
	return leak;
}
