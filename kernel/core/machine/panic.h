/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * panic.h - the end, after a bug in the kernel. Never for anything that a user program can cause.
 */
#pragma once

#include <stdint.h>

struct trapframe;

#define PANIC_STATUS 253 /* QEMU's exit status; no program's is passed on with this value */

/* Says why, where from and for whom, and stops the machine with PANIC_STATUS. */
_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same after a trap in the kernel, with its registers. */
_Noreturn void panic_trap(const struct trapframe *frame);
