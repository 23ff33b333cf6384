/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core_memory.c - how much of each mapping goes into a core file: what /proc/PID/coredump_filter
 * says. Unless a program has set it, that is all memory which belongs to no file, and the first
 * page of each program and library, by which a debugger knows it. [fs/coredump.c]
 */
#include <string.h>

#include <abi/elf.h>
#include <abi/mman.h>

#include "coredump.h"
#include "inode.h"
#include "page.h"
#include "pte.h"
#include "task.h"

/* Has the mapping any page of its own, which is not a page of its file? */
struct own_pages {
	const struct vma *vma;
	bool any;
};

/*
 * Is ADDR the last page of a program's read-only file mapping? That is a private copy, too, with
 * zeroes after the file's bytes, but no program wrote to it.
 */
static bool is_tail(const struct vma *v, uint64_t addr)
{
	return (v->prot & PROT_WRITE) == 0 && v->file_end != 0 && addr == PAGE_DOWN(v->file_end);
}

static void find_own(struct mm *mm, const struct pte_run *run, void *arg)
{
	struct own_pages *own = arg;
	const struct vma *v = own->vma;
	const struct inode *i = inode_behind(v->backing);

	(void)mm;
	for (uint64_t n = 0; n < run->count && !own->any; n++) {
		const uint64_t addr = run->addr + n * PAGE_SIZE, off = v->offset + (addr - v->start);

		own->any = (run->pte[n] & PTE_V) != 0 && !is_tail(v, addr) &&
			   (i == NULL || pagemap_find(&i->pages, off >> PAGE_SHIFT) != pte_page(run->pte[n]));
	}
}

/* Does V begin with an ELF file's first page? */
static bool begins_elf_file(const struct vma *v)
{
	const struct inode *i = inode_behind(v->backing);
	char magic[SELFMAG];

	if (i == NULL || v->offset != 0 || (v->prot & PROT_READ) == 0)
		return false;
	return (i->mode & 0111) != 0 ||
	       (inode_read(i, magic, sizeof(magic), 0) == sizeof(magic) && memcmp(magic, ELFMAG, SELFMAG) == 0);
}

/* Bits of /proc/PID/coredump_filter. [MMF_DUMP_ANON_PRIVATE ...] */
enum { ANON_PRIVATE = 1, ANON_SHARED = 2, MAPPED_PRIVATE = 4, MAPPED_SHARED = 8, ELF_HEADERS = 16 };

/* [vma_dump_size] */
static uint64_t dumped_bytes(struct mm *mm, const struct vma *v)
{
	const uint32_t filter = current->group->core_filter ^ CORE_FILTER;
	const struct inode *i = inode_behind(v->backing);
	const uint64_t all = v->end - v->start;
	struct own_pages own = { .vma = v };

	if (v->flags & VMA_SPECIAL)
		return all;
	if (v->flags & (VMA_NO_DUMP | VMA_IO))
		return 0;
	if (v->flags & MAP_SHARED)
		return (filter & (i != NULL && i->nlink != 0 ? MAPPED_SHARED : ANON_SHARED)) != 0 ? all : 0;
	pte_for_each_run(mm, v->start, v->end, find_own, &own);
	if (own.any && (filter & ANON_PRIVATE) != 0)
		return all;
	if (i == NULL)
		return 0;
	if (filter & MAPPED_PRIVATE)
		return all;
	return (filter & ELF_HEADERS) != 0 && begins_elf_file(v) ? PAGE_SIZE : 0;
}

struct core_range *core_ranges(uint32_t *n)
{
	struct mm *mm = current->mm;
	const uint32_t most = mm->vma_count;
	struct core_range *ranges;

	*n = 0;
	ranges = kmalloc(most * sizeof(*ranges));
	if (ranges == NULL)
		return NULL;
	vma_for_each(v, mm, 0, USER_TOP) {
		if (*n == most)
			break;
		ranges[(*n)++] = (struct core_range){
			.start = v->start,
			.end = v->end,
			.size = dumped_bytes(mm, v),
			.prot = v->prot,
			.from_file = v->backing != NULL,
		};
		(void)sched_give_way();
	}
	return ranges;
}
