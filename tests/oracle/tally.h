/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tally.h - what the generated programs were: accepted ones by opcode, refused ones by fault.
 * Included by programs.c, so that a generator that reaches too little is seen.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "seccomp.h"

#define FAULTS 16

static uint64_t with_code[0x100]; /* accepted programs that have the opcode */
static struct {
	const char *why;
	uint64_t programs;
} faults[FAULTS];

static inline void tally_accepted(const struct sock_filter *insns, uint32_t len)
{
	bool seen[0x100] = { false };

	for (uint32_t pc = 0; pc < len; pc++) {
		with_code[insns[pc].code] += !seen[insns[pc].code];
		seen[insns[pc].code] = true;
	}
}

static inline void tally_refused(const char *why)
{
	uint32_t i = 0;

	while (i < FAULTS - 1 && faults[i].why != NULL && strcmp(faults[i].why, why) != 0)
		i++;
	faults[i].why = why;
	faults[i].programs++;
}

/*
 * Says how often each opcode and each fault was met, and the rarest in a line of TAP; ALL:
 * it is wrong to miss an opcode.
 */
static inline bool tally_report(bool all)
{
	uint32_t rarest = 0x20, codes = 0, last = 0;

	for (uint32_t code = 0; code < 0x100; code++) {
		codes += with_code[code] != 0;
		if (with_code[code] != 0)
			printf("%s 0x%02x:%lu%s", codes % 8 == 1 ? "# programs with opcode" : "", code,
			       (unsigned long)with_code[code], codes % 8 == 0 ? "\n" : "");
		if (with_code[code] != 0 && with_code[code] < with_code[rarest])
			rarest = code;
	}
	printf("\n");
	for (uint32_t i = 0; i < FAULTS && faults[i].why != NULL; i++) {
		printf("# refused %lu: %s\n", (unsigned long)faults[i].programs, faults[i].why);
		if (faults[i].programs < faults[last].programs)
			last = i;
	}
	printf("%sok 3 - %u opcodes, each in %lu accepted programs or more; each fault in %lu refused ones or more\n",
	       !all || codes == 41 ? "" : "not ", codes, (unsigned long)with_code[rarest],
	       (unsigned long)faults[last].programs);
	return !all || codes == 41;
}
