/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * riscv.c - the causes of traps in words: see riscv.h. Called for the lines about faults and
 * panics.
 */
#include "riscv.h"

#include <stddef.h>

const char *cause_text(uint64_t cause)
{
	static const char *const texts[] = {
		[CAUSE_FETCH_MISALIGNED] = "jump to a misaligned address",
		[CAUSE_FETCH_ACCESS] = "fetch from what is no memory",
		[CAUSE_ILLEGAL] = "illegal instruction",
		[CAUSE_BREAKPOINT] = "breakpoint",
		[CAUSE_LOAD_MISALIGNED] = "misaligned load",
		[CAUSE_LOAD_ACCESS] = "load from what is no memory",
		[CAUSE_STORE_MISALIGNED] = "misaligned store",
		[CAUSE_STORE_ACCESS] = "store to what is no memory",
		[CAUSE_USER_ECALL] = "system call",
		[CAUSE_FETCH_PAGE] = "fetch",
		[CAUSE_LOAD_PAGE] = "load",
		[CAUSE_STORE_PAGE] = "store",
	};

	if (cause & CAUSE_INTERRUPT)
		return "interrupt";
	return cause < sizeof(texts) / sizeof(texts[0]) && texts[cause] != NULL ? texts[cause] : "unknown cause";
}
