/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * prctl.h - options of prctl(2) that modules have.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * A module's options. control() serves OPTION, whose arguments 2 to 5 are ARGS, and stores what
 * prctl(2) is to return in *RESULT; false: the module does not know OPTION.
 */
struct prctl_options {
	bool (*control)(int option, const uint64_t args[4], long *result);
	const struct prctl_options *next;
};

/* Called at boot: prctl(2) asks O, which stays the caller's and must last, for options, too. */
void prctl_also(struct prctl_options *o);
