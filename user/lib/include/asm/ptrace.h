/* SPDX-License-Identifier: BSD-2-Clause */
/* asm/ptrace.h - riscv64's register sets. */
#pragma once

#include <abi/ptrace.h>
