/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filter-arithmetic-is-32-bit - sums wrap, shifts by X use 5 bits, comparisons are unsigned, NEG
 * of the least number is itself.
 */
#include "guest.h"

#define A(k) BPF_STMT(BPF_LD | BPF_IMM, k)
#define X(k) BPF_STMT(BPF_LDX | BPF_IMM, k)
#define OP(op) BPF_STMT(BPF_ALU | (op), 0)

static int number = 200;

/* The program part must leave value in A. */
#define LEAVES(value, ...)                                                                                 \
	do {                                                                                               \
		number++;                                                                                  \
		CHECK(INSTALL(0, __VA_ARGS__, SKIP_UNLESS(value, 3), LOAD_NR, SKIP_UNLESS(SYS_getppid, 1), \
			      RETURN(ERRNO(number)), ALLOW) == 0);                                         \
		CHECK(raw0(SYS_getppid) == -number);                                                       \
	} while (0)

int main(void)
{
	LEAVES(1, A(0xffffffff), X(2), OP(BPF_ADD | BPF_X));
	LEAVES(0xffffffff, A(1), X(2), OP(BPF_SUB | BPF_X));
	LEAVES(0xfffffffe, A(0xffffffff), X(2), OP(BPF_MUL | BPF_X));
	LEAVES(0x7fffffff, A(0xffffffff), X(2), OP(BPF_DIV | BPF_X));
	LEAVES(3, A(3), X(32), OP(BPF_LSH | BPF_X));
	LEAVES(6, A(3), X(33), OP(BPF_LSH | BPF_X));
	LEAVES(0x80000000, A(1), X(0xffffffff), OP(BPF_LSH | BPF_X));
	LEAVES(1, A(0x80000000), X(31), OP(BPF_RSH | BPF_X));
	LEAVES(0x80000000, A(0x80000000), OP(BPF_NEG));
	LEAVES(0xf0, A(0xff), X(0x0f), OP(BPF_XOR | BPF_X));
	LEAVES(7, A(0x80000000), BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, 1, 0, 1), A(7));
	LEAVES(5, A(5), BPF_STMT(BPF_MISC | BPF_TAX, 0), A(0), BPF_STMT(BPF_MISC | BPF_TXA, 0));
	return 0;
}
