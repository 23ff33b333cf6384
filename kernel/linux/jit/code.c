/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * code.c - memory for machine code that the kernel makes, in units that share pages.
 *
 * W^X: a page is writable while code is written to it and executable at all other times, never
 * both. Nothing needs its code meanwhile, because there is one hart and interrupts are off. Free
 * units hold zeros, which are no instruction.
 */
#include "code.h"

#include <stdbool.h>
#include <string.h>

#include "kassert.h"
#include "page.h"
#include "riscv.h"
#include "task.h"
#include "vm.h"

#define CODE_PAGES 64U
#define CODE_UNIT 64U
#define UNITS (CODE_PAGES * (uint32_t)PAGE_SIZE / CODE_UNIT)

extern uint64_t kernel_l0[512]; /* boot/entry.S: maps the kernel, page by page */
extern char kernel_start[];

static uint8_t pages[CODE_PAGES * PAGE_SIZE] __attribute__((section(".code_pages"), aligned(4096)));
static uint64_t used[UNITS / 64];
static uint64_t opened;	  /* a bit for each page that has held code */
static struct code *dead; /* code without a reference, whose units are not free yet; linked by next_dead */

_Static_assert(CODE_PAGES == 64, "opened has a bit for each page");

/* ---- writing ---- */

/* Makes PAGE writable (PTE_W) or executable (PTE_X). It stays readable in both cases. */
static void protect_page(uint32_t page, uint64_t right)
{
	const uint64_t va = (uint64_t)pages + page * PAGE_SIZE;
	uint64_t *pte = &kernel_l0[(va - (uint64_t)kernel_start) >> PAGE_SHIFT];

	KASSERT(page < CODE_PAGES && *pte & PTE_V);
	*pte = (*pte & ~(PTE_W | PTE_X)) | right;
	KASSERT((*pte & (PTE_R | PTE_W | PTE_X)) == (PTE_R | right)); /* W^X */
	tlb_flush_page(va);
}

/* Writes BYTES bytes at OFFSET from FROM, or zeros if that is NULL. */
static void write_at(uint32_t offset, const void *from, uint32_t bytes)
{
	const uint32_t first = offset >> PAGE_SHIFT;
	const uint32_t last = (offset + bytes - 1) >> PAGE_SHIFT;

	KASSERT(bytes != 0 && offset + bytes <= sizeof(pages));
	KASSERT((csr_read(sstatus) & SSTATUS_SIE) == 0); /* no code may run while its page is writable */
	for (uint32_t page = first; page <= last; page++) {
		protect_page(page, PTE_W);
		if (!(opened >> page & 1))
			memset(pages + page * PAGE_SIZE, 0, PAGE_SIZE);
		opened |= 1UL << page;
	}
	/* Free units are zero: the first byte is 0, and each byte equals the one before it. */
	KASSERT(from == NULL || (pages[offset] == 0 && memcmp(pages + offset, pages + offset + 1, bytes - 1) == 0));
	if (from != NULL)
		memcpy(pages + offset, from, bytes);
	else
		memset(pages + offset, 0, bytes);
	for (uint32_t page = first; page <= last; page++)
		protect_page(page, PTE_X);
	fence_i();
}

uint64_t code_address(const struct code *c, uint32_t at)
{
	KASSERT(at * 4 < c->units * CODE_UNIT);
	return (uint64_t)pages + c->unit * CODE_UNIT + at * 4;
}

/* ---- units ---- */

static bool code_is_used(uint32_t unit)
{
	return used[unit / 64] >> unit % 64 & 1;
}

uint32_t code_count(void)
{
	uint32_t n = 0;

	for (uint32_t unit = 0; unit < UNITS; unit++)
		n += code_is_used(unit);
	return n;
}

/* The first of N free units in a row, or UNITS. */
static uint32_t find_free(uint32_t n)
{
	uint32_t run = 0;

	for (uint32_t unit = 0; unit < UNITS; unit++) {
		run = code_is_used(unit) ? 0 : run + 1;
		if (run == n)
			return unit + 1 - n;
	}
	return UNITS;
}

static void code_mark(const struct code *c, bool was)
{
	for (uint32_t unit = c->unit; unit < (uint32_t)c->unit + c->units; unit++) {
		KASSERT(code_is_used(unit) == was);
		used[unit / 64] ^= 1UL << unit % 64;
	}
}

/* ---- the end of code ---- */

/*
 * A stack can have thousands of pieces of code, one upon the other, and its last task may be gone
 * when nothing may wait, so that nobody could give way while all of them are freed. So code that
 * loses its last reference is dead first. A few dead pieces are freed whenever code is given up or
 * made: a chain of any length costs the one who gives it up no more than AT_ONCE pieces.
 */
#define AT_ONCE 8U

static void code_unref(struct code *c)
{
	KASSERT(c == NULL || c->refs != 0);
	if (c == NULL || --c->refs != 0)
		return;
	c->next_dead = dead;
	dead = c;
}

static void free_dead_code(uint32_t most)
{
	for (struct code *c; (c = dead) != NULL && most != 0; most--) {
		dead = c->next_dead;
		write_at(c->unit * CODE_UNIT, NULL, c->units * CODE_UNIT);
		code_mark(c, true);
		code_unref(c->below); /* C jumped to it, and so held a reference */
		kfree(c);
	}
}

void code_put(struct code *c)
{
	code_unref(c);
	free_dead_code(AT_ONCE);
}

void code_purge(void)
{
	free_dead_code(UINT32_MAX);
}

/* ---- making it ---- */

struct code *code_get(struct code *c)
{
	KASSERT(c == NULL || c->refs != 0);
	if (c != NULL)
		c->refs++;
	return c;
}

struct code *code_create(const uint32_t *insns, uint32_t n, struct code *below)
{
	const uint32_t units = (n * 4 + CODE_UNIT - 1) / CODE_UNIT;
	uint32_t unit;
	struct code *c;

	KASSERT(n != 0);
	free_dead_code(AT_ONCE);
	while ((unit = find_free(units)) == UNITS && dead != NULL) {
		free_dead_code(AT_ONCE);
		(void)sched_give_way();
	}
	c = unit < UNITS ? kmalloc(sizeof(*c)) : NULL;
	if (c == NULL)
		return NULL;
	*c = (struct code){ .refs = 1, .unit = (uint16_t)unit, .units = (uint16_t)units, .below = code_get(below) };
	code_mark(c, false);
	write_at(unit * CODE_UNIT, insns, n * 4);
	return c;
}
