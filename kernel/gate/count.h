/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * count.h - how often each call was made, by which stack it was judged, and with which arguments
 * where they matter: for the host, which works out from it how often each instruction of a filter
 * was reached.
 *
 * Where the gate knows the answer, boot/count.S adds one to the call's word behind the gate's page;
 * what depends on one or two arguments has rows in a small table, in which it adds one, too; the
 * call then goes the usual way. What has no row comes to the judge, and gets one. Rows are reported
 * when others need their places. Off, nothing of it is run: the trap vector is another one.
 * kernel/linux/report/count.c makes the rows and reports them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <portcullis/events.h>

#include "gate.h"

struct filter;

/*
 * A call's word behind the gate's page: how often it went through the gate; which words of struct
 * seccomp_data the stack looks at for this number, a bit an argument and one for the instruction
 * pointer; and, if one or two arguments decide, 16 times their set: where in count_ways they are.
 */
#define COUNT_WORDS_SHIFT 47
#define COUNT_WAY_SHIFT 54
#define COUNT_MASK ((1UL << COUNT_WORDS_SHIFT) - 1)
#define COUNT_WORDS_ALL (127UL << COUNT_WORDS_SHIFT)

#define COUNT_ROWS 256
#define COUNT_ROW_SHIFT 7

struct count_row {
	uint64_t gate; /* hart.gate of the calls; 0: they came to the judge each time */
	uint64_t nr, word[2];
	struct event_count is; /* with no calls: the row is free */
	uint64_t unused[2];
};
_Static_assert(sizeof(struct count_row) == 1UL << COUNT_ROW_SHIFT, "boot/count.S finds rows by a shift");

/* What the gates tell whoever counts. */
struct gate_counter {
	/*
	 * F is about to be attached: which words of struct seccomp_data the filters of its stack
	 * look at, as struct filter keeps it in `words`.
	 */
	uint8_t (*words)(const struct filter *f);
	/*
	 * G is the gate of a stack with PROGRAM as its newest filter, BELOW the one of the others:
	 * notes which words of a call decide. POINTS: what seccomp_answers_program() has left
	 * there. Lets other tasks run now and then.
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
