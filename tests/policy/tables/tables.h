/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tables.h - what linux.c and libc.c say of the names in policy/constants.def; main.c compares.
 * Each table ends with a null name.
 */
#pragma once

#include <stddef.h>

struct value {
	const char *name;
	unsigned long long value;
};

extern const struct value linux_has[];
extern const struct value libc_has[];
