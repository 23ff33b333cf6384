/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * trap.h - the C functions that boot/trap.S calls; hart.h has the trapframe that they get.
 */
#pragma once

#include "hart.h"

/* Called from trap.S with the complete frame. */
void trap_user(struct trapframe *frame);   /* a fault or an interrupt in user mode */
void trap_kernel(struct trapframe *frame); /* a trap in kernel mode: a usercopy fault, or a bug */
void trap_work(struct trapframe *frame);   /* hart.work is not zero on the way out */

/* If set, called at each breakpoint in a program; true: it was one of the kernel's. */
extern bool (*trap_breakpoint)(struct trapframe *frame);
