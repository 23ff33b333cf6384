/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * constants.h - what the two tables of this test are made of. ours.c and
 * linux.c fill one each from names.def; main.c compares them.
 */
#pragma once

struct constant {
	const char	  *name;
	unsigned long long value;
};

extern const struct constant ours[];		/* ends with a null name */
extern const struct constant linux_has[];	/* the same names, in the same order */
