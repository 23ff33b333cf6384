/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vm.h - address spaces (Sv39): the kernel's half, and user mappings filled in on demand.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "page.h"
#include "waitq.h"

#define USER_STACK_TOP (USER_TOP - PAGE_SIZE)

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

/* An entry for the page (or the table) at PA, and back. [priv 4.4.1] */
static inline uint64_t pte_of(uint64_t pa, uint64_t bits)
{
	return pa >> PAGE_SHIFT << PTE_PPN_SHIFT | bits;
}
static inline uint64_t pte_phys(uint64_t pte)
{
	return pte >> PTE_PPN_SHIFT << PAGE_SHIFT;
}

/*
 * In vma.flags: shared, and the file may not be written through it, whatever
 * mprotect is asked. [!VM_MAYWRITE]
 */
#define VMA_NO_WRITE (1U << 31)
/*
 * There: the vDSO or its data, which have a name of their own and never
 * grow. [_install_special_mapping]
 */
#define VMA_SPECIAL (1U << 30)
/* There: a page of the kernel's, which the program itself may read, and nobody else. [VM_PFNMAP] */
#define VMA_IO (1U << 29)
/*
 * There: mlock was asked for; its pages were brought in, and none is ever taken away. [VM_LOCKED]
 */
#define VMA_LOCKED (1U << 28)

struct backing;

/*
 * What mappings ask of what lies behind them. OFF is page-aligned; a page comes
 * with a reference, NULL: no memory.
 */
struct backing_ops {
	void (*get)(struct backing *b);
	void (*put)(struct backing *b);
	uint64_t (*size)(const struct backing *b); /* in bytes: beyond lies nothing */
	/*
	 * The page that holds the bytes from OFF on: of shared mappings, and of private ones that
	 * do not write. These copy the bytes when it is NULL.
	 */
	void *(*page)(struct backing *b, uint64_t off);
	/* Copies up to N bytes from OFF on; returns how many there were. */
	uint64_t (*read)(const struct backing *b, void *buf, uint64_t n, uint64_t off);
};

/* What a file embeds so that it can be mapped (inode.h). */
struct backing {
	const struct backing_ops *ops;
};

/*
 * A stretch of user addresses with one kind of content. An address space's are in a list by
 * address, aligned to pages, none empty, without overlaps; `vma_count` is the length of that list.
 */
struct vma {
	struct vma *next;
	uint64_t start, end;
	uint32_t prot;		 /* PROT_* */
	uint32_t flags;		 /* MAP_SHARED or MAP_PRIVATE, MAP_GROWSDOWN ...; VMA_NO_WRITE ... */
	struct backing *backing; /* one reference; NULL: zeroes */
	uint64_t offset;	 /* in the file, of start; page-aligned */
	/*
	 * The address where the file's bytes end and zeroes begin (ELF
	 * segments); 0: only at the file's end.
	 */
	uint64_t file_end;
	const char *name; /* "[heap]", "[stack]", "[vdso]", "[vvar]" or NULL */
};

/*
 * `refs` counts tasks, and calls that look at another's memory. `pages` counts the entries of the
 * page tables that are valid, each of which holds one reference to its page.
 */
struct mm {
	uint32_t refs;
	uint64_t serial;  /* never used again: what /proc/PID/mem knows it by */
	uint64_t *root;	  /* page table */
	uint64_t satp;	  /* that points to it */
	uint32_t tables;  /* the tables below it: a list of page_push() */
	struct vma *vmas; /* by address */
	uint64_t brk_start, brk;
	uint64_t entry;							       /* of the program itself */
	uint64_t arg_start, arg_end, env_start, env_end, auxv_start, auxv_end; /* for /proc */
	uint64_t peak_pages; /* before pages were given up last; see mm_peak() */
	uint64_t pages;	     /* mapped, for accounting */
	uint64_t vdso;	     /* where the vDSO is */
	uint64_t sigreturn;  /* in it: where handlers return to */
	struct backing *exe; /* the program's file, one reference, or NULL */
	bool membarrier;     /* registered for PRIVATE_EXPEDITED; copied by fork */
	bool no_huge_pages;  /* PR_SET_THP_DISABLE, kept and shown: there are none; copied by fork, kept by exec */
	bool changing;	     /* somebody is between mm_lock() and mm_unlock() */
	struct waitq changed;
	uint32_t vma_count;
	bool undumpable; /* PR_SET_DUMPABLE 0: no ptrace by equals; copied by fork, false after exec */
};

/* How many mappings an address space may have [vm.max_map_count]. */
extern uint32_t vma_max;

/* ---- kmap.c: the kernel's half ---- */

/* Maps LEN bytes of device registers at PA; returns their kernel address. Boot only. */
void *kmap_device(paddr_t pa, uint64_t len);
/* A kernel stack with a guard page below: its lowest usable byte, or NULL. */
[[nodiscard]] void *kstack_alloc(void);
void kstack_free(void *stack);

/* ---- mm.c: whole address spaces ---- */

[[nodiscard]] struct mm *mm_create(void); /* empty, one reference; NULL when no memory */
struct mm *mm_get(struct mm *mm);
void mm_put(struct mm *mm);
/*
 * Boot: FN lets others have their turn; it is called now and then by what goes through many pages.
 */
void mm_on_long_work(void (*fn)(void));
/*
 * A copy for fork of MM, which nobody else changes meanwhile: pages shared
 * copy-on-write. NULL when no memory.
 */
[[nodiscard]] struct mm *mm_fork(struct mm *mm);
/* The most pages that MM has had at once. [get_mm_hiwater_rss] */
static inline uint64_t mm_peak(const struct mm *mm)
{
	return mm->pages > mm->peak_pages ? mm->pages : mm->peak_pages;
}
/* Makes MM's page table the hart's (NULL: the kernel's own). */
void mm_activate(const struct mm *mm);

/* ---- vma.c: mappings; addresses and lengths page-aligned; 0 or -errno ---- */

struct vma *vma_find(struct mm *mm, uint64_t addr); /* the one that holds ADDR, or NULL */
/* Adds a mapping over nothing; BACKING gains a reference. */
[[nodiscard]] int vma_add(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot, uint32_t flags,
			  struct backing *backing, uint64_t offset, const char *name);
[[nodiscard]] int vma_remove(struct mm *mm, uint64_t start, uint64_t len); /* munmap: holes are fine */
/* Gives up the pages, keeps the mappings: they read as fresh (madvise DONTNEED). */
void vma_drop_pages(struct mm *mm, uint64_t start, uint64_t end);
[[nodiscard]] int vma_protect(struct mm *mm, uint64_t start, uint64_t len, uint32_t prot);
/*
 * What lies in [START, END) is said to be locked, or not to be: 0 or
 * -ENOMEM; bytes that are, of MM's.
 */
[[nodiscard]] int vma_lock(struct mm *mm, uint64_t start, uint64_t end, bool on);
uint64_t vma_locked_bytes(const struct mm *mm);
/* LEN bytes of free addresses, near the top; 0: none. */
uint64_t vma_gap(const struct mm *mm, uint64_t len);

/* ---- sys_memory.c ---- */

/*
 * Do RLIMIT_AS and, for memory of its own that is written (DATA), RLIMIT_DATA allow MM, the current
 * one, LEN bytes more? [may_expand_vm]
 */
bool vm_may_grow(const struct mm *mm, uint64_t len, bool data);

/* ---- fault.c ---- */

enum vm_access { VM_READ, VM_WRITE, VM_EXEC };

/*
 * Brings in the page at ADDR for ACCESS, as a user's access would: 0, or a negative errno: -EFAULT
 * (nothing is mapped: SEGV_MAPERR), -EACCES (it is, but not so: SEGV_ACCERR), -ENOMEM, -ENXIO
 * (beyond the file's end: SIGBUS).
 */
[[nodiscard]] int vm_fault(struct mm *mm, uint64_t addr, enum vm_access access);

/* Boot: LIMIT tells how far the stack of the current process may grow, in bytes. */
void vm_stack_limit(uint64_t (*limit)(void));

/*
 * N bytes of another address space, for ptrace and /proc: 0 or -EFAULT/-EIO. WRITE breaks
 * write protection as ptrace may.
 */
[[nodiscard]] int vm_access_remote(struct mm *mm, uint64_t addr, void *buf, uint64_t n, bool write);
