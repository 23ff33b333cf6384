/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * constants.h - what the tables of this test are made of. ours.c, linux.c and libc.c fill one each
 * from names.def; main.c compares the first with the others.
 */
#pragma once

struct constant {
	const char	  *name;
	unsigned long long value;
};

/* Each ends with a null name. ours has every name; of the others one. */
extern const struct constant ours[];
extern const struct constant linux_has[];
extern const struct constant libc_has[];
