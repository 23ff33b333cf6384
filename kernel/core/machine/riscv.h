/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * riscv.h - control and status registers, their bits, and barriers [priv 4.1].
 */
#pragma once

#include <stdint.h>

#define csr_read(name)                                              \
	({                                                          \
		uint64_t value_;                                    \
		__asm__ volatile("csrr %0, " #name : "=r"(value_)); \
		value_;                                             \
	})
#define csr_write(name, value) __asm__ volatile("csrw " #name ", %0" : : "r"((uint64_t)(value)) : "memory")
#define csr_set(name, bits) __asm__ volatile("csrs " #name ", %0" : : "r"((uint64_t)(bits)) : "memory")
#define csr_clear(name, bits) __asm__ volatile("csrc " #name ", %0" : : "r"((uint64_t)(bits)) : "memory")

#define SATP_SV39 (8UL << 60)

#define SSTATUS_SIE (1UL << 1)
#define SSTATUS_SPIE (1UL << 5)
#define SSTATUS_SPP (1UL << 8)
#define SSTATUS_SUM (1UL << 18)
#define SSTATUS_FS (3UL << 13)
#define SSTATUS_FS_CLEAN (2UL << 13)
#define SSTATUS_FS_DIRTY (3UL << 13)

#define SIE_TIMER (1UL << 5)
#define SIE_EXTERNAL (1UL << 9)

#define COUNTEREN_ALL 7 /* cycle, time, instret */

#define CAUSE_INTERRUPT (1UL << 63)
#define CAUSE_FETCH_MISALIGNED 0
#define CAUSE_FETCH_ACCESS 1
#define CAUSE_ILLEGAL 2
#define CAUSE_BREAKPOINT 3
#define CAUSE_LOAD_MISALIGNED 4
#define CAUSE_LOAD_ACCESS 5
#define CAUSE_STORE_MISALIGNED 6
#define CAUSE_STORE_ACCESS 7
#define CAUSE_USER_ECALL 8
#define CAUSE_FETCH_PAGE 12
#define CAUSE_LOAD_PAGE 13
#define CAUSE_STORE_PAGE 15

/* The cause of a trap (scause) in words; a page fault is "fetch", "load" or "store". */
const char *cause_text(uint64_t cause);

/* Called after entries of page tables have changed: the hart forgets what it has read of them. */
static inline void tlb_flush(void)
{
	__asm__ volatile("sfence.vma" : : : "memory");
}

static inline void tlb_flush_page(uint64_t addr)
{
	__asm__ volatile("sfence.vma %0" : : "r"(addr) : "memory");
}

/*
 * Called after instructions were written as data: the hart fetches them from now on [unpriv
 * Zifencei].
 */
static inline void fence_i(void)
{
	/* fence.i, in a spelling that needs no -march=..._zifencei */
	__asm__ volatile(".insn i 0x0f, 1, x0, x0, 0" : : : "memory");
}
