/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_stack.h - a stack of policies as the kernel would have it: compiled, proved, attached; for
 * the verdict library's own evaluation.
 */
#pragma once

#include "ask.h"
#include "command.h"
#include "seccomp.h"

struct run_stack {
	struct stack *stack;
	struct seccomp_filter *newest;	/* ids from 1, oldest first */
	struct subject *subjects;	/* by their rules where they have some, oldest first */
	struct side side;		/* of the subjects */
	const struct policy **policies; /* by id - 1 */
};

/*
 * Compiles, proves and attaches every policy of STACK; without ASKER, run_stack_prove() does the
 * second. STATUS_YES; STATUS_UNDECIDED after a line on stderr where a program could not be proved;
 * STATUS_BAD where it is too long, or the kernel would refuse it for the path budget.
 */
enum status run_stack_make(struct invocation *in, struct stack *stack, struct asker *asker, struct run_stack *run);

/* Is every filter of RUN proved equal to its policy? If not, a line on stderr says why. */
bool run_stack_prove(const struct run_stack *run, struct asker *asker);

/*
 * Prepares an asker, as --patience and --careful (two solvers) say. STATUS_YES, or STATUS_BAD after
 * a line on stderr; ask_end() follows in either case.
 */
enum status ask_begin(const struct invocation *in, struct asker *asker);

/*
 * Frees the asker. Where something is left open, lines on stderr say of which calls of the stacks
 * (OTHER may be NULL), why, and what to do; then what was STATUS_YES is STATUS_UNDECIDED.
 */
enum status ask_end(struct asker *a, enum status status, const struct stack *one, const struct stack *other);

/*
 * The rule that answers in policy P, or its default, in words: "docker.json:671", "default at
 * docker.json:2", "pc=5 of x.bpf".
 */
const char *run_stack_why(struct arena *arena, const struct policy *p, const struct seccomp_data *data);

/* The policy whose filter decides; NULL: none, all allow. */
const struct policy *run_stack_decider(const struct run_stack *run, const struct seccomp_data *data);
