/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * gate_table.h - what a gate is in memory: a task has one, and boot/trap.S goes
 * through it. kernel/gate makes them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seccomp.h"

struct code;

/* Addresses in 32 bits, with their sign: the kernel lies in the topmost 2 GiB. */
struct gate_entries {
	uint32_t entry[SECCOMP_GATE_NRS];
};

/*
 * A page: what the stack answers, where it does so whatever the
 * arguments, and where each call goes.
 */
struct gate_page {
	uint32_t ret[SECCOMP_GATE_NRS];
	struct gate_entries entries;
};

_Static_assert(sizeof(struct gate_page) == 4096, "a stack's gate costs a page and a few bytes");
_Static_assert(offsetof(struct gate_page, entries) == 2048,
	       "gate_errno reaches ret[] with a 12-bit offset from the entries");

struct gate {
	uint32_t refs;
	uint64_t stack;				  /* while calls are counted: the newest filter's id, or 0 */
	struct code *code;			  /* that entries lead to, one reference, or NULL */
	struct gate_entries *entries;		  /* of a struct gate_page; hart.gate points here */
	uint64_t constant[SECCOMP_GATE_NRS / 64]; /* numbers whose ret[] counts */
	/*
	 * Numbers that have code, and for which some filter's answer may be stricter
	 * than ERRNO (TRAP, KILL): a newer filter's ERRNO does not decide them, so the
	 * code of the older ones comes first.
	 */
	uint64_t stricter[SECCOMP_GATE_NRS / 64];
	struct seccomp_range low, high; /* around the least number that has no entry, and the greatest */
	bool notifies;			/* some constant answer is USER_NOTIF */
	/*
	 * Place in the stack, from 1, of the one filter whose answers are its
	 * constant USER_NOTIFs; 0: not known.
	 */
	uint32_t notifier;
};
