/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tighten.h - a policy without what recorded runs did not use.
 */
#pragma once

#include "command.h"
#include "profile.h"

/*
 * Of every rule of OLD that lets calls run, pushes on STACK what the N runs in FILES used, with
 * what ARGS says of the arguments, and of the other rules all: NEW, whose rules have where they
 * come from and how often they were used as comments. BASE (NULL: none): rules for its calls stay,
 * used or not; so does the one for the execve that starts the program, but for --no-exec. IMPLIED:
 * so do rules that what installs the policy adds. Prints the rules that go on stderr, unless quiet.
 * NULL after a line there: a run cannot be read.
 */
struct policy *tighten(struct invocation *in, struct stack *stack, const struct policy *old, char **files, int n,
		       enum profile_args args, const char *base, bool implied);
