/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * foreign.h - names of calls of the architectures that logs come from.
 */
#pragma once

#include <stdint.h>

/*
 * The name of call NR of the architecture of that AUDIT_ARCH_ token: riscv64, aarch64 and x86-64
 * are known. NULL: nobody knows.
 */
const char *foreign_call_name(uint32_t arch, uint32_t nr);
