/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * leak.h - the leak check: is everything gone at the end of a run that the run has made? Called by
 * init.c, with "leakcheck" on the command line.
 */
#pragma once

#include <stdbool.h>

/* Before the first program: counts what there is of each kind. */
void leak_begin(void);
/*
 * When all processes are gone: counts again, and prints in a line which kinds there are more of (or
 * fewer, of those with a name) than leak_begin() counted. True: there is one.
 */
bool leak_found(void);
