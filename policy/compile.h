/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * compile.h - the rules of a policy as a program.
 */
#pragma once

#include "rules.h"

/*
 * Compiles a policy of rules; of one that is a program already, the program. Returns its
 * instructions, in STACK's memory, and their number in *LEN; or NULL after an error note: it is too
 * long for a filter. The program is legal, but what it answers is not checked here: see ask.h.
 */
const struct sock_filter *compile_policy(struct stack *stack, const struct policy *p, uint32_t *len);
