/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * c_value.h - constant expressions of C, as programs write them into filters.
 */
#pragma once

#include "scan.h"

/* Skips blanks, comments and lines of the preprocessor. */
void c_skip(struct scan *s);

/*
 * Takes an expression of numbers, Linux's constants, __NR_ and SYS_ numbers, #define names
 * of the same file and offsetof(struct seccomp_data, ...); with | ^ & << >> + - * ~ and
 * casts. False after an error note.
 */
bool c_value(struct scan *s, uint64_t *value);
