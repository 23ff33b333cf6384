/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * module.c - the module for core files: what is left of a process that a signal like SIGSEGV, or a
 * filter's kill, has ended.
 */
#include "module.h"

#include "coredump.h"
#include "signal.h"

static void init_coredump(void)
{
	signal_on_core(coredump_write);
}

const struct module coredump_module = { .name = "coredump", .init = init_coredump };
