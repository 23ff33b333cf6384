/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseqs.h - restartable sequences: see kernel/core/task/rseq.h.
 */
#pragma once

struct trapframe;

/*
 * For rseq_interrupted: if FRAME is inside the current thread's sequence, moves its pc to the abort
 * handler. A broken area or sequence: SIGSEGV. [__rseq_handle_notify_resume]
 */
void rseqs_interrupted(struct trapframe *frame);
