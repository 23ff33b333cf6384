/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for machine code of filters that look at arguments, which Linux calls
 * CONFIG_BPF_JIT, and for the ranges of numbers beyond a gate's table that get one answer. Without
 * it all these calls go to the judge, who runs the programs: the same answers, slower.
 */
#include "module.h"

#include <stddef.h>

#include "code.h"
#include "jit.h"

static void init_jit(void)
{
	gate_coder = &jit_coder;
}

static const struct counted jit_counted[] = { { "units of code", code_count }, { NULL, NULL } };

const struct module jit_module = { .name = "jit", .init = init_jit, .purge = code_purge, .counted = jit_counted };
