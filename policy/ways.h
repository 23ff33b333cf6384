/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ways.h - the ways through a program for one number, as conditions on arguments in
 * words: "flags & 0x7e020000 == 0".
 */
#pragma once

#include "query.h"

/*
 * Prints what the program answers to the call of Q, and on which conditions on arguments that
 * Q leaves open; each line after INDENT. False, and nothing is printed: there are too many
 * ways, or they are not that simple.
 */
bool ways_print(FILE *to, struct arena *arena, const struct sock_filter *insns, uint32_t len, const struct query *q,
		const char *indent);
