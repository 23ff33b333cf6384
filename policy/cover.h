/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cover.h - which rules and instructions of a policy calls went through.
 */
#pragma once

#include "run_stack.h"

struct cover {
	const struct policy *policy;
	const struct seccomp_program *program; /* that it became */
	uint64_t *rules;		       /* how often each rule answered; behind them the default */
	uint64_t *instructions;		       /* how often each was reached */
	struct sock_filter *copy;	       /* of the program, for cover_take() */
};

void cover_init(struct cover *c, struct arena *arena, const struct policy *p, const struct seccomp_program *program);

/* Counts N calls like DATA. */
void cover_take(struct cover *c, const struct seccomp_data *data, uint64_t n);
