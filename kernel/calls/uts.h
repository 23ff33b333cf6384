/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uts.h - the names that uname(2) and /proc/version give. Defined in sys_misc.c.
 */
#pragma once

#include <abi/utsname.h>

extern struct new_utsname uts;
