/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * panic.h - the end: after a bug in the kernel, or of a run that cannot begin. Never for anything
 * that a user program can cause.
 */
#pragma once

#include <stdint.h>

struct trapframe;

/* Exit statuses of QEMU that no program's is passed on as. */
enum {
	STATUS_DEADLINE = 124, /* "deadline=" was over; timeout(1) has it, too */
	STATUS_REFUSED = 251,  /* the program did not begin */
	STATUS_LEAK = 252,     /* leakcheck found one */
	PANIC_STATUS = 253,
	STATUS_OTHER = 254, /* a program's that was one of these */
};

/* Boot: DESCRIBE prints for whom the kernel works, in a line that begins with "panic: ". */
void panic_tells(void (*describe)(void));

/* Says why, where from and for whom, and stops the machine with PANIC_STATUS. */
_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same after a trap in the kernel, with its registers. */
_Noreturn void panic_trap(const struct trapframe *frame);

/*
 * What was asked for cannot be had, so nothing runs: says why in one line and stops the machine
 * with STATUS_REFUSED. Called at boot, before the first program's first instruction.
 */
_Noreturn void refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
