/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault.c - page faults: makes a page present when it is accessed (demand paging): a zeroed one,
 * one filled from a file, or a private copy of a shared one (copy-on-write). Called from trap.c,
 * for user mode and for usercopy; and to reach other tasks' memory.
 */
#include <abi/errno.h>
#include <abi/mman.h>
#include <string.h>

#include "kassert.h"
#include "page_meta.h"
#include "panic.h"
#include "pte.h"
#include "riscv.h"
#include "vm.h"

#define STACK_GUARD (1UL << 20) /* a stack stops growing this far above a mapping that may be accessed */

/* Do V's rights allow ACCESS? A mapping that may be written to may be read. */
static bool access_allowed(const struct vma *v, enum vm_access access)
{
	switch (access) {
	case VM_READ:
		return v->prot & (PROT_READ | PROT_WRITE);
	case VM_WRITE:
		return v->prot & PROT_WRITE;
	case VM_EXEC:
		return v->prot & PROT_EXEC;
	case VM_FORCE:
		return true;
	}
	return false;
}

static bool (*may_grow)(const struct mm *mm, const struct vma *v, uint64_t start);

void vm_stack_limit(bool (*fn)(const struct mm *mm, const struct vma *v, uint64_t start))
{
	may_grow = fn;
}

/*
 * The mapping that contains ADDR, or NULL. If ADDR lies below a stack, the stack grows down to it,
 * within RLIMIT_STACK. [expand_stack]
 */
static struct vma *find_or_grow(struct mm *mm, uint64_t addr)
{
	struct vma *v = vma_from(mm, addr);

	if (v == NULL || addr >= v->start)
		return v;
	if (!(v->flags & MAP_GROWSDOWN))
		return NULL;

	const struct vma *below = vma_of(avl_step(&v->node, false));
	const uint64_t start = PAGE_DOWN(addr);

	if (start < PAGE_SIZE) /* nothing may be mapped at address 0 [vm.mmap_min_addr] */
		return NULL;
	if (!may_grow(mm, v, start))
		return NULL;
	if (below != NULL && !(below->flags & MAP_GROWSDOWN) && below->prot != PROT_NONE &&
	    start - below->end < STACK_GUARD)
		return NULL;
	vma_account(mm, v, v->start - start, true);
	v->start = start;
	avl_changed(&mm->vmas, &v->node);
	return v;
}

/*
 * The page of zeroes that anonymous memory shows until it is written to. Never writable.
 * [ZERO_PAGE]
 */
static void *zero_page;

void vm_init(void)
{
	zero_page = page_alloc_zero();
	if (zero_page == NULL)
		refuse("vm: no memory");
}

/*
 * Copy-on-write: makes the page of V at *PTE private and gives the entry BITS. If others have the
 * page, too, V gets a copy of it. 0 or -ENOMEM. [do_wp_page]
 */
static int unshare_page(struct vma *v, uint64_t *pte, uint64_t bits)
{
	void *old = pte_page(*pte);

	KASSERT(*pte & PTE_V);
	if (v->backing != NULL)
		v->flags |= VMA_OWN;
	if (page_refs(old) > 1) {
		void *new = old == zero_page ? page_alloc_zero() : page_alloc(0);

		if (new == NULL)
			return -ENOMEM;
		if (old != zero_page)
			memcpy(new, old, PAGE_SIZE);
		*pte = pte_make(new, bits);
		page_put(old);
	} else {
		*pte = pte_make(old, bits);
	}
	return 0;
}

#define AROUND (16 * PAGE_SIZE) /* [fault_around_bytes] */

/*
 * Fault-around: a page of V's file was mapped at ADDR, whose entry is PTE. Maps the pages around
 * it, too, that are in memory already. Their entries lie in the same page table. [do_fault_around]
 */
static void map_around(struct mm *mm, const struct vma *v, uint64_t addr, uint64_t *pte, uint64_t bits)
{
	struct backing *const behind = v->backing;
	const uint64_t window = addr & ~(AROUND - 1), size = behind->ops->size(behind);
	const uint64_t start = window > v->start ? window : v->start, offset = v->offset + (start - v->start);
	uint64_t end = v->file_end == 0 ? v->end : PAGE_DOWN(v->file_end), n = 0;
	void *const *row = behind->ops->row != NULL ? behind->ops->row(behind, offset, &n) : NULL;

	if (row == NULL)
		return;
	end = end < window + AROUND ? end : window + AROUND;
	end = end - start < size - offset ? end : PAGE_DOWN(start + (size - offset));
	end = end - start < n * PAGE_SIZE ? end : start + n * PAGE_SIZE;
	pte -= (addr - start) / PAGE_SIZE;
	for (uint64_t at = start; at < end; at += PAGE_SIZE, pte++, row++) {
		if (*row == NULL || *pte & PTE_V)
			continue;
		*pte = pte_make(*row, bits);
		page_meta(*row)->refs++;
		mm->pages++;
	}
}

/*
 * Maps a page at ADDR, which lies in V and has none; PTE is its entry. A page of zeroes that is
 * only read, and a shared page of a file that V may not write to, are mapped without W. 0, -ENXIO
 * (beyond the end of the file) or -ENOMEM.
 */
static int fill_page(struct mm *mm, struct vma *v, uint64_t addr, enum vm_access access, uint64_t *pte, uint64_t bits)
{
	const uint64_t offset = v->offset + (addr - v->start);
	struct backing *const behind = v->backing;
	const uint64_t room = v->file_end == 0 ? PAGE_SIZE : v->file_end > addr ? v->file_end - addr : 0;
	void *page = NULL;
	bool ready = true, around = false;

	if (behind != NULL && offset >= behind->ops->size(behind) && v->file_end == 0)
		return -ENXIO;
	if (behind == NULL && access != VM_WRITE) {
		page = zero_page;
		page_get(page);
		bits &= ~PTE_W;
	} else if (behind == NULL) {
		page = page_alloc_zero();
	} else if (v->flags & MAP_SHARED) {
		page = behind->ops->page(behind, offset);
	} else {
		/*
		 * A page of a file that V may not write to, such as code, is shared with all who
		 * map it.
		 */
		if (!(v->prot & PROT_WRITE) && room >= PAGE_SIZE && offset < behind->ops->size(behind))
			page = behind->ops->page(behind, offset);
		ready = around = page != NULL;
		if (!ready) {
			v->flags |= VMA_OWN;
			page = page_alloc(0);
		}
	}
	if (page == NULL)
		return -ENOMEM;
	if (!ready) {
		const uint64_t n = behind->ops->read(behind, page, room < PAGE_SIZE ? room : PAGE_SIZE, offset);

		memset((char *)page + n, 0, PAGE_SIZE - n);
	}
	KASSERT(!(*pte & PTE_V)); /* reading may have slept, but nobody has mapped the page meanwhile */
	*pte = pte_make(page, bits);
	mm->pages++;
	if (around)
		map_around(mm, v, addr, pte, bits);
	if (bits & PTE_X)
		fence_i();
	return 0;
}

int vm_fault(struct mm *mm, uint64_t addr, enum vm_access access)
{
	if (addr >= USER_TOP)
		return -EFAULT;

	const uint64_t page_addr = PAGE_DOWN(addr);
	struct vma *v = find_or_grow(mm, addr);

	if (v == NULL)
		return -EFAULT;
	if (!access_allowed(v, access))
		return -EACCES;

	uint64_t *pte = pte_find(mm, addr, true);
	const uint64_t bits = pte_user_bits(v->prot);
	int err = 0;

	if (pte == NULL)
		return -ENOMEM;
	if (!(*pte & PTE_V)) {
		/* A private page that is brought in by a write is made writable right away. */
		err = fill_page(mm, v, page_addr, access, pte, bits);
		if (err != 0 || access != VM_WRITE || *pte & PTE_W)
			return err;
	}
	KASSERT(*pte & PTE_V);
	if (access == VM_WRITE && !(*pte & PTE_W)) {
		if (v->flags & MAP_SHARED)
			*pte = pte_make(pte_page(*pte), bits);
		else
			err = unshare_page(v, pte, bits);
	}
	tlb_flush_page(page_addr);
	return err;
}

int vm_access_remote(struct mm *mm, uint64_t addr, void *buf, uint64_t n, bool write)
{
	char *at = buf;

	while (n > 0) {
		const uint64_t in_page = PAGE_SIZE - (addr & PAGE_MASK);
		const uint64_t chunk = n < in_page ? n : in_page;
		struct vma *v = addr < USER_TOP ? vma_find(mm, addr) : NULL;

		if (v == NULL || v->flags & VMA_IO)
			return -EIO;

		/*
		 * A tracer may read and write where the program itself may not. A page that is
		 * written to becomes a private copy, which the program still may not write to.
		 * [FOLL_FORCE]
		 */
		const enum vm_access access = write && v->prot & PROT_WRITE ? VM_WRITE : VM_FORCE;
		uint64_t *pte;

		if (write && access != VM_WRITE && v->flags & MAP_SHARED)
			return -EIO;
		if (vm_fault(mm, addr, access) != 0)
			return -EIO;
		pte = pte_find(mm, addr, false);
		if (write && access != VM_WRITE && unshare_page(v, pte, pte_user_bits(v->prot)) != 0)
			return -EIO;

		char *page = (char *)pte_page(*pte) + (addr & PAGE_MASK);

		if (write)
			memcpy(page, at, chunk);
		else
			memcpy(at, page, chunk);
		addr += chunk;
		at += chunk;
		n -= chunk;
	}
	tlb_flush();
	fence_i();
	return 0;
}
