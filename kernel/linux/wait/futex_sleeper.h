/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex_sleeper.h - the tasks that sleep on words; shared by futex.c and futex_waitv.c.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "hash.h"

struct task;

struct futex_key {
	const void *object; /* the address space or, in a shared mapping of a file, the backing */
	uint64_t offset;    /* the address, + 1 with FUTEX_PRIVATE_FLAG; or the offset in the file */
};

struct futex_sleeper {
	struct hashed hashed;
	struct futex_key key;
	uint32_t bitset;
	struct task *task;
	bool woken; /* and so in no list any more */
};

/* The key of the word at user address UADDR: 0, -EINVAL, -EFAULT. */
[[nodiscard]] int futex_get_key(uint64_t uaddr, bool private, struct futex_key *key);
/*
 * futex_queue(): S, whose key and task are filled in, sleeps on its word from now on.
 * futex_unqueue(): it does not any more, whether it was woken or not.
 */
void futex_queue(struct futex_sleeper *s);
void futex_unqueue(struct futex_sleeper *s);
/*
 * Wakes up to N of those who sleep on KEY with a bit of BITSET; one even if N is not positive. Lets
 * other tasks run now and then. Returns how many were woken. [futex_wake]
 */
[[nodiscard]] long futex_wake_key(const struct futex_key *key, uint32_t n, uint32_t bitset);

/* ---- futex_op.c ---- */

/* FUTEX_WAKE_OP, with its arguments in order: how many were woken, -EINVAL, -EFAULT, -ENOSYS. */
[[nodiscard]] long futex_wake_op(uint64_t uaddr, bool private, uint32_t wakes, uint64_t uaddr2, uint32_t wakes2,
				 uint32_t code);
