/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tighten.h - a policy without what recorded runs did not use.
 */
#pragma once

#include "command.h"
#include "profile.h"

/*
 * Pushes a new policy on STACK and returns it: OLD without what the N runs in FILES did not use.
 * Rules that refuse stay. Of a rule that lets calls run, the calls stay that were made, with as
 * much of their arguments as ARGS says; its comment tells where it comes from and how often it was
 * used. Unused rules stay, too, for the calls of BASE (NULL: of no library), for the execve that
 * starts the program, unless --no-exec is given, and where what installs the policy adds them
 * (IMPLIED).
 * Prints the rules that go on stderr, unless quiet. NULL after a line there: a run cannot be read.
 */
struct policy *tighten(struct invocation *in, struct stack *stack, const struct policy *old, char **files, int n,
		       enum profile_args args, const char *base, bool implied);
