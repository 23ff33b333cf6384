/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * program.h - a filter that is written instruction by instruction, for large.c and asked.c.
 */
#pragma once

#include "bench.h"

static struct sock_filter insns[4096];
static size_t len;

static inline void add(uint16_t code, uint32_t k, uint8_t jt, uint8_t jf)
{
	insns[len++] = (struct sock_filter){ code, jt, jf, k };
}

static inline void load(uint32_t offset)
{
	add(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static inline void jeq(uint32_t k, uint8_t jt, uint8_t jf)
{
	add(BPF_JMP | BPF_JEQ | BPF_K, k, jt, jf);
}

static inline void ret(uint32_t k)
{
	add(BPF_RET | BPF_K, k, 0, 0);
}

static inline void finish(uint32_t answer)
{
	ret(answer);
	install(insns, len, 1);
	len = 0;
}

#define DENY (SECCOMP_RET_ERRNO | 13)
