/* SPDX-License-Identifier: BSD-2-Clause */
/* linux/ptrace.h - ptrace's numbers and structures. */
#pragma once

#include <abi/ptrace.h>
