/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profile.h - what recorded runs did, as the rules of a policy that allows just that.
 */
#pragma once

#include "events.h"
#include "rules.h"

enum profile_args {
	PROFILE_NONE,  /* calls by their names alone */
	PROFILE_FLAGS, /* flags: no other than were seen; small sets of names (a family, an operation): these values */
	PROFILE_EXACT, /* and small sets of numbers and descriptors */
};

struct profile;

struct profile *profile_create(struct arena *arena);

/*
 * Is the record a call of which a policy can speak? What has no name is none: a policy allows no
 * numbers.
 */
bool profile_counts(const struct event *e);

/*
 * Every record of a run, in order; RUN counts the runs from 1. A call that was refused
 * counts, too: the program made it.
 */
void profile_take(struct profile *p, const struct event *e, unsigned int run);

/*
 * Was it not looked up yet which place makes calls like E, which was taken? profile_place() says
 * so; PLACE of NULL: it is not known.
 */
bool profile_lacks_place(struct profile *p, const struct event *e);
void profile_place(struct profile *p, const struct event *e, const char *place);

/* The program calls NR at its start or end on other machines, whether or not it was seen. */
void profile_base(struct profile *p, uint32_t nr);

/*
 * After all runs: finds the calls that none of them made, and that a run which ends otherwise, is
 * stopped, or has a newer C library makes. profile_unseen(): why NR is one; NULL: it is none.
 */
void profile_find_unseen(struct profile *p);
const char *profile_unseen(const struct profile *p, uint32_t nr);

/*
 * A C library asked what standard output or error is, and it was no terminal: of one it would have
 * asked the settings.
 */
bool profile_lacks_terminal(const struct profile *p, enum profile_args args);

/* There were N runs, including those that made none of the calls. */
void profile_runs(struct profile *p, unsigned int n);

/* How many calls were seen, and of how many numbers. */
uint64_t profile_calls(const struct profile *p, unsigned int *numbers);

/*
 * Appends the rules to POLICY. Each rule's comment is its evidence: how often, in which runs, and
 * from where first. Values of several arguments are allowed as they came together, up to some 250
 * such sets; from there on each with each. What has more values than rules can list is left free.
 * Every call that was taken is allowed by them.
 */
void profile_rules(const struct profile *p, enum profile_args args, struct stack *stack, struct policy *policy);

/* Appends the rule that profile_lacks_terminal() is about. */
void profile_terminal(struct stack *stack, struct policy *policy);

/*
 * Appends rules that answer ENOSYS to calls that POLICY has no rule for, and that C libraries try
 * before an older one that it allows. Unless ALL, only numbers below its highest one: above that,
 * runc answers ENOSYS by itself, as long as the policy names none of them.
 */
void profile_fallbacks(struct stack *stack, struct policy *policy, bool all);
