/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uts.h - how this kernel calls itself: uname(2) and /proc/version. Defined in sys_misc.c.
 */
#pragma once

#include <abi/utsname.h>

extern struct new_utsname uts;
