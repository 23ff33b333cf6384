/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * foreign.h - calls of the architectures that logs and dumps come from: x86-64, i386, aarch64, and
 * riscv64, by their AUDIT_ARCH_ tokens.
 *
 * A call of another architecture has the arguments that riscv64's call of that name has; where
 * there is none, or they lie elsewhere, those of foreign_args.def, or six without a name.
 */
#pragma once

#include "names.h"

/*
 * The call of that number, of the N bytes of that name; NULL: nobody knows. Newer calls have the
 * same number on all architectures, also on those that are not known otherwise.
 */
const struct call *arch_call(uint32_t arch, uint32_t nr);
const struct call *arch_call_by_name(uint32_t arch, const char *name, size_t n);

/* All in the order of numbers; *N is how many. 0: nobody knows the architecture. */
const struct call *arch_calls(uint32_t arch, size_t *n);

/* Has it registers of 32 bits? Then the upper half of every argument is 0. */
bool arch_is_narrow(uint32_t arch);

/* The token of an architecture by its name as it is told, "x86_64"; 0: nobody knows it. */
uint32_t arch_by_name(const char *name, size_t n);

/* x32's calls come with x86-64's architecture, and with this bit in the number. */
#define X32_BIT 0x40000000U

/* The name of the call of that number, or NULL. Newer numbers are alike on all architectures. */
const char *foreign_call_name(uint32_t arch, uint32_t nr);
