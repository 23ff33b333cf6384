/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter.h - the kernel's side of seccomp: filters as objects in memory, a
 * task's stack of them, and the judge.
 *
 * A stack is named by its newest filter, which task.filter holds. Filters are never changed once
 * they are attached; relatives share them.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <abi/bpf.h>

#include "list.h"
#include "seccomp.h"
#include "task.h"

struct file;
struct listener;
struct task_part;

/* What became of a call that a listener was asked about. */
struct notify_answer {
	bool run;	  /* the answer was CONTINUE: the call is to be run */
	bool interrupted; /* a signal came before the answer, and ret is a restart code */
	long ret;	  /* what the call returns, unless it is run */
};

/* What a filter asks of its listener; without kernel/linux/notify there is none. */
struct listener_ops {
	/* Is the listener's file still open? */
	bool (*is_open)(const struct listener *l);
	/*
	 * Called when the filter is freed: gives up the filter's reference, and tells readers of a
	 * hang-up.
	 */
	void (*orphan)(struct listener *l);
	/*
	 * Asks the listener about the current task's call, and sleeps until there is an answer. The
	 * answer is ENOSYS when nobody listens any more.
	 */
	struct notify_answer (*ask)(struct listener *l, const struct seccomp_data *data);
};

struct listener {
	const struct listener_ops *ops;
};

/*
 * A filter, the stack that it is the newest of, and the listener that its USER_NOTIF answers go
 * to. The library sees only node. `tasks` counts the tasks whose newest filter it is, each of which
 * holds one reference to node, as each filter above does; a task in SECCOMP_MODE_FILTER has one.
 */
struct filter {
	struct seccomp_filter node; /* node.program: one reference, see program.h */
	uint32_t tasks;		    /* tasks that have this as their newest filter */
	uint32_t synced;	    /* filter.c's: the last TSYNC whose caller had it on its stack */
	bool private;	      /* this filter or an older one is SELF: tasks of this stack differ in what binds them */
	struct gate *gate;    /* the stack's, one reference, while tasks use it; NULL when private */
	uint64_t hash;	      /* of the programs and flags of the stack; not when private */
	struct filter *gated; /* filter_share.c's: the next one with a gate */
	struct listener *listener; /* one reference, or NULL */
	uint8_t words; /* while calls are counted: what filters of the stack look at; a bit an argument, 64: ip */
};

static inline struct filter *filter_of(const struct seccomp_filter *node)
{
	return node == NULL ? NULL : container_of(node, struct filter, node);
}

/* ---- filter.c ---- */

/*
 * Checks PROGRAM (from program_alloc, instructions filled in), which is taken over in any case, and
 * makes a filter of it that is not attached yet. *WHY says how it went: err 0; EINVAL with reason
 * and index; or ENOMEM. NULL unless 0.
 */
[[nodiscard]] struct filter *filter_create(struct seccomp_program *program, struct seccomp_refusal *why);

/* Frees a filter that was never attached. */
void filter_discard(struct filter *f);

/*
 * Puts F (log filled in) on what is the current task's stack, and works out the gate of both, but
 * for a private stack; lets other tasks run meanwhile. SELF: it binds this task alone. 0, -ENOMEM
 * (path budget; memory) or -EINTR. The filter_attach() that uses it follows without letting others
 * run.
 */
[[nodiscard]] int filter_prepare(struct filter *f, bool self);

/*
 * Makes F (listener filled in, prepared) the newest of the current task's filters and sets its
 * mode; F gets its id. SYNC: all threads of the group get the stack too [seccomp_sync_threads].
 * Returns 0 and owns F, or, for SYNC and with nothing changed, the id of a thread that may not
 * follow: F then is still the caller's.
 */
[[nodiscard]] uint32_t filter_attach(struct filter *f, bool sync);

/*
 * clone: CHILD gets the stack, the mode and no_new_privs of the current task; a line for every
 * SELF filter that stays behind. 0.
 */
void filter_inherit(struct task *child);

/*
 * exit: gives up the stack. The task keeps its gate, which still says what the stack said, until
 * it is freed. Safe to call twice.
 */
void filter_release(struct task *t);

/* Filters that exist, for the leak check. */
uint32_t filter_count(void);

/* ---- filter_share.c ---- */

/*
 * Sets f->hash, for F on the stack whose newest filter is BELOW (NULL: empty). Called before
 * filter_find_gate() and filter_set_gate(), unless F is private.
 */
void filter_hash(struct filter *f, const struct filter *below);

/* The gate of a stack that is equal to F's: one reference; NULL if no such stack has one. */
struct gate *filter_find_gate(const struct filter *f);

/* From now on F's stack has GATE, whose reference is taken over; NULL: it has none. */
void filter_set_gate(struct filter *f, struct gate *gate);

/* ---- filter_gate.c ---- */

/*
 * The gate of the stack whose newest filter is F and which has no SELF filters: one reference, or
 * NULL when there is no memory.
 */
struct gate *filter_gate_with(const struct filter *f);

/*
 * The gate of T's stack, whichever gate T has now; of a private one, which binds each task in its
 * own way, the gate whose every entry is the judge. T keeps it.
 */
struct gate *filter_gate_of(const struct task *t);

/*
 * Gives T the gate that it must have, after its mode, its stack or its tracer has changed. Cannot
 * fail.
 */
void filter_update_gate(struct task *t);

/*
 * ---- judge.c: called from trap.S (gate_judge), for what the gate does not decide by itself ----
 */
void judge(struct trapframe *frame);

/*
 * The same for the execve that starts the first program: FRAME has its registers, as a launcher's.
 * True: it may run. False: it was refused, and a0 says with what, unless a signal is on its way.
 */
bool judge_launch(struct trapframe *frame);

/* ---- bootfilter.c ---- */

/*
 * Puts /.portcullis/filter.0, .1 ... on the current task's stack, oldest first. Returns
 * only if they are exactly those that the command line counts and names by their hash;
 * otherwise nothing runs: refuse().
 */
void bootfilter_install(void);

/*
 * Returns only if bootfilter_install() would accept the filters now; from then on they wait for it.
 */
void bootfilter_check(void);

/* Do filters wait for bootfilter_install()? */
bool bootfilter_waits(void);

/*
 * Checks the filters, and arranges that bootfilter_install() is done when the current task, which
 * has just become the first program, gets to main. Returns only if main lies in the program. Set by
 * kernel/linux/trace; without it, main() refuses to begin.
 */
extern void (*bootfilter_at_main)(void);

/* The part of a task that consists of its filters and its gate. */
extern const struct task_part filter_part;
