/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * code.h - memory for the machine code that the kernel makes: a gate's answers to calls that depend
 * on their arguments.
 *
 * W^X: a page of it is writable or executable, never both. It has no second address, because it
 * belongs to the kernel's image, which the direct map leaves out. A unit belongs to one piece of
 * code, or is free and all zeros. A piece of code holds a reference to what it jumps to, so no jump
 * leads to freed memory. Code without a reference is dead: nothing leads to it, and its units are
 * freed a few pieces at a time.
 */
#pragma once

#include <stdint.h>

struct code {
	uint32_t refs;
	uint16_t unit, units; /* units of CODE_UNIT bytes */
	struct code *below;   /* the code that this code jumps to; one reference, or NULL */
	struct code *next_dead;
};

/*
 * The N (not 0) instructions INSNS, ready to run, which jump to BELOW (or NULL): one reference.
 * NULL when there is no memory. Lets other tasks run while room has to be made.
 */
[[nodiscard]] struct code *code_create(const uint32_t *insns, uint32_t n, struct code *below);

/* Where instruction AT of C lies. */
uint64_t code_address(const struct code *c, uint32_t at);

struct code *code_get(struct code *c); /* C may be NULL */
void code_put(struct code *c);	       /* C may be NULL; bounded work, however much code C jumps to */

/* Frees all dead code, when no program is left. */
void code_purge(void);

/* Units in use, for the leak check. */
uint32_t code_count(void);
