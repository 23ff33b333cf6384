/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * symbolic_rules.h - what symbolic.c takes from symbolic_rules.c.
 */
#pragma once

#include "symbolic.h"

/*
 * See symbolic_outcomes(); of the rules of P. An outcome's WHEN is meant where no earlier one is.
 */
void symbolic_rules(struct symbols *sym, struct arena *arena, const struct policy *p, const struct box *box,
		    struct outcomes *out, struct cut *cut);

/*
 * Does every number of the range compare so with VALUE (1), or none (0)?
 * -1: from *CUT on it is otherwise.
 */
int range_compares(const uint32_t range[2], enum test test, uint64_t value, uint64_t *cut);
