/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate_table.h - the layout of a gate in memory. Each task goes through one: boot/trap.S jumps to
 * the address in its entry. kernel/gate/gate.h says what a gate is, and has the functions.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seccomp.h"

struct code;

/*
 * Each entry is the lower 32 bits of an address. Sign-extended, they are the whole address, because
 * the kernel lies in the topmost 2 GiB.
 */
struct gate_entries {
	uint32_t entry[SECCOMP_GATE_NRS];
};

/*
 * One page: the stack's answer to each number, where that is the same whatever the arguments; and
 * the entries.
 */
struct gate_page {
	uint32_t ret[SECCOMP_GATE_NRS];
	struct gate_entries entries;
};

_Static_assert(sizeof(struct gate_page) == 4096, "a stack's gate costs a page and a few bytes");
_Static_assert(offsetof(struct gate_page, entries) == 2048,
	       "gate_errno reaches ret[] with a 12-bit offset from the entries");

struct gate {
	uint32_t refs;				  /* see kernel/gate/gate.h */
	uint64_t stack;				  /* while calls are counted: the newest filter's id, or 0 */
	struct code *code;			  /* the generated code that entries lead to; one reference, or NULL */
	struct gate_entries *entries;		  /* in a struct gate_page; hart.gate points here */
	uint64_t constant[SECCOMP_GATE_NRS / 64]; /* a bit for each number whose answer is always ret[number] */
	/*
	 * A bit for each number that has code, and for which an older filter may answer something
	 * stricter than ERRNO (TRAP, KILL). When a newer filter answers ERRNO, that does not decide
	 * the call: the older filters' code has to run first.
	 */
	uint64_t stricter[SECCOMP_GATE_NRS / 64];
	struct seccomp_range low;  /* the answer to the lowest numbers without an entry */
	struct seccomp_range high; /* the answer to the highest ones */
	bool notifies;		   /* the answer to some number is always USER_NOTIF */
	/*
	 * The depth, from 1 for the oldest, of the filter that gives all of the constant USER_NOTIF
	 * answers; 0: more than one does.
	 */
	uint32_t notifier;
};
