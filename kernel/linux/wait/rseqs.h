/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseqs.h - restartable sequences: see kernel/core/task/rseq.h.
 */
#pragma once

struct trapframe;

void rseqs_interrupted(struct trapframe *frame);
