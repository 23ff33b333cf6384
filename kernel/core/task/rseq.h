/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseq.h - restartable sequences (rseq(2)): a stretch of a program's code that is abandoned, and
 * begun anew, if its thread is preempted or gets a signal inside it.
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
 * If the pc of FRAME lies inside a sequence, makes it the sequence's abort handler. Called from
 * trap_work(), when the current task is to be preempted or has a signal. Set by kernel/linux/wait;
 * without it no thread has sequences.
 */
extern void (*rseq_interrupted)(struct trapframe *frame);
