/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseq.h - restartable sequences: code of a program that is restarted when its thread lost the
 * processor inside it.
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
 * If FRAME lies inside a sequence, sends it to the sequence's abort handler. Called from
 * trap_work(), when the current task was preempted or has a signal. kernel/linux/wait does it;
 * without it no thread has sequences.
 */
extern void (*rseq_interrupted)(struct trapframe *frame);
