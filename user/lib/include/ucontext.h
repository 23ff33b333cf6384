/* SPDX-License-Identifier: BSD-2-Clause */
/* ucontext.h - what a handler's third argument points at, with glibc's riscv64 names. */
#pragma once

#include <signal.h>

/* Indices of __gregs: pc stands in x0's place, the others are register numbers. */
#define REG_PC 0
#define REG_RA 1
#define REG_SP 2
#define REG_TP 4
#define REG_S0 8
#define REG_S1 9
#define REG_A0 10
#define REG_S2 18
#define REG_NARGS 8

typedef struct {
	unsigned long __gregs[32];
	union __riscv_fp_state __fpregs;
} mcontext_t;

typedef struct ucontext_t {
	unsigned long uc_flags;
	struct ucontext_t *uc_link;
	stack_t uc_stack;
	sigset_t uc_sigmask;
	char __mask_room[1024 / 8 - sizeof(sigset_t)];
	mcontext_t uc_mcontext;
} ucontext_t;
