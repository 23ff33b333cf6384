/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseq.h - restartable sequences: code of a program that begins anew when its thread lost
 * the processor in the midst of it.
 */
#pragma once

#include <stdint.h>

struct trapframe;

/* What a thread has registered. */
struct rseq_state {
	uint64_t area; /* user address of its struct rseq; 0: none */
	uint32_t signature;
};

/*
 * From trap_work, when the current task was interrupted or a signal waits: if FRAME lies in
 * a sequence, it goes to its end.
 */
void rseq_interrupted(struct trapframe *frame);
