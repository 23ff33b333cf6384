/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count.h - counts how often each call was made, under which stack and, where the answer depends on
 * arguments, with which ones. The host works out from it how often each instruction of a filter was
 * reached (`run --count`).
 *
 * boot/count.S adds one to the call's count, which lies behind the page of the task's gate. If the
 * answer depends on arguments or on the instruction pointer, it also adds one to a row of a small
 * table, of the gate, the number and what matters of these. The call then goes the usual way.
 * Without a row, it goes to the judge, and kernel/linux/report/count.c makes the row; a row that
 * held the place before is reported to the host first. While calls are not counted, none of this
 * runs: stvec is trap_entry then.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <portcullis/events.h>

#include "gate.h"

struct filter;

/*
 * A call's count behind the gate's page is a word of three fields. From bit 0: how often the call
 * went through the gate. From COUNT_WORDS_SHIFT: which words of struct seccomp_data the stack looks
 * at for this number, a bit for each argument and one for the instruction pointer. From
 * COUNT_WAY_SHIFT: if any of them decides, where the code for this set of words begins in
 * count_ways (boot/count.S); else 0.
 */
#define COUNT_WORDS_SHIFT 47
#define COUNT_WAY_SHIFT 54
#define COUNT_MASK ((1UL << COUNT_WORDS_SHIFT) - 1)
#define COUNT_WORDS_ALL (127UL << COUNT_WORDS_SHIFT)

#define COUNT_WAY_SIZE 16 /* bytes of count_ways for a set of arguments */
#define COUNT_WAY_IP 4	  /* so many bytes further is the way for these and the instruction pointer */

#define COUNT_ROWS_SHIFT 8
#define COUNT_ROWS (1UL << COUNT_ROWS_SHIFT)
#define COUNT_ROW_SHIFT 7

struct count_row {
	const uint64_t *of;    /* the calls' count, of a gate and a number; NULL: the judge counts them */
	struct event_count is; /* what is reported; words that do not matter are 0; no calls: the row is free */
	uint64_t unused[5];
};
_Static_assert(sizeof(struct count_row) == 1UL << COUNT_ROW_SHIFT, "boot/count.S finds rows by a shift");

/* What kernel/linux/report does for the gates while calls are counted. */
struct gate_counter {
	/*
	 * F is about to be attached. Returns which words of struct seccomp_data the filters of its
	 * stack look at, in the form of f->words.
	 */
	uint8_t (*words)(const struct filter *f);
	/*
	 * G is the new gate of a stack with PROGRAM as its newest filter; BELOW is the gate of the
	 * older ones. Notes in G's counts which words decide each call. POINTS: as
	 * seccomp_answers_program() has filled them in. Lets other tasks run now and then.
	 */
	void (*made)(struct gate *g, const struct gate *below, const struct seccomp_program *program,
		     const struct seccomp_point *points);
	/* Reports what was counted through G, which is about to be freed. */
	void (*freed)(struct gate *g);
};

extern const struct gate_counter *gate_counter; /* NULL: nothing is counted */

/* Are calls counted? */
static inline bool counts_calls(void)
{
	return gate_counter != NULL;
}

/* Does boot/count.S count calls of number NR through G by their arguments? */
static inline bool count_by_words(const struct gate *g, uint32_t nr)
{
	return gate_counts(g)[nr] >> COUNT_WAY_SHIFT != 0;
}
