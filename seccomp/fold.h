/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fold.h - constant folding: what an arithmetic instruction makes of known operands.
 */
#pragma once

#include "seccomp.h"

/* The result of instruction I on A and X, by the reference interpreter. */
static inline uint32_t fold_insn(struct sock_filter i, uint32_t a, uint32_t x)
{
	const struct sock_filter program[] = {
		BPF_STMT(BPF_LDX | BPF_IMM, x),
		BPF_STMT(BPF_LD | BPF_IMM, a),
		i,
		BPF_STMT(BPF_RET | BPF_A, 0),
	};
	const struct seccomp_data none = { .nr = 0 };

	return seccomp_run(program, 4, &none).ret;
}
