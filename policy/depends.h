/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * depends.h - what arguments mean when others are known: the second one of prctl() is a signal
 * where the first is PR_SET_PDEATHSIG. The table is depends.def.
 */
#pragma once

#include "names.h"

/*
 * CALL with the types and kinds that its arguments have where those in KNOWN, a bit for each, have
 * the values ARGS.
 */
struct call call_meant(const struct call *call, const uint64_t args[6], uint32_t known);

/* How many of its arguments CALL looks at where they are these. */
unsigned int call_uses(const struct call *call, const uint64_t args[6]);
