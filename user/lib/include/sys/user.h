/* SPDX-License-Identifier: BSD-2-Clause */
/* sys/user.h - struct user_regs_struct. */
#pragma once

#include <abi/ptrace.h>
