/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys_mremap.c - mremap: makes a mapping larger or smaller, or moves it with its pages.
 * [mm/mremap.c]
 */
#include <abi/errno.h>
#include <abi/mman.h>

#include "pte.h"
#include "riscv.h"
#include "sys.h"
#include "task.h"

#define KNOWN_FLAGS (MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)

struct move {
	struct vma *v; /* the mapping at the old addresses */
	uint64_t from, old_len;
	uint64_t to, new_len;
	bool keep; /* the old addresses stay mapped, without pages */
};

static bool is_free(const struct mm *mm, uint64_t start, uint64_t end)
{
	const struct vma *v = vma_from(mm, start);

	return v == NULL || v->start >= end;
}

struct tables {
	const struct move *m;
	bool missing; /* there was no memory for a table */
};

static void make_run_tables(struct mm *mm, const struct pte_run *run, void *arg)
{
	struct tables *t = arg;

	for (uint64_t i = 0; i < run->count && !t->missing; i++)
		if (run->pte[i] & PTE_V &&
		    pte_find(mm, t->m->to + (run->addr + i * PAGE_SIZE - t->m->from), true) == NULL)
			t->missing = true;
}

static uint64_t end_of_pages(const struct move *m)
{
	return m->from + (m->old_len < m->new_len ? m->old_len : m->new_len);
}

/* Makes the page tables for the new place, so that moving the pages cannot fail: 0 or -ENOMEM. */
static int make_tables(struct mm *mm, const struct move *m)
{
	struct tables t = { .m = m };

	pte_for_each_run(mm, m->from, end_of_pages(m), make_run_tables, &t);
	return t.missing ? -ENOMEM : 0;
}

static void move_run(struct mm *mm, const struct pte_run *run, void *arg)
{
	const struct move *m = arg;

	for (uint64_t i = 0; i < run->count; i++) {
		uint64_t *to;

		if (!(run->pte[i] & PTE_V))
			continue;
		to = pte_find(mm, m->to + (run->addr + i * PAGE_SIZE - m->from), true);
		if (to == NULL)
			continue;  /* the page came in after make_tables(), and finds no memory for a table */
		if (*to & PTE_V) { /* another thread has touched the new address already: that page is dropped */
			page_put(pte_page(*to));
			mm->pages--;
		}
		*to = run->pte[i];
		run->pte[i] = 0;
	}
}

static void move_pages(struct mm *mm, struct move *m)
{
	pte_for_each_run(mm, m->from, end_of_pages(m), move_run, m);
	tlb_flush();
}

/*
 * Moves the mapping and its pages to M->to: that address, or -ENOMEM with nothing changed but for
 * empty tables. When there is no memory to cut the old mapping out of a larger one, that stays,
 * without pages. [move_vma]
 */
static long move_mapping(struct mm *mm, struct move *m)
{
	const struct vma *v = m->v;
	const uint64_t file_end = v->file_end;
	int err = mm->vma_count + 3 >= vma_max ? -ENOMEM : make_tables(mm, m);

	if (err == 0)
		err = vma_add(mm, m->to, m->new_len, v->prot, v->flags, v->backing, v->offset + (m->from - v->start),
			      v->flags & VMA_SPECIAL ? v->name : NULL);
	if (err != 0)
		return err;
	/* vma_add() may have merged V with its neighbour, so V is not used from here on. */
	if (file_end != 0)
		vma_find(mm, m->to)->file_end = file_end + (m->to - m->from);
	move_pages(mm, m);
	if (m->from == mm->vdso) { /* signal handlers return through it [vdso_mremap] */
		mm->sigreturn += m->to - mm->vdso;
		mm->vdso = m->to;
	}
	if (!m->keep)
		(void)vma_remove(mm, m->from, m->old_len);
	return (long)m->to;
}

/* [vma_to_resize] */
static int check_resize(const struct move *m)
{
	const struct vma *v = m->v;

	if (m->old_len == 0)
		return -EINVAL; /* Linux would map shared memory a second time; that is not supported */
	if (m->keep && (v->backing != NULL || v->flags & MAP_SHARED))
		return -EINVAL;
	if (m->old_len > v->end - m->from)
		return -EFAULT;
	if (m->new_len > m->old_len && v->flags & VMA_SPECIAL)
		return -EFAULT;
	if (m->new_len > m->old_len &&
	    !vm_may_grow(current->mm, m->new_len - m->old_len, !(v->flags & MAP_SHARED) && v->prot & PROT_WRITE))
		return -ENOMEM;
	if (m->new_len > m->old_len && !memory_may_lock_more(current->mm, v->flags, m->new_len - m->old_len))
		return -EAGAIN;
	return 0;
}

/* With MREMAP_FIXED, moves to m->to; with MREMAP_DONTUNMAP, keeps the old mapping. [mremap_to] */
static long move_to(struct mm *mm, struct move *m, uint64_t flags)
{
	int err;

	if (m->to & PAGE_MASK || m->new_len > USER_STACK_TOP || m->to > USER_STACK_TOP - m->new_len)
		return -EINVAL;
	if (m->from + m->old_len > m->to && m->to + m->new_len > m->from)
		return -EINVAL;
	if (flags & MREMAP_FIXED) {
		err = m->to < PAGE_SIZE ? -EPERM : vma_remove(mm, m->to, m->new_len);
		if (err != 0)
			return err;
	}
	if (m->old_len > m->new_len) {
		err = vma_remove(mm, m->from + m->new_len, m->old_len - m->new_len);
		if (err != 0)
			return err;
		m->old_len = m->new_len;
	}
	m->v = vma_find(mm, m->from);
	err = m->v != NULL ? check_resize(m) : -EFAULT;
	if (err != 0)
		return err;
	if (!(flags & MREMAP_FIXED)) {
		m->to = vma_gap(mm, m->new_len);
		if (m->to == 0)
			return -ENOMEM;
	}
	return move_mapping(mm, m);
}

/* Makes a mapping larger where it is, or, if there is no room and MAY_MOVE, moves it. */
static long mremap_grow(struct mm *mm, struct move *m, bool may_move)
{
	const uint64_t end = m->from + m->old_len, new_end = m->from + m->new_len;
	const struct vma *v = m->v;
	const bool locked = (v->flags & VMA_LOCKED) != 0;
	int err = check_resize(m);
	long result;

	if (err != 0)
		return err;
	if (end == v->end && new_end > end && new_end <= USER_STACK_TOP && is_free(mm, end, new_end)) {
		err = vma_add(mm, end, new_end - end, v->prot, v->flags, v->backing, v->offset + (end - v->start),
			      v->name);
		if (err == 0 && locked)
			(void)memory_walk(mm, end, new_end, true);
		return err != 0 ? err : (long)m->from;
	}
	m->to = may_move ? vma_gap(mm, m->new_len) : 0;
	if (m->to == 0)
		return -ENOMEM;
	result = move_mapping(mm, m);
	if (result > 0 && locked)
		(void)memory_walk(mm, m->to, m->to + m->new_len, true);
	return result;
}

static long mremap_locked(struct mm *mm, uint64_t addr, uint64_t old_len, uint64_t new_len, uint64_t flags,
			  uint64_t new_addr)
{
	struct move m = {
		.from = addr,
		.old_len = PAGE_UP(old_len),
		.to = new_addr,
		.new_len = PAGE_UP(new_len),
		.keep = flags & MREMAP_DONTUNMAP,
	};

	if (flags & ~(uint64_t)KNOWN_FLAGS || (flags & MREMAP_FIXED && !(flags & MREMAP_MAYMOVE)))
		return -EINVAL;
	if (m.keep && (!(flags & MREMAP_MAYMOVE) || old_len != new_len))
		return -EINVAL;
	if (addr & PAGE_MASK || m.new_len == 0)
		return -EINVAL;
	m.v = vma_find(mm, addr);
	if (m.v == NULL)
		return -EFAULT;
	if (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP))
		return move_to(mm, &m, flags);
	if (m.old_len > m.new_len) {
		const int err = vma_remove(mm, addr + m.new_len, m.old_len - m.new_len);

		return err != 0 ? err : (long)addr;
	}
	return m.old_len == m.new_len && m.old_len != 0 ? (long)addr : mremap_grow(mm, &m, flags & MREMAP_MAYMOVE);
}

long sys_mremap(uint64_t addr, uint64_t old_len, uint64_t new_len, uint64_t flags, uint64_t new_addr)
{
	struct mm *mm = current->mm;
	long result = mm_lock(mm);

	if (result != 0)
		return result;
	result = mremap_locked(mm, addr, old_len, new_len, flags, new_addr);
	mm_unlock(mm);
	return result;
}
