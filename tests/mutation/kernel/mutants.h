/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mutants.h - in a kernel that holds its mutants: which of them are chosen, and
 * which were met. See rewrite.pl.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* try.pl finds it by its mark in an image, to patch it. */
extern volatile struct mutation {
	char mark[16];
	uint32_t n;
} mutation;

#define MUTANTS_TELL 0xffffffffU /* no mutant is chosen; at the end of a run a line says which were met */
#define MUTANTS_MAX 32768U

extern uint8_t mutants_met[MUTANTS_MAX];
extern volatile bool mutants_chosen[MUTANTS_MAX]; /* besides mutation.n */

static inline bool mutant_is_chosen(unsigned n)
{
	return mutation.n == n || mutants_chosen[n];
}

/* Is mutant N chosen? */
static inline bool mut(unsigned n)
{
	mutants_met[n] = 1;
	return mutant_is_chosen(n);
}

/*
 * The condition V, which mutant N makes true, and N + 1 false. Met is the
 * one that would make a difference.
 */
static inline bool mut_if(unsigned n, bool v)
{
	mutants_met[n + v] = 1;
	if (mutant_is_chosen(n))
		return true;
	if (mutant_is_chosen(n + 1))
		return false;
	return v;
}

/* Chooses the mutants that the command line WORDS names, if it does: `kernel.mutant=N,...`. */
void mutants_choose(const char *words);

/* Called when a run has ended. */
void mutants_tell(void);
