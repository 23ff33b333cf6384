/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * futex-wake-op-changes-one-word-and-wakes-on-two - FUTEX_WAKE_OP's operations and comparisons,
 * with their arguments of 12 bits; who is woken, and how many; and that a number of 0 or less wakes
 * one.
 */
#include "guest.h"

static volatile int first, second;
static struct thread threads[4];
static volatile long ready;

static unsigned code(unsigned op, unsigned argument, unsigned compare, unsigned compared)
{
	return op << 28 | compare << 24 | (argument & 0xfff) << 12 | (compared & 0xfff);
}

static long wake_op(long wakes, long wakes2, unsigned what)
{
	return raw(SYS_futex, (long)&first, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, wakes, wakes2, (long)&second,
		   (long)what);
}

/* What the operation makes of OLD, and whether the comparison with COMPARED holds. */
static void see_arithmetic(void)
{
	static const struct {
		unsigned op, argument;
		int old, new;
	} ops[] = {
		{ FUTEX_OP_SET, 5, 7, 5 },
		{ FUTEX_OP_SET, 0x800, 7, -2048 },
		{ FUTEX_OP_ADD, 0xfff, 7, 6 },
		{ FUTEX_OP_ADD, 2, 0x7fffffff, -0x7fffffff },
		{ FUTEX_OP_OR, 12, 3, 15 },
		{ FUTEX_OP_ANDN, 0xfff, 9, 0 },
		{ FUTEX_OP_ANDN, 1, 9, 8 },
		{ FUTEX_OP_XOR, 0xfff, 0, -1 },
		{ FUTEX_OP_SET | FUTEX_OP_OPARG_SHIFT, 31, 0, (int)0x80000000 },
		{ FUTEX_OP_OR | FUTEX_OP_OPARG_SHIFT, 4, 1, 17 },
	};

	for (unsigned i = 0; i < sizeof(ops) / sizeof(ops[0]); i++) {
		second = ops[i].old;
		CHECK(wake_op(1, 1, code(ops[i].op, ops[i].argument, FUTEX_OP_CMP_EQ, 0)) == 0);
		CHECK(second == ops[i].new);
	}
}

static void see_refusals(void)
{
	second = 3;
	CHECK(wake_op(1, 1, code(5, 1, FUTEX_OP_CMP_EQ, 0)) == -ENOSYS && second == 3);
	CHECK(wake_op(1, 1, code(FUTEX_OP_ADD, 1, 6, 0)) == -ENOSYS && second == 4); /* it was done */
	CHECK(raw(SYS_futex, (long)&first, FUTEX_WAKE_OP, 1, 1, (long)&second + 1, 0) == -EINVAL);
	CHECK(raw(SYS_futex, (long)&first + 1, FUTEX_WAKE_OP, 1, 1, (long)&second, 0) == -EINVAL);
	CHECK(raw(SYS_futex, (long)&first, FUTEX_WAKE_OP | FUTEX_PRIVATE_FLAG, 1, 1, 4096, 0) == -EFAULT);
	CHECK(raw(SYS_futex, (long)&first, FUTEX_WAKE_OP, 1, 1, KERNEL_ADDRESS, 0) == -EFAULT);
}

static int sleeper(void *word)
{
	ready = ready + 1;
	raw(SYS_futex, (long)word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, *(volatile int *)word, 0, 0, -1);
	return 0;
}

/* Two threads sleep on each word. */
static void start(int value)
{
	ready = 0;
	second = value;
	for (int i = 0; i < 4; i++) {
		thread_start(&threads[i], sleeper, (void *)(uintptr_t)(i < 2 ? &first : &second));
		UNTIL(ready > i);
		until_asleep(threads[i].tid);
	}
}

static void join(long left)
{
	CHECK(raw(SYS_futex, (long)&first, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 9, 0, 0, 0) +
		      raw(SYS_futex, (long)&second, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 9, 0, 0, 0) ==
	      left);
	for (int i = 0; i < 4; i++)
		thread_join(&threads[i]);
}

static void see_who_wakes(void)
{
	static const struct {
		unsigned compare, compared;
		int old, holds;
	} rows[] = {
		{ FUTEX_OP_CMP_EQ, 5, 5, 1 },	   { FUTEX_OP_CMP_NE, 5, 5, 0 },     { FUTEX_OP_CMP_LT, 0xfff, -2, 1 },
		{ FUTEX_OP_CMP_LE, 0xffe, -2, 1 }, { FUTEX_OP_CMP_GT, 0xfff, 0, 1 }, { FUTEX_OP_CMP_GE, 1, 0, 0 },
	};

	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(rows[i].old);
		CHECK(wake_op(1, 9, code(FUTEX_OP_ADD, 1, rows[i].compare, rows[i].compared)) ==
		      (rows[i].holds ? 3 : 1));
		join(rows[i].holds ? 1 : 3);
	}
	start(0);
	CHECK(wake_op(0, -1, code(FUTEX_OP_ADD, 1, FUTEX_OP_CMP_EQ, 0)) == 2); /* one on each */
	join(2);
	start(0);
	CHECK(raw(SYS_futex, (long)&first, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, -1, 0, 0, 0) == 1);
	CHECK(raw(SYS_futex, (long)&first, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 0, 0, 0, 0) == 1);
	join(2);
}

int main(void)
{
	see_arithmetic();
	see_refusals();
	see_who_wakes();
	return 0;
}
