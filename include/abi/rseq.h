/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rseq.h - the area that a thread registers with rseq(2), and what
 * describes one sequence. [linux/rseq.h]
 */
#pragma once

#include <stdint.h>

#define RSEQ_FLAG_UNREGISTER		1
#define RSEQ_CPU_ID_UNINITIALIZED	-1

struct rseq {
	uint32_t cpu_id_start;
	uint32_t cpu_id;
	uint64_t rseq_cs; /* user address of a struct rseq_cs, or 0 */
	uint32_t flags;
	uint32_t pad[3];
} __attribute__((aligned(32)));

struct rseq_cs {
	uint32_t version;
	uint32_t flags;
	uint64_t start_ip;
	uint64_t post_commit_offset;
	uint64_t abort_ip;
} __attribute__((aligned(32)));
