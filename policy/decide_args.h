/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * decide_args.h - the rules that are left when the number is known, as a
 * decision graph over the arguments.
 */
#pragma once

#include "graph.h"
#include "rules.h"

/*
 * The graph of what the policy answers to the numbers FIRST to LAST, between which no
 * rule begins or ends, into *NODE. False: the rules for one call have more conditions
 * than a filter can have instructions.
 */
bool decide_args(struct graph *g, const struct policy *p, uint32_t first, uint32_t last, uint32_t *node);
