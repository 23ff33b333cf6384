/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter.h - the kernel's side of seccomp: filters as objects in memory, a task's stack of them,
 * the gate of a stack, and the judge.
 *
 * A stack is known by its newest filter, which task.filter holds. An attached filter is never
 * changed; a task, its children and its threads share them.
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

/* A listener's answer about a call. */
struct notify_answer {
	bool run;	  /* CONTINUE: the call is to be run */
	bool interrupted; /* a signal came before the answer, and ret is a restart code */
	long ret;	  /* what the call returns, unless it is run */
};

/* What a filter asks of its listener. Without kernel/linux/notify no filter has one. */
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
 * A filter; what is known of the stack of which it is the newest filter; and the listener to which
 * its USER_NOTIF answers go. The library sees only `node`.
 *
 * Invariant: node.refs counts the tasks whose newest filter it is, which `tasks` counts alone, and
 * the filters directly above it. A task in SECCOMP_MODE_FILTER that has not ended has a filter.
 */
struct filter {
	struct seccomp_filter node; /* node.program: one reference, see program.h */
	uint32_t tasks;		    /* tasks that have this as their newest filter */
	uint64_t mark;		    /* filter_sync.c's */
	bool private;	   /* this filter or an older one is SELF, so the tasks of this stack are bound differently */
	struct gate *gate; /* the stack's, one reference, while tasks use it; NULL when private */
	uint64_t hash;	   /* of the programs and flags of the stack; not when private */
	struct filter *gated;	   /* filter_share.c's: the next one of its bucket that has a gate */
	struct listener *listener; /* one reference, or NULL */
	/*
	 * While calls are counted: which words of struct seccomp_data the filters of the stack look
	 * at; a bit for each argument, 64 for the instruction pointer.
	 */
	uint8_t words;
};

static inline struct filter *filter_of(const struct seccomp_filter *node)
{
	return node == NULL ? NULL : container_of(node, struct filter, node);
}

/* ---- filter.c ---- */

/*
 * Checks PROGRAM, which comes from program_alloc() with its instructions filled in and is taken
 * over in any case, and makes a filter of it that is not attached yet: *WHY has err 0. NULL: it is
 * refused, and *WHY has err EINVAL, the reason and the instruction; or there is no memory, and err
 * is ENOMEM.
 */
[[nodiscard]] struct filter *filter_create(struct seccomp_program *program, struct seccomp_refusal *why);

/* Frees a filter that no task has. */
void filter_discard(struct filter *f);

/*
 * Prepares F (log filled in) to be attached: gives it its place on top of the current task's stack,
 * and makes the gate of the whole stack, unless that is private. Lets other tasks run meanwhile.
 * SELF: F binds the current task alone. Returns 0, or -ENOMEM (path budget; memory). The caller
 * holds group.threads_lock, until after filter_attach().
 */
[[nodiscard]] int filter_prepare(struct filter *f, bool self);

/*
 * Makes F (prepared, listener filled in) the newest of the current task's filters, sets the task's
 * mode, and gives F its id. Cannot fail: only now does anything change that others can see.
 */
void filter_attach(struct filter *f);

/*
 * Gives T, which is not ending, the stack whose newest filter is F in place of its own, and the
 * mode that goes with it, unless a filter has killed it. filter_update_gate() must follow.
 */
void filter_enter(struct task *t, struct filter *f);

/*
 * For clone: CHILD gets the stack, the mode and no_new_privs of the current task. SELF filters do
 * not bind it; the console has a line for each of them. The caller holds group.threads_lock until
 * after task_add(), so that no TSYNC of another thread misses CHILD.
 */
void filter_inherit(struct task *child);

/*
 * For exit: T gives up its stack. It keeps its gate, which still answers as the stack did, until T
 * is freed. May be called twice.
 */
void filter_release(struct task *t);

/* How many filters exist, for the leak check. */
uint32_t filter_count(void);

/* ---- filter_sync.c: the caller holds group.threads_lock all the time ---- */

/*
 * The id of a thread that may not get the current task's stack; 0: there is none. Lets other tasks
 * run. [seccomp_can_sync_threads]
 */
[[nodiscard]] uint32_t filter_sync_obstacle(void);

/*
 * Gives the current task's stack to all other threads of its process, after
 * filter_sync_obstacle() and filter_attach(). Lets other tasks run. [seccomp_sync_threads]
 */
void filter_sync(void);

/* ---- filter_share.c ---- */

/*
 * Computes f->hash, where F stands on the stack whose newest filter is BELOW (NULL: none). Called
 * before filter_find_gate() and filter_set_gate(), unless F is private.
 */
void filter_hash(struct filter *f, const struct filter *below);

/*
 * The gate of a stack equal to the one whose newest filter is F, with a reference; NULL: none has
 * one.
 */
struct gate *filter_find_gate(const struct filter *f);

/* Makes GATE, whose reference is taken over, the gate of F's stack; NULL: it has none any more. */
void filter_set_gate(struct filter *f, struct gate *gate);

/* ---- filter_gate.c ---- */

/*
 * Finds or makes the gate of the stack whose newest filter is F; the stack has no SELF filters.
 * Lets other tasks run. Returns it with a reference; NULL: no memory.
 */
struct gate *filter_gate_with(const struct filter *f);

/*
 * The gate of T's stack, whatever T's own gate is now: a tracer may have replaced it. For a private
 * stack, which does not bind all of its tasks, gate_judge_all. No reference is taken.
 */
struct gate *filter_gate_of(const struct task *t);

/*
 * Gives T the gate that it must have. Called after T's mode, stack, tracer or user dispatch has
 * changed.
 */
void filter_update_gate(struct task *t);

/* ---- judge.c ---- */

/*
 * Judges the current task's call in FRAME, which is complete, and runs it or not. Called from
 * boot/trap.S (gate_judge) for what the gate does not decide by itself. Leaves the call's result in
 * a0 of FRAME, or a signal that is on its way.
 */
void judge(struct trapframe *frame);

/*
 * Judges the execve that starts the first program: FRAME has the registers with which a launcher
 * would make it. True: it may run. False: it was refused, and a0 of FRAME has its result, unless a
 * signal is on its way.
 */
bool judge_launch(struct trapframe *frame);

/* ---- bootfilter.c ---- */

/*
 * Installs /.portcullis/filter.0, .1 ... for the current task, oldest first. Returns only if they
 * are exactly those that the command line counts and names by their hash; else ends the boot:
 * refuse().
 */
void bootfilter_install(void);

/*
 * Returns only if bootfilter_install() would accept the filters; from then on they wait for it.
 */
void bootfilter_check(void);

/* Do filters wait for bootfilter_install()? */
bool bootfilter_waits(void);

/*
 * Checks the filters, and sees to it that bootfilter_install() is called when the current task,
 * which has just become the first program, gets to main. Returns only if main lies in the program.
 * Set by kernel/linux/trace; in an image without it the kernel's main() refuses --at main.
 */
extern void (*bootfilter_at_main)(void);

/* The part of a task that consists of its filters and its gate. */
extern const struct task_part filter_part;
