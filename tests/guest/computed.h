/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * computed.h - a filter that has to be run at each call.
 */
#pragma once

#include "guest.h"

/*
 * A whole program: this action for this call where (a0 * a1 + a2) * a3, by their lower halves, is
 * this value, ALLOW for all others.
 */
#define ON_COMPUTED(number, value, action)                                                                     \
	LOAD_NR, SKIP_UNLESS(number, 12), LOAD(ARG_LOW(0)), BPF_STMT(BPF_MISC | BPF_TAX, 0), LOAD(ARG_LOW(1)), \
		BPF_STMT(BPF_ALU | BPF_MUL | BPF_X, 0), BPF_STMT(BPF_MISC | BPF_TAX, 0), LOAD(ARG_LOW(2)),     \
		BPF_STMT(BPF_ALU | BPF_ADD | BPF_X, 0), BPF_STMT(BPF_MISC | BPF_TAX, 0), LOAD(ARG_LOW(3)),     \
		BPF_STMT(BPF_ALU | BPF_MUL | BPF_X, 0), SKIP_UNLESS(value, 1), RETURN(action), ALLOW
