/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * diff.h - what two stacks of policies answer differently, for all inputs.
 *
 * A difference has a call that shows it, which has been run on both stacks by seccomp_evaluate(),
 * the kernel's own.
 */
#pragma once

#include "run_stack.h"

enum change {
	CHANGE_WEAKER,
	CHANGE_STRICTER,
	CHANGE_OTHER, /* as strict: another errno, other data */
	CHANGES,
};

struct difference {
	enum change change;
	struct box box;
	uint32_t old, new; /* what the example is answered */
	bool always;	   /* whatever the arguments */
	struct seccomp_data example;
};

struct diff {
	struct arena *arena;
	const struct run_stack *old, *new;
	struct difference *list;
	size_t n, room;
	bool undecided; /* the solver could not tell for some calls */
	bool wrong;	/* it claimed a difference that running the filters does not show */
};

/* Fills in the list of D, of which arena, old and new are set. */
void diff_find(struct diff *d, struct asker *asker);
