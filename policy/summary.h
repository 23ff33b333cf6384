/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * summary.h - a policy in two lines, and what is hardly meant.
 */
#pragma once

#include "ask.h"
#include "command.h"

/*
 * Prints how many calls of riscv64 P, of LEN instructions, allows, by arguments or always,
 * what it answers to the others, and which of the calls it refuses that every program makes
 * at its start and end; then a warning for each of: it is for another architecture, allows
 * nothing, refuses nothing, never looks at the architecture. ID is the number that the
 * kernel will give to the filter.
 */
void summary_print(FILE *to, struct asker *asker, struct arena *arena, const struct policy *p, uint32_t len,
		   unsigned int id);

/* The architectures that a program compares with, in that order; how many. */
#define SUMMARY_ARCHS 16
size_t summary_archs(const struct sock_filter *insns, uint32_t len, uint32_t archs[SUMMARY_ARCHS]);

/* Does a program compare the architecture with that one? */
bool summary_names_arch(const struct sock_filter *insns, uint32_t len, uint32_t arch);

/*
 * The first architecture that a program compares with, if riscv64 is none of them; 0 else.
 */
uint32_t summary_other_arch(const struct sock_filter *insns, uint32_t len);

/* Does it look at the architecture at all? */
bool summary_looks_at_arch(const struct policy *p);

/* Does it look at the instruction pointer? Then *AT is where. */
bool summary_looks_at_ip(const struct policy *p, struct place *at);
