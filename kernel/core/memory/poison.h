/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poison.h - for tests: what is freed is filled with one byte, so that who still reads it does not
 * find what was there; and looked at when it is given out again, so that who still writes to it is
 * found. Called by page.c and kmalloc.c, in images with KASSERTS.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POISON 0xdb
#define POISON_WORD 0xdbdbdbdbdbdbdbdbUL

/* Set once, at boot, by page_poison(). */
extern bool poison;

/* Is it done? */
static inline bool poison_is_on(void)
{
	return KASSERTS && poison;
}

/*
 * Panics if one of the SIZE bytes at START, both multiples of 8, is not POISON. WHAT names the
 * memory in the panic, whose unit has UNIT bytes; FREED_AT is where it was freed, 0: it is not
 * known.
 */
void poison_check(const void *start, size_t size, const char *what, size_t unit, uint64_t freed_at);
/* Says what is wrong with P, memory of WHAT, and where it was freed, and panics. */
_Noreturn void poison_panic(const char *what, size_t unit, const void *p, const char *wrong, uint64_t freed_at);
