/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex_op.c - FUTEX_WAKE_OP: changes one word, and wakes tasks that sleep on another. If the old
 * value of the changed word meets a condition, tasks that sleep on that word are woken, too.
 * [futex_wake_op]
 */
#include <abi/errno.h>
#include <abi/futex.h>

#include "futex_sleeper.h"
#include "usercopy.h"

/* The last argument of the call, decoded: FUTEX_OP_* and FUTEX_OP_CMP_* with their operands. */
struct wake_op {
	unsigned op, compare;
	int32_t argument, compared; /* sign-extended from 12 bits */
};

static int32_t sign_extend_12(uint32_t bits)
{
	return (int32_t)(bits << 20) >> 20;
}

static struct wake_op decode_op(uint32_t code)
{
	struct wake_op o = {
		.op = code >> 28 & 7,
		.compare = code >> 24 & 15,
		.argument = sign_extend_12(code >> 12),
		.compared = sign_extend_12(code),
	};

	if (code >> 28 & FUTEX_OP_OPARG_SHIFT)
		o.argument = (int32_t)(1U << (o.argument & 31));
	return o;
}

/* Changes the word at UADDR, and stores its old value in *OLD: 0, -EFAULT or -ENOSYS. */
static int change_word(const struct wake_op *o, uint64_t uaddr, int32_t *old)
{
	const uint32_t argument = (uint32_t)o->argument;
	uint32_t word;

	if (o->op > FUTEX_OP_XOR)
		return -ENOSYS;
	if (load_user_u32(&word, uaddr) != 0)
		return -EFAULT;
	*old = (int32_t)word;
	switch (o->op) {
	case FUTEX_OP_SET:
		word = argument;
		break;
	case FUTEX_OP_ADD:
		word += argument;
		break;
	case FUTEX_OP_OR:
		word |= argument;
		break;
	case FUTEX_OP_ANDN:
		word &= ~argument;
		break;
	default:
		word ^= argument;
		break;
	}
	return copy_to_user(uaddr, &word, sizeof(word));
}

/* Does OLD meet the condition? 1, 0 or -ENOSYS. */
static int compare_word(const struct wake_op *o, int32_t old)
{
	switch (o->compare) {
	case FUTEX_OP_CMP_EQ:
		return old == o->compared;
	case FUTEX_OP_CMP_NE:
		return old != o->compared;
	case FUTEX_OP_CMP_LT:
		return old < o->compared;
	case FUTEX_OP_CMP_LE:
		return old <= o->compared;
	case FUTEX_OP_CMP_GT:
		return old > o->compared;
	case FUTEX_OP_CMP_GE:
		return old >= o->compared;
	default:
		return -ENOSYS;
	}
}

long futex_wake_op(uint64_t uaddr, bool private, uint32_t wakes, uint64_t uaddr2, uint32_t wakes2, uint32_t code)
{
	const struct wake_op o = decode_op(code);
	struct futex_key key, key2;
	int32_t old;
	int err = futex_get_key(uaddr, private, &key);
	long woken;

	if (err == 0)
		err = futex_get_key(uaddr2, private, &key2);
	if (err == 0)
		err = change_word(&o, uaddr2, &old);
	if (err == 0)
		err = compare_word(&o, old);
	if (err < 0)
		return err;
	woken = futex_wake_key(&key, wakes, FUTEX_BITSET_MATCH_ANY);
	return err == 0 ? woken : woken + futex_wake_key(&key2, wakes2, FUTEX_BITSET_MATCH_ANY);
}
