/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * decision.h - what a policy decides, folded by call: runs of numbers that are answered alike, and
 * what is asked of the arguments of the others.
 */
#pragma once

#include "run_stack.h"
#include "ways.h"

/* Numbers FIRST to LAST. */
struct decision_run {
	uint32_t first, last;
	size_t calls; /* of them that the architecture has */
	uint64_t count;
};

/*
 * One answer to a call that is asked for its arguments, where no earlier branch of its set matches.
 */
struct decision_branch {
	const char *when; /* "": always */
	const char *why;  /* where the policy says so */
	uint32_t ret;
	const struct rule *rule; /* that answers so, or NULL */
	const struct way *way;	 /* through a program, or NULL; if both are NULL, this is what remains */
	uint64_t count;
};

/* Numbers that are answered alike: by one answer, or by the same questions. */
struct decision_set {
	struct decision_run *runs;
	size_t n_runs, room_runs;
	size_t calls; /* in all runs */
	bool constant;
	uint32_t ret; /* if it is constant */
	struct decision_branch *branches;
	size_t n_branches;
	bool opaque;	 /* too much is asked to be told: the branches are answers alone */
	const char *key; /* equal for equal branches */
	uint64_t count;
};

struct decision {
	struct arena *arena;
	const struct policy *policy;
	uint32_t arch;		   /* whose calls are meant: AUDIT_ARCH_* */
	struct decision_set *sets; /* ALLOW, then those that look at arguments, then by severity */
	size_t n, room;
	bool every_arch;	/* the architecture makes no difference */
	const char *foreign;	/* what calls of other architectures are answered, in words */
	uint32_t foreign_ret;	/* the strictest of these answers */
	uint64_t foreign_count; /* how many calls of other architectures were counted */
	uint64_t count;		/* how many calls were counted in all */
};

/* What policy P decides of the calls of ARCH. False: the solver's boxes are too many. */
bool decision_make(struct decision *d, struct asker *asker, struct arena *arena, const struct policy *p, uint32_t arch);

/* Counts N calls like DATA on their way. */
void decision_count(struct decision *d, const struct seccomp_data *data, uint64_t n);

/*
 * "0-17  io_setup ... getcwd": the run, and the calls in it; at most WIDTH characters if that can
 * be.
 */
const char *decision_run_names(const struct decision *d, const struct decision_run *r, size_t width);
