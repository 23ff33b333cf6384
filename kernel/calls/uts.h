/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uts.h - the names that uname(2) and /proc/version give. Defined in sys_misc.c.
 */
#pragma once

#include <abi/utsname.h>

#include "ns.h"

extern struct new_utsname uts; /* of the initial namespace */

struct utsns {
	struct ns ns;
	struct new_utsname names;
};

/* The names in the current task's UTS namespace. */
struct new_utsname *uts_current(void);
