/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.h - the table of system calls that calls.def makes.
 */
#pragma once

#include "gate.h"

struct trapframe;

/*
 * The calls that boot/trap.S does not enter at gate_call: those marked QUICK and FULL
 * in calls.def, for gate_init().
 */
struct syscall_special {
	uint32_t nr;
	gate_code entry;
};
extern const struct syscall_special syscall_specials[];
extern const size_t syscall_special_count;

/*
 * Runs the call in FRAME, by its full 64-bit number and its original first argument, and returns
 * what a0 gets. Called from judge.c, which has allowed it.
 */
[[nodiscard]] long syscall_run(struct trapframe *frame);
