/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * panic.h - stops the machine after a bug in the kernel, or when a run cannot begin. Never for
 * anything that a user program can cause.
 */
#pragma once

#include <stdint.h>

struct trapframe;

/*
 * Exit statuses of QEMU with a meaning of their own. A program's exit status never appears as one
 * of the first three.
 */
enum {
	STATUS_DEADLINE = 124, /* the seconds of "deadline=" were over; as of timeout(1) */
	STATUS_REFUSED = 251,  /* the program did not begin */
	STATUS_LEAK = 252,     /* leakcheck found one */
	PANIC_STATUS = 253,
	STATUS_OTHER = 254, /* the program's own status was 251, 252 or 253 */
};

/*
 * At boot: DESCRIBE is called in a panic. It prints which task the kernel works for, in a line that
 * begins with "panic: ".
 */
void panic_tells(void (*describe)(void));

/* Prints the message, a backtrace and the task, and stops the machine with PANIC_STATUS. */
_Noreturn void panic(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The same for a trap in the kernel; FRAME has the registers of the code that trapped. */
_Noreturn void panic_trap(const struct trapframe *frame);

/*
 * Refuses to begin: what was asked for cannot be had. Prints the reason in one line and stops the
 * machine with STATUS_REFUSED. Called at boot, before the first program's first instruction.
 */
_Noreturn void refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
