/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex_sleeper.h - the tasks that sleep on words of user memory: what futex.c, futex_op.c and
 * futex_waitv.c share.
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
	bool woken; /* by a waker, which has taken it off the table */
};

/*
 * Stores the key of the word at user address UADDR in *KEY. PRIVATE: with FUTEX_PRIVATE_FLAG. 0;
 * -EINVAL: UADDR is not aligned; or -EFAULT. [get_futex_key]
 */
[[nodiscard]] int futex_get_key(uint64_t uaddr, bool private, struct futex_key *key);
/*
 * futex_queue() adds S, whose other fields are filled in, to those that futex_wake_key() finds; S
 * stays the caller's. futex_unqueue() removes it, unless a waker has done that.
 */
void futex_queue(struct futex_sleeper *s);
void futex_unqueue(struct futex_sleeper *s);
/*
 * Wakes up to N (1, if N is not positive) of the sleepers on KEY whose bitsets share a bit with
 * BITSET. Lets other tasks run now and then. Returns how many were woken. [futex_wake]
 */
[[nodiscard]] long futex_wake_key(const struct futex_key *key, uint32_t n, uint32_t bitset);

/* ---- futex_op.c ---- */

/* FUTEX_WAKE_OP, with its arguments in order: how many were woken, -EINVAL, -EFAULT, -ENOSYS. */
[[nodiscard]] long futex_wake_op(uint64_t uaddr, bool private, uint32_t wakes, uint64_t uaddr2, uint32_t wakes2,
				 uint32_t code);
