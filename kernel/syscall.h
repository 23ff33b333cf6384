/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syscall.h - the table of system calls that calls.def makes.
 */
#pragma once

#include "gate.h"

struct trapframe;

/* A handler, whatever its arguments: the psABI lets it ignore argument registers. */
typedef void (*call_fn)(void);

/* By number; sys_none where there is no call. boot/trap.S and syscall_run() go through it. */
extern const call_fn call_table[SECCOMP_GATE_NRS];

/* By number: where boot/trap.S enters an allowed call. */
extern const gate_code call_entry[SECCOMP_GATE_NRS];

/* Runs the call of the frame, by its full 64-bit number and its original first argument; what a0 gets. From judge.c, which has allowed it. */
long syscall_run(struct trapframe *frame);

/* The name of a call, or NULL. */
const char *syscall_name(uint64_t nr);
