/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * arguments-are-compared-unsigned - every comparison with an argument, masked or not, is
 * of 32 bits and unsigned: as a program for the same call in C says it is, for constants
 * and arguments at all the edges.
 */
#include "guest.h"

static const uint32_t edges[] = { 0,	      1,	  2,	      0x7ff,	  0x800,      0xfff,
				  0x1000,     0x7fffffff, 0x80000000, 0x80000001, 0x7ffff800, 0xfffff7ff,
				  0xfffff800, 0xdeadbeef, 0xfffffffe, 0xffffffff };
#define EDGES (sizeof(edges) / sizeof(edges[0]))

static int expected(unsigned op, uint32_t a, uint32_t k)
{
	switch (op) {
	case BPF_JEQ:
		return a == k;
	case BPF_JGT:
		return a > k;
	case BPF_JGE:
		return a >= k;
	default:
		return (a & k) != 0;
	}
}

static unsigned op;
static uint32_t k, mask;

static void compare(void)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 4), LOAD(ARG_HIGH(2)),
		      BPF_STMT(BPF_ALU | BPF_AND | BPF_K, mask), BPF_JUMP(BPF_JMP | op | BPF_K, k, 0, 1),
		      RETURN(ERRNO(4095)), ALLOW) == 0);
	for (size_t i = 0; i < EDGES; i++) {
		const long got = raw(SYS_getppid, 0, 0, (long)((uint64_t)edges[i] << 32 | 0x5a5a5a5a), 0, 0, 0);

		CHECK((got == -4095) == expected(op, edges[i] & mask, k));
	}
}

int main(void)
{
	static const unsigned ops[] = { BPF_JEQ, BPF_JGT, BPF_JGE, BPF_JSET };
	static const uint32_t masks[] = { 0xffffffff, 0x80000fff };

	set_no_new_privs();
	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]) * 2; i++)
		for (size_t j = 0; j < EDGES; j++) {
			op = ops[i / 2];
			mask = masks[i % 2];
			k = edges[j];
			CHECK(exited_with(status_of(compare), 0));
		}
	return 0;
}
