/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proc_memory.c - /proc/PID/smaps, oom_score, oom_score_adj and coredump_filter.
 * [fs/proc/task_mmu.c, fs/proc/base.c]
 */
#include <string.h>

#include <abi/capability.h>
#include <abi/errno.h>
#include <abi/mman.h>

#include "page_meta.h"
#include "proc.h"
#include "pte.h"
#include "task.h"
#include "userns.h"
#include "vm.h"

/* KiB of one mapping's pages: all of them, and those that other processes have, too. */
struct resident {
	uint64_t all, shared;
};

static void count_run(struct mm *mm, const struct pte_run *run, void *arg)
{
	struct resident *r = arg;

	(void)mm;
	for (uint64_t i = 0; i < run->count; i++) {
		if ((run->pte[i] & PTE_V) == 0)
			continue;
		r->all += PAGE_SIZE / 1024;
		r->shared += page_meta(pte_page(run->pte[i]))->refs > 1 ? PAGE_SIZE / 1024 : 0;
	}
}

static struct resident proc_memory_count(struct mm *mm, const struct vma *v)
{
	struct resident r = { 0, 0 };

	if ((v->flags & VMA_IO) == 0)
		pte_for_each_run(mm, v->start, v->end, count_run, &r);
	return r;
}

static void show_flags(struct text *t, const struct vma *v)
{
	text_add(t, "VmFlags:%s%s%s%s mr mw me%s%s%s%s%s \n", v->prot & PROT_READ ? " rd" : "",
		 v->prot & PROT_WRITE ? " wr" : "", v->prot & PROT_EXEC ? " ex" : "",
		 v->flags & MAP_SHARED ? " sh" : "", v->flags & MAP_GROWSDOWN ? " gd" : "",
		 v->flags & VMA_IO ? " pf" : "", v->flags & VMA_LOCKED ? " lo" : "", v->flags & VMA_IO ? " io" : "",
		 v->flags & (VMA_IO | VMA_NO_DUMP) ? " dd" : "");
}

/* Pss takes every shared page to be shared by two. */
void proc_show_smap(struct text *t, struct mm *mm, const struct vma *v)
{
	const struct resident r = proc_memory_count(mm, v);
	const uint64_t anonymous = inode_behind(v->backing) == NULL ? r.all : 0;
	static const char *const nothing[] = { "LazyFree",	 "AnonHugePages",   "ShmemPmdMapped", "FilePmdMapped",
					       "Shared_Hugetlb", "Private_Hugetlb", "Swap",	      "SwapPss" };

	text_add(t, "Size:           %8lu kB\nKernelPageSize: %8u kB\nMMUPageSize:    %8u kB\n",
		 (v->end - v->start) / 1024, 4, 4);
	text_add(t, "Rss:            %8lu kB\nPss:            %8lu kB\nPss_Dirty:      %8lu kB\n", r.all,
		 r.all - r.shared / 2, anonymous);
	text_add(t, "Shared_Clean:   %8lu kB\nShared_Dirty:   %8u kB\n", r.shared, 0);
	text_add(t, "Private_Clean:  %8lu kB\nPrivate_Dirty:  %8lu kB\n", anonymous != 0 ? 0 : r.all - r.shared,
		 anonymous != 0 ? r.all - r.shared : 0);
	text_add(t, "Referenced:     %8lu kB\nAnonymous:      %8lu kB\n", r.all, anonymous);
	for (unsigned i = 0; i < sizeof(nothing) / sizeof(nothing[0]); i++)
		text_add(t, "%s:%*s%8u kB\n", nothing[i], (int)(15 - strlen(nothing[i])), "", 0);
	text_add(t, "Locked:         %8lu kB\nTHPeligible:    0\n", v->flags & VMA_LOCKED ? r.all : 0);
	show_flags(t, v);
}

/* ---- OOM: oom_score_adj is kept and shown; no process is killed to free memory for others ---- */

int proc_show_oom_score(struct text *t, struct task *task)
{
	(void)task;
	text_add(t, "0\n");
	return 0;
}

int proc_show_core_filter(struct text *t, struct task *task)
{
	text_add(t, "%08x\n", task->group->core_filter ^ CORE_FILTER);
	return 0;
}

#define CORE_FILTER_BITS 0x1ff /* [MMF_DUMP_FILTER_MASK] */

/* TEXT is hexadecimal after 0x, octal after 0, else decimal. [proc_coredump_filter_write] */
int proc_store_core_filter(char *text, struct task *task)
{
	const bool hex = text[0] == '0' && (text[1] | 0x20) == 'x';
	const unsigned base = hex ? 16 : text[0] == '0' ? 8 : 10;
	uint64_t n = 0;
	const char *s = hex ? text + 2 : text;

	if (*s == '\0')
		return -EINVAL;
	for (; *s != '\0'; s++) {
		const unsigned letter = (*s | 0x20U) - 'a';
		const unsigned digit = *s <= '9' ? (unsigned)*s - '0' : letter < 6 ? letter + 10 : 16;

		if (digit >= base)
			return -EINVAL;
		n = n * base + digit;
		if (n > UINT32_MAX)
			return -ERANGE;
	}
	task->group->core_filter = (uint16_t)((n & CORE_FILTER_BITS) ^ CORE_FILTER);
	return 0;
}

int proc_show_oom_score_adj(struct text *t, struct task *task)
{
	text_add(t, "%d\n", task->group->oom_score_adj);
	return 0;
}

/*
 * Without CAP_SYS_RESOURCE a task may not go below the value that a task with it has set last.
 * [__set_oom_adj]
 */
int proc_store_oom_score_adj(char *text, struct task *task)
{
	const bool negative = text[0] == '-';
	const char *digits = text + negative;
	uint32_t n;
	int value;

	if (!proc_number(digits, strlen(digits), &n) || n > 1000)
		return -EINVAL;
	value = negative ? -(int)n : (int)n;
	if (value < task->group->oom_score_adj_min && !task_capable(CAP_SYS_RESOURCE))
		return -EACCES;
	task->group->oom_score_adj = (int16_t)value;
	if (task_capable(CAP_SYS_RESOURCE))
		task->group->oom_score_adj_min = (int16_t)value;
	return 0;
}
