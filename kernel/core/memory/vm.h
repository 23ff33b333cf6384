/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm.h - address spaces (Sv39): the kernel's half, and user mappings filled in on demand.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "avl.h"
#include "page.h"
#include "waitq.h"

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
 * The entry that maps the page (or names the table) at PA, and the address that an entry has. [priv
 * 4.4.1]
 */
static inline uint64_t pte_of(uint64_t pa, uint64_t bits)
{
	return pa >> PAGE_SHIFT << PTE_PPN_SHIFT | bits;
}
static inline uint64_t pte_phys(uint64_t pte)
{
	return pte >> PTE_PPN_SHIFT << PAGE_SHIFT;
}

/*
 * For vma.flags: a shared mapping of a file that may not be written to through it, whatever
 * mprotect asks for. [!VM_MAYWRITE]
 */
#define VMA_NO_WRITE (1U << 31)
/*
 * For vma.flags: the vDSO or its data, which have names of their own and never grow.
 * [_install_special_mapping]
 */
#define VMA_SPECIAL (1U << 30)
/* For vma.flags: a page of the kernel's, which only the program itself may read. [VM_PFNMAP] */
#define VMA_IO (1U << 29)
/*
 * For vma.flags: mlock was asked for, which brought the pages in. No page of any mapping is ever
 * taken away. [VM_LOCKED]
 */
#define VMA_LOCKED (1U << 28)
/* For vma.flags: it is not in core files [VM_DONTDUMP] */
#define VMA_NO_DUMP (1U << 27)

/*
 * For vma.flags: some pages of a file's private mapping are its own, and no more the file's. Fork
 * copies no others of a file: who needs them finds them there. [vma_needs_copy]
 */
#define VMA_OWN (1U << 26)

struct backing;

/*
 * What a mapping asks of the file behind it. OFF is page-aligned. A page comes with one reference;
 * NULL: no memory.
 */
struct backing_ops {
	void (*get)(struct backing *b);
	void (*put)(struct backing *b);
	uint64_t (*size)(const struct backing *b); /* in bytes; pages beyond do not exist */
	/*
	 * The page with the bytes from OFF on, for shared mappings and for private ones that are
	 * not written to. When it is NULL, a private mapping copies the bytes instead.
	 */
	void *(*page)(struct backing *b, uint64_t off);
	/*
	 * A row of pages that are there already, without references: that of OFF, where NULL stands
	 * for one that is not there, and *N - 1 behind it. NULL: there is no row. The operation may
	 * be missing, too.
	 */
	void *const *(*row)(const struct backing *b, uint64_t off, uint64_t *n);
	/* Copies up to N bytes from OFF on to BUF; returns how many there were. */
	uint64_t (*read)(const struct backing *b, void *buf, uint64_t n, uint64_t off);
	/*
	 * One program more, or (RUNS false) less, runs from it: nobody may write to it meanwhile.
	 */
	void (*run)(struct backing *b, bool runs);
	bool counted; /* programs see how many mappings there are, so they are not merged [vm_ops->close] */
};

/* Embedded in whatever can be mapped (inode.h). */
struct backing {
	const struct backing_ops *ops;
	uint32_t writable; /* mappings through which it can be written to, or could after mprotect [i_mmap_writable] */
};

/*
 * A range of user addresses with one kind of content. The vmas of an address space are in a tree
 * by address. They begin and end at pages, none is empty, and none overlaps another; `vma_count` is
 * how many there are.
 */
struct vma {
	struct avl_node node;
	uint64_t start, end;
	uint64_t low, high; /* of it and those below it in the tree: the first address, and the one behind the last */
	uint64_t gap;	    /* the most bytes in a row between those two that none of them has */
	uint32_t prot;	    /* PROT_* */
	uint32_t flags;	    /* MAP_SHARED or MAP_PRIVATE, MAP_GROWSDOWN ...; VMA_NO_WRITE ... */
	struct backing *backing; /* one reference; NULL: zeroes */
	uint64_t offset;	 /* where in the file `start` lies; page-aligned */
	/*
	 * The address where the file's bytes end and zeroes begin (ELF
	 * segments); 0: only at the file's end.
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
 * `refs` counts tasks that have this address space, and calls that look at another task's memory.
 * `pages` counts the valid entries of the page tables, each of which holds one reference to its
 * page.
 */
struct mm {
	uint32_t refs;
	uint64_t serial; /* a number that is never used again, by which /proc/PID/mem knows it */
	uint64_t *root;	 /* the root page table */
	uint64_t satp;	 /* the value of satp for it */
	uint32_t tables; /* the other tables: a list of page_push() */
	/*
	 * How many entries of its tables lead to another table, and the first of them: when there
	 * are no more, mm_put() empties these, and the tables are all zeroes.
	 */
	uint32_t link_count;
	uint64_t *links[MM_LINKS];
	struct avl vmas; /* by address, with vma_sum() */
	uint64_t brk_start, brk;
	uint64_t entry;							       /* the program's entry point */
	uint64_t arg_start, arg_end, env_start, env_end, auxv_start, auxv_end; /* for /proc */
	uint64_t peak_pages; /* the most pages until pages were last given up; see mm_peak() */
	uint64_t pages;	     /* how many are mapped */
	uint64_t vdso;	     /* address of the vDSO */
	uint64_t sigreturn;  /* address in it to which signal handlers return */
	struct backing *exe; /* the program's file, one reference, or NULL */
	bool membarrier;     /* registered for PRIVATE_EXPEDITED; copied by fork */
	bool no_huge_pages;  /* PR_SET_THP_DISABLE; there are no huge pages; copied by fork, kept by exec */
	bool lock_future;    /* new mappings are locked [MCL_FUTURE]; not copied by fork */
	bool lock_on_fault;  /* and not brought in at once [MCL_ONFAULT] */
	bool changing;	     /* a task is between mm_lock() and mm_unlock() */
	struct waitq changed;
	uint32_t vma_count;
	struct {
		uint64_t all, code, locked; /* bytes */
		uint64_t written,
			stacks; /* private and may be written to: those that do not grow down, those that do */
	} mapped;
	bool undumpable; /* PR_SET_DUMPABLE 0: no ptrace by tasks of the same user; copied by fork, false after exec */
};

/* How many mappings an address space may have [vm.max_map_count]. */
extern uint32_t vma_max;

/* ---- kmap.c: the kernel's half ---- */

/* Maps LEN bytes of device registers at PA; returns their kernel address. Boot only. */
void *kmap_device(paddr_t pa, uint64_t len);
/* Allocates a kernel stack with a guard page below it: its lowest usable byte, or NULL. */
[[nodiscard]] void *kstack_alloc(void);
void kstack_free(void *stack);

/* ---- mm.c: whole address spaces ---- */

/* Says that MM's program is B, whose reference it takes over. Nobody has it open for writing. */
void mm_set_exe(struct mm *mm, struct backing *b);
[[nodiscard]] struct mm *mm_create(void); /* empty, one reference; NULL when no memory */
struct mm *mm_get(struct mm *mm);
void mm_put(struct mm *mm);
/*
 * At boot: FN lets other tasks run; it is called now and then by whatever goes through many pages.
 */
void mm_on_long_work(void (*fn)(void));
/*
 * A copy of MM for fork; pages are shared copy-on-write. Nobody else changes MM meanwhile. NULL
 * when there is no memory.
 */
[[nodiscard]] struct mm *mm_fork(struct mm *mm);
/* The most pages that MM has had at once. [get_mm_hiwater_rss] */
static inline uint64_t mm_peak(const struct mm *mm)
{
	return mm->pages > mm->peak_pages ? mm->pages : mm->peak_pages;
}
/* Has the hart use MM's page tables; NULL: the kernel's own. */
void mm_activate(const struct mm *mm);

/* ---- vma.c, vma_tree.c: mappings; addresses and lengths page-aligned; 0 or -errno ---- */

struct vma *vma_find(const struct mm *mm, uint64_t addr); /* the one that holds ADDR, or NULL */
struct vma *vma_from(const struct mm *mm, uint64_t addr); /* the first that ends behind ADDR, or NULL */
struct vma *vma_next(const struct vma *v);
/* Those that overlap [FROM, TO), by address, while V itself stays. */
#define vma_for_each(v, mm, from, to) \
	for (struct vma *v = vma_from(mm, from); v != NULL && v->start < (to); v = vma_next(v))
/* V, which is new, is one more mapping of its backing, if it has one. */
void vma_hold_backing(const struct vma *v);
/* What the tree's nodes say of those below them: low, high and gap. */
void vma_sum(struct avl_node *n);
/* Adds a mapping where there is none. BACKING gets a reference. */
[[nodiscard]] int vma_add(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot, uint32_t flags,
			  struct backing *backing, uint64_t offset, const char *name);
[[nodiscard]] int vma_remove(struct mm *mm, uint64_t start, uint64_t len); /* munmap: holes are fine */
/* Frees the pages and keeps the mappings, which read as fresh ones (madvise DONTNEED). */
void vma_drop_pages(struct mm *mm, uint64_t start, uint64_t end);
[[nodiscard]] int vma_protect(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot);
/*
 * Gives the mappings in [START, END) one of the flags VMA_LOCKED and VMA_NO_DUMP, or takes it: 0 or
 * -ENOMEM.
 */
[[nodiscard]] int vma_mark(struct mm *mm, uint64_t start, uint64_t end, uint32_t flag, bool on);
/* LEN bytes with V's rights are mapped in MM from now on (mm->mapped), or, !MORE, no longer. */
void vma_account(struct mm *mm, const struct vma *v, uint64_t len, bool more);
/* The start of LEN bytes of free addresses, as high as possible; 0: there are none. */
uint64_t vma_gap(const struct mm *mm, uint64_t len);

/* ---- memory_limit.c, in core/task ---- */

/*
 * Do the limits of the current process let MM, its address space, grow by LEN bytes? RLIMIT_AS
 * counts for all memory, RLIMIT_DATA for private writable memory (DATA). [may_expand_vm]
 */
bool vm_may_grow(const struct mm *mm, uint64_t len, bool data);

/* May the current task lock memory at all; so many bytes? [can_do_mlock] */
bool memory_may_lock(void);
bool memory_lock_fits(uint64_t locked);
/*
 * May LEN bytes more be mapped in MM with FLAGS of struct vma, which may
 * say that they are locked? [mlock_future_ok]
 */
bool memory_may_lock_more(const struct mm *mm, uint32_t flags, uint64_t len);
/*
 * Are there no holes in [START, END)? BRING_IN: the pages that may be touched are there afterwards.
 * 0, -ENOMEM, or -EINTR (a fatal signal). Called between mm_lock() and mm_unlock().
 */
[[nodiscard]] int memory_walk(struct mm *mm, uint64_t start, uint64_t end, bool bring_in);

/* ---- fault.c ---- */

void vm_init(void); /* at boot */

enum vm_access { VM_READ, VM_WRITE, VM_EXEC };

/*
 * Brings in the page at ADDR, as a user's ACCESS would: 0, -EFAULT (nothing is mapped:
 * SEGV_MAPERR), -EACCES (the mapping does not allow it: SEGV_ACCERR), -ENOMEM, or -ENXIO (beyond
 * the file's end: SIGBUS).
 */
[[nodiscard]] int vm_fault(struct mm *mm, uint64_t addr, enum vm_access access);

/* At boot: FN tells whether V, a stack of the current process, may grow down to START. */
void vm_stack_limit(bool (*fn)(const struct mm *mm, const struct vma *v, uint64_t start));

/*
 * Reads or writes N bytes of another address space, for ptrace and /proc: 0, -EFAULT or -EIO. A
 * WRITE goes through write protection as ptrace's may.
 */
[[nodiscard]] int vm_access_remote(struct mm *mm, uint64_t addr, void *buf, uint64_t n, bool write);
