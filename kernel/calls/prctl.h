/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * prctl.h - options of prctl(2) that modules have.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* ARGS: those behind the option. True, with the call's *RESULT; false: OPTION is none of these. */
struct prctl_options {
	bool (*control)(int option, const uint64_t args[4], long *result);
	const struct prctl_options *next;
};

/* Boot: asks O, too, from now on. */
void prctl_also(struct prctl_options *o);
