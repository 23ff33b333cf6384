/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.h - what calls.def says about system calls: which have entries of their own; and running
 * one, for the judge.
 */
#pragma once

#include "gate.h"

struct trapframe;

/*
 * The calls with an entry other than gate_call: those marked QUICK and FULL in calls.def. For
 * gate_init().
 */
struct syscall_special {
	uint32_t nr;
	gate_code entry;
};
extern const struct syscall_special syscall_specials[];
extern const size_t syscall_special_count;

/*
 * Runs the call in FRAME, by all 64 bits of its number and with its original first argument, and
 * returns what a0 gets; -ENOSYS: there is no such call. Called by the judge, who has allowed it.
 */
[[nodiscard]] long syscall_run(struct trapframe *frame);
