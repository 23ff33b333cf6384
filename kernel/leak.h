/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * leak.h - is all that a run made gone at its end? Called by init.c.
 */
#pragma once

#include <stdbool.h>

/* Before the first program: counts what there is of each kind. */
void leak_begin(void);
/*
 * When all processes are gone: says what there is more or less of than then, in a line. True: there
 * is.
 */
bool leak_found(void);
