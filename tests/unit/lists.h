/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lists.h - for tests: programs that are large in one call, of the shapes that libseccomp,
 * minijail, snapd, Android and Chromium make, and calls that matter to them.
 */
#pragma once

#include "generate.h"

#define LIST_MAX 4096U

struct list {
	uint32_t len;
	struct sock_filter insns[LIST_MAX];
};

static inline void list_add(struct list *l, uint16_t code, uint32_t k, uint8_t jt, uint8_t jf)
{
	l->insns[l->len++] = (struct sock_filter){ code, jt, jf, k };
}

static inline void list_load(struct list *l, uint32_t offset)
{
	list_add(l, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static inline void list_ret(struct list *l, uint32_t k)
{
	list_add(l, BPF_RET | BPF_K, k, 0, 0);
}

enum shape {
	LIST_VALUES,  /* 32 bits of an argument, each value with a RET of its own */
	LIST_64,      /* 64 bits, the upper half first: libseccomp */
	LIST_64_LOW,  /* the lower half first */
	LIST_WIDE,    /* 64 bits whose upper halves differ */
	LIST_PAIRS,   /* two arguments: snapd's socket */
	LIST_MASKED,  /* a masked value each: minijail's &, systemd */
	LIST_RANGES,  /* from, to */
	LIST_ERRNOS,  /* each value with its own errno */
	LIST_TREE,    /* a balanced search of its own: Chromium */
	LIST_MIXED,   /* all tests there are, of two arguments */
	LIST_SHAPES
};

/* A value of a list; some are neighbours, some are there twice. */
static inline uint32_t list_value(uint32_t i)
{
	switch (i % 7) {
	case 5:
		return 0x5401 + (i - 1) * 0x9e3779b1 + 1;
	case 6:
		return 0x5401 + (i / 2) * 0x9e3779b1;
	default:
		return 0x5401 + i * 0x9e3779b1;
	}
}

/*
 * ALLOW in the tree of list_value(FROM) to list_value(TO - 1), in order; falls out of it, or jumps
 * over a RET, for others.
 */
static inline void list_tree(struct list *l, uint32_t from, uint32_t to)
{
	if (to - from == 1) {
		list_add(l, BPF_JMP | BPF_JEQ | BPF_K, from * 1000, 0, 1);
		list_ret(l, SECCOMP_RET_ALLOW);
		list_ret(l, SECCOMP_RET_ERRNO | 3);
		return;
	}
	const uint32_t middle = (from + to) / 2, jump = l->len;

	list_add(l, BPF_JMP | BPF_JGE | BPF_K, middle * 1000, 1, 0);
	list_add(l, BPF_JMP | BPF_JA, 1, 0, 0);
	list_add(l, BPF_JMP | BPF_JA, 0, 0, 0);
	list_tree(l, from, middle);
	l->insns[jump + 2].k = l->len - jump - 3;
	list_tree(l, middle, to);
}

static inline void list_one(struct list *l, enum shape shape, uint32_t i, uint64_t *seed)
{
	const uint32_t v = list_value(i);

	switch (shape) {
	case LIST_VALUES:
	case LIST_ERRNOS:
		if (i == 0)
			list_load(l, 24);
		list_add(l, BPF_JMP | BPF_JEQ | BPF_K, v, 0, 1);
		list_ret(l, shape == LIST_VALUES ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | (i % 200));
		break;
	case LIST_64:
	case LIST_64_LOW:
	case LIST_WIDE:
		list_load(l, shape == LIST_64_LOW ? 24 : 28);
		list_add(l, BPF_JMP | BPF_JEQ | BPF_K, shape == LIST_64 ? 0 : shape == LIST_WIDE ? i / 3 : v, 0, 3);
		list_load(l, shape == LIST_64_LOW ? 28 : 24);
		list_add(l, BPF_JMP | BPF_JEQ | BPF_K, shape == LIST_64_LOW ? 0 : v, 0, 1);
		list_ret(l, SECCOMP_RET_ALLOW);
		break;
	case LIST_PAIRS:
		list_load(l, 16);
		list_add(l, BPF_JMP | BPF_JEQ | BPF_K, i / 3, 0, 3);
		list_load(l, 24);
		list_add(l, BPF_JMP | BPF_JEQ | BPF_K, i % 3, 0, 1);
		list_ret(l, SECCOMP_RET_ALLOW);
		break;
	case LIST_MASKED:
		list_load(l, 24);
		list_add(l, BPF_ALU | BPF_AND | BPF_K, i << 16 | 0xff00, 0, 0);
		list_add(l, BPF_JMP | BPF_JEQ | BPF_K, i << 8 & 0xff00, 0, 1);
		list_ret(l, SECCOMP_RET_ALLOW);
		break;
	case LIST_RANGES:
		list_load(l, 24);
		list_add(l, BPF_JMP | BPF_JGE | BPF_K, v, 0, 2);
		list_add(l, BPF_JMP | BPF_JGT | BPF_K, v + 100, 1, 0);
		list_ret(l, SECCOMP_RET_ALLOW);
		break;
	default: {
		static const uint16_t tests[] = { BPF_JEQ, BPF_JEQ, BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET };

		list_load(l, 16 + 4 * chance(seed, 4));
		if (chance(seed, 4) == 0)
			list_add(l, BPF_ALU | BPF_AND | BPF_K, 0xff << chance(seed, 8), 0, 0);
		list_add(l, (uint16_t)(BPF_JMP | tests[chance(seed, 6)] | BPF_K), chance(seed, 12), 0, 1);
		list_ret(l, chance(seed, 4) == 0 ? SECCOMP_RET_ERRNO | chance(seed, 3) : SECCOMP_RET_ALLOW);
		break;
	}
	}
}

/* A list of N of SHAPE for number NR; other numbers are allowed. */
static inline void list_make(struct list *l, enum shape shape, uint32_t nr, uint32_t n, uint64_t *seed)
{
	l->len = 0;
	list_load(l, 0);
	list_add(l, BPF_JMP | BPF_JEQ | BPF_K, nr, 1, 0);
	list_ret(l, SECCOMP_RET_ALLOW);
	if (shape == LIST_TREE) {
		list_load(l, 24);
		list_tree(l, 0, n);
		return;
	}
	for (uint32_t i = 0; i < n; i++)
		list_one(l, shape, i, seed);
	list_ret(l, SECCOMP_RET_ERRNO | 2);
}
