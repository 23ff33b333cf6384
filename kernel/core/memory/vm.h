/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm.h - address spaces (Sv39): the kernel's half, the mappings of a program, which are filled in
 * on demand, and page faults. Functions without a return value cannot fail.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "avl.h"
#include "mutex.h"
#include "page.h"

#define USER_VDSO (USER_TOP - 3 * PAGE_SIZE) /* two pages; no program has the last one */
#define USER_STACK_TOP USER_VDSO

/* Page-table entry bits [priv 4.3.1]. */
#define PTE_V (1UL << 0)
#define PTE_R (1UL << 1)
#define PTE_W (1UL << 2)
#define PTE_X (1UL << 3)
#define PTE_U (1UL << 4)
#define PTE_G (1UL << 5)
#define PTE_A (1UL << 6)
#define PTE_D (1UL << 7)
#define PTE_PPN_SHIFT 10

/*
 * The page-table entry with BITS for the page or table at physical address PA; and the physical
 * address in an entry. [priv 4.4.1]
 */
static inline uint64_t pte_of(uint64_t pa, uint64_t bits)
{
	return pa >> PAGE_SHIFT << PTE_PPN_SHIFT | bits;
}
static inline uint64_t pte_phys(uint64_t pte)
{
	return pte >> PTE_PPN_SHIFT << PAGE_SHIFT;
}

/* Flags of vma.flags that are the kernel's own, besides MAP_*. */

/*
 * A shared mapping through which the file may not be written to, whatever mprotect asks for.
 * [!VM_MAYWRITE]
 */
#define VMA_NO_WRITE (1U << 31)
/*
 * The vDSO or its data, which have names of their own, are never merged and never grow.
 * [_install_special_mapping]
 */
#define VMA_SPECIAL (1U << 30)
/* A page of the kernel's: no tracer may read it. [VM_PFNMAP] */
#define VMA_IO (1U << 29)
/*
 * Locked by mlock or the like, which brought the pages in and counts them. No page of any mapping
 * is ever paged out. [VM_LOCKED]
 */
#define VMA_LOCKED (1U << 28)
/* Left out of core files. [VM_DONTDUMP] */
#define VMA_NO_DUMP (1U << 27)

/*
 * A private mapping of a file, some of whose pages are copies that are its own. fork copies the
 * page-table entries of no other mapping of a file: the child finds those pages in the file.
 * [vma_needs_copy]
 */
#define VMA_OWN (1U << 26)

struct backing;

/*
 * What a mapping asks of the file behind it. OFF, in the file, is page-aligned. A page comes with a
 * reference; NULL: no memory.
 */
struct backing_ops {
	void (*get)(struct backing *b);
	void (*put)(struct backing *b);
	uint64_t (*size)(const struct backing *b); /* in bytes; access to pages beyond is SIGBUS */
	/*
	 * The page with the bytes from OFF on, for shared mappings and for private ones that are
	 * not written to. When it is NULL, a private mapping copies the bytes instead.
	 */
	void *(*page)(struct backing *b, uint64_t off);
	/*
	 * The pages from OFF on that are in memory already: *N pointers, without references; NULL
	 * stands for a page that is not in memory. Returns NULL if none is. May be missing.
	 */
	void *const *(*row)(const struct backing *b, uint64_t off, uint64_t *n);
	/* Copies up to N bytes from OFF on to BUF; returns how many there were. */
	uint64_t (*read)(struct backing *b, void *buf, uint64_t n, uint64_t off);
	/*
	 * One address space more (RUNS), or less, has the file as its program. While there is one,
	 * nobody can open it for writing (ETXTBSY).
	 */
	void (*run)(struct backing *b, bool runs);
	bool counted; /* programs see the number of its mappings, so they are not merged [vm_ops->close] */
};

/* Embedded in whatever can be mapped (inode.h). */
struct backing {
	const struct backing_ops *ops;
	uint32_t writable; /* shared mappings that are writable, or can become so by mprotect [i_mmap_writable] */
};

/*
 * A mapping: a range of user addresses with the same rights and contents. Invariant: the vmas of an
 * address space are in a tree, sorted by address; they begin and end at pages, none is empty, and
 * none overlaps another; `vma_count` is their number.
 */
struct vma {
	struct avl_node node;
	uint64_t start, end;
	uint64_t low, high;	 /* the lowest start and the highest end of all vmas in its subtree */
	uint64_t gap;		 /* the widest gap between two neighbours in its subtree, in bytes */
	uint32_t prot;		 /* PROT_* */
	uint32_t flags;		 /* MAP_SHARED or MAP_PRIVATE, MAP_GROWSDOWN ...; VMA_NO_WRITE ... */
	struct backing *backing; /* one reference; NULL: zeroes */
	uint64_t offset;	 /* where in the file `start` lies; page-aligned */
	/*
	 * The address at which the file's bytes end and zeroes begin (ELF segments); 0: at the end
	 * of the file.
	 */
	uint64_t file_end;
	const char *name; /* "[heap]", "[stack]", "[vdso]", "[vvar]" or NULL */
};

static inline struct vma *vma_of(struct avl_node *n)
{
	return n != NULL ? container_of(n, struct vma, node) : NULL;
}

#define MM_LINKS 8

/*
 * An address space. `refs` counts the tasks that have it, and the calls that look at another task's
 * memory. `pages` counts the valid last-level entries of its page tables, each of which holds one
 * reference to its page.
 */
struct mm {
	struct mutex lock; /* mm_lock() */
	uint32_t refs;
	uint64_t serial; /* a number that is never used again, by which /proc/PID/mem knows it */
	uint64_t *root;	 /* the root page table */
	uint64_t satp;	 /* the value of satp for it */
	uint32_t tables; /* the other tables: a list of page_push() */
	/*
	 * How many entries of its tables lead to another table, and where the first of these
	 * entries are. If that is all of them, mm_put() clears them, and the tables are free pages
	 * of zeroes.
	 */
	uint32_t link_count;
	uint64_t *links[MM_LINKS];
	struct avl vmas; /* by address, with vma_sum() */
	uint64_t brk_start, brk;
	uint64_t entry;							       /* the program's entry point */
	uint64_t arg_start, arg_end, env_start, env_end, auxv_start, auxv_end; /* for /proc */
	uint64_t peak_pages; /* the highest `pages` until some were last unmapped: see mm_peak() */
	uint64_t pages;	     /* how many are mapped */
	uint64_t vdso;	     /* address of the vDSO */
	uint64_t sigreturn;  /* address in it to which signal handlers return */
	struct backing *exe; /* the program's file, one reference, or NULL */
	bool membarrier;     /* registered for PRIVATE_EXPEDITED; copied by fork */
	bool no_huge_pages;  /* PR_SET_THP_DISABLE; there are no huge pages; copied by fork, kept by exec */
	bool lock_future;    /* new mappings are locked [MCL_FUTURE]; not copied by fork */
	bool lock_on_fault;  /* their pages are not brought in at once [MCL_ONFAULT] */
	uint32_t vma_count;
	struct {
		uint64_t all, code, locked;
		uint64_t peak;		  /* the most that `all` has been */
		uint64_t written, stacks; /* private and writable: mappings that do not grow down, and that do */
	} mapped;			  /* bytes of mappings, by kind */
	bool undumpable; /* PR_SET_DUMPABLE 0: no ptrace by tasks of the same user; copied by fork, false after exec */
};

/* How many mappings an address space may have [vm.max_map_count]. */
extern uint32_t vma_max;

/* ---- kmap.c: the kernel's half ---- */

/* Maps LEN bytes of device registers at PA, and returns their address. At boot only. */
void *kmap_device(paddr_t pa, uint64_t len);
/* Allocates a kernel stack, with unmapped pages below it: its lowest byte, or NULL: no memory. */
[[nodiscard]] void *kstack_alloc(void);
void kstack_free(void *stack);

/* ---- mm.c: whole address spaces ---- */

/* Makes B, whose reference is taken over, MM's program. Nobody has it open for writing. */
void mm_set_exe(struct mm *mm, struct backing *b);
/* Makes an empty address space with one reference; NULL: no memory. */
[[nodiscard]] struct mm *mm_create(void);
/* Take a reference, and give one up. The last one frees MM, and lets other tasks run meanwhile. */
struct mm *mm_get(struct mm *mm);
void mm_put(struct mm *mm);
/*
 * The lock of MM's mappings, held by whatever changes them, or goes over many, and lets others run
 * meanwhile. Page faults do not wait for it: they find the mappings and page tables as they are
 * between two steps, which is always consistent. [mmap_lock]
 */
[[nodiscard]] static inline int mm_lock(struct mm *mm)
{
	return mutex_lock(&mm->lock);
}
static inline void mm_unlock(struct mm *mm)
{
	mutex_unlock(&mm->lock);
}
/* At boot: FN lets other tasks run. It is called now and then by loops over many pages. */
void mm_on_long_work(void (*fn)(void));
/*
 * Makes a copy of MM for fork, in which pages are shared copy-on-write. The caller holds mm_lock().
 * NULL: no memory.
 */
[[nodiscard]] struct mm *mm_fork(struct mm *mm);
/* The most pages that MM has had at once. [get_mm_hiwater_rss] */
static inline uint64_t mm_peak(const struct mm *mm)
{
	return mm->pages > mm->peak_pages ? mm->pages : mm->peak_pages;
}
/* Makes the hart use MM's page tables; NULL: the kernel's own. */
void mm_activate(const struct mm *mm);

/* ---- vma.c, vma_tree.c: mappings; addresses and lengths are page-aligned ---- */

struct vma *vma_find(const struct mm *mm, uint64_t addr); /* the one that contains ADDR, or NULL */
struct vma *vma_from(const struct mm *mm, uint64_t addr); /* the first one that ends above ADDR, or NULL */
struct vma *vma_next(const struct vma *v);		  /* the one after V, by address, or NULL */
/* A loop over the vmas that overlap [FROM, TO), by address. Its body must not remove V. */
#define vma_for_each(v, mm, from, to) \
	for (struct vma *v = vma_from(mm, from); v != NULL && v->start < (to); v = vma_next(v))
/* Takes the reference to its backing, if there is one, that the new vma V holds. */
void vma_hold_backing(const struct vma *v);
/* Computes low, high and gap of the vma of N: the sum of mm->vmas (avl.h). */
void vma_sum(struct avl_node *n);
/*
 * Maps [START, START + LEN), where nothing is mapped. Takes a reference to BACKING (NULL: zeroes).
 * May merge the new mapping with its neighbours. 0 or -ENOMEM.
 */
[[nodiscard]] int vma_add(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot, uint32_t flags,
			  struct backing *backing, uint64_t offset, const char *name);
/*
 * For munmap: removes whatever is mapped in [START, START + LEN). 0, or -ENOMEM: nothing was
 * removed. Lets other tasks run meanwhile.
 */
[[nodiscard]] int vma_remove(struct mm *mm, uint64_t start, uint64_t len);
/*
 * Unmaps the pages of [START, END) and keeps the mappings, which show fresh pages (MADV_DONTNEED).
 */
void vma_drop_pages(struct mm *mm, uint64_t start, uint64_t end);
/*
 * For mprotect: gives the mappings in [START, START + LEN) the rights PROT, up to the first hole or
 * the first mapping that cannot have them. 0, -ENOMEM (a hole; no memory) or -EACCES.
 * [do_mprotect_pkey]
 */
[[nodiscard]] int vma_protect(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot);
/*
 * Sets (ON) or clears FLAG, VMA_LOCKED or VMA_NO_DUMP, for all mappings in [START, END): 0 or
 * -ENOMEM.
 */
[[nodiscard]] int vma_mark(struct mm *mm, uint64_t start, uint64_t end, uint32_t flag, bool on);
/* Counts LEN bytes with V's rights and flags in mm->mapped as mapped (MORE), or as unmapped. */
void vma_account(struct mm *mm, const struct vma *v, uint64_t len, bool more);
/* The start of LEN bytes of free addresses, as high as possible below the stack's room; 0: none. */
uint64_t vma_gap(const struct mm *mm, uint64_t len);

/* ---- memory_limit.c, in core/task ---- */

/*
 * Do the limits of the current process let MM, its address space, grow by LEN bytes? RLIMIT_AS
 * counts for all memory, RLIMIT_DATA for private writable memory (DATA). [may_expand_vm]
 */
bool vm_may_grow(const struct mm *mm, uint64_t len, bool data);

/* May the current task lock memory at all? Might it have LOCKED bytes locked? [can_do_mlock] */
bool memory_may_lock(void);
bool memory_lock_fits(uint64_t locked);
/*
 * May LEN bytes more be mapped in MM with FLAGS? Only with VMA_LOCKED there is a limit.
 * [mlock_future_ok]
 */
bool memory_may_lock_more(const struct mm *mm, uint32_t flags, uint64_t len);
/*
 * Goes over the mappings in [START, END); BRING_IN: brings in all pages but those of PROT_NONE. 0,
 * -ENOMEM (there is a hole, or a page could not be brought in) or -EINTR (a fatal signal). Called
 * between mm_lock() and mm_unlock().
 */
[[nodiscard]] int memory_walk(struct mm *mm, uint64_t start, uint64_t end, bool bring_in);

/* ---- fault.c ---- */

void vm_init(void); /* at boot */

enum vm_access { VM_READ, VM_WRITE, VM_EXEC, VM_FORCE /* a tracer's: whatever the mapping allows */ };

/*
 * Brings in the page at ADDR, as a user's ACCESS would: 0, -EFAULT (nothing is mapped:
 * SEGV_MAPERR), -EACCES (the mapping does not allow it: SEGV_ACCERR), -ENOMEM, or -ENXIO (beyond
 * the file's end: SIGBUS).
 */
[[nodiscard]] int vm_fault(struct mm *mm, uint64_t addr, enum vm_access access);

/* At boot: FN says whether V, a stack in MM, may grow down to START. */
void vm_stack_limit(bool (*fn)(const struct mm *mm, const struct vma *v, uint64_t start));

/*
 * Copies N bytes between BUF and address ADDR of MM, an address space of another task: WRITE: from
 * BUF. 0, or -EIO: only some bytes were copied, or none. A write into a private mapping that is
 * write-protected makes a private copy of the page. For ptrace and /proc. [access_remote_vm,
 * FOLL_FORCE]
 */
[[nodiscard]] int vm_access_remote(struct mm *mm, uint64_t addr, void *buf, uint64_t n, bool write);
