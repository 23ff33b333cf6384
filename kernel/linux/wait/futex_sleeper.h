/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex_sleeper.h - what futex.c and futex_waitv.c share: who sleeps on which word.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "list.h"

struct task;

struct futex_key {
	const void *object; /* inode or mm */
	uint64_t offset;    /* or address; + 1 when called private */
};

struct futex_sleeper {
	struct list link;
	struct futex_key key;
	uint32_t bitset;
	struct task *task;
	bool woken; /* then it is on no list any more */
};

/* The word at user address UADDR: 0, -EINVAL, -EFAULT. */
[[nodiscard]] int futex_get_key(uint64_t uaddr, bool private, struct futex_key *key);
/*
 * S, whose key and task are filled in, sleeps on its word from now on, until it
 * is woken or taken off its list.
 */
void futex_queue(struct futex_sleeper *s);
