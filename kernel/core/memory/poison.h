/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poison.h - for tests: finds uses of memory after it was freed. Memory is filled with a certain
 * byte when it is freed, so code that reads it does not find the old contents. It is checked when
 * it is given out again, so a write after the free is found, too. Called by page.c and kmalloc.c,
 * in images with KASSERTS.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define POISON 0xdb
#define POISON_WORD 0xdbdbdbdbdbdbdbdbUL

/* Set once, at boot, by page_poison(). */
extern bool poison;

/* Is free memory poisoned? */
static inline bool poison_is_on(void)
{
	return KASSERTS && poison;
}

/*
 * Panics if one of the SIZE bytes at START, both multiples of 8, is not POISON. The panic names the
 * memory: WHAT, an allocation of UNIT bytes, freed by the code at FREED_AT (0: not known).
 */
void poison_check(const void *start, size_t size, const char *what, size_t unit, uint64_t freed_at);
/* Panics: says what is wrong with P, which lies in memory as above, and where that was freed. */
_Noreturn void poison_panic(const char *what, size_t unit, const void *p, const char *wrong, uint64_t freed_at);
