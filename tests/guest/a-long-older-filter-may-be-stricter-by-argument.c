/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * a-long-older-filter-may-be-stricter-by-argument - where the older filter is so long that nothing
 * is worked out for it in advance, and kills by an argument by which a newer and short one returns
 * an errno, the call kills.
 */
#include "guest.h"

#define STEPS 1300

static struct sock_filter program[4096];
static int length;

static void add(struct sock_filter instruction)
{
	program[length++] = instruction;
}

/* Looks at argument 1 for long; then kills getppid with 7 as argument 0. */
static void make_long_filter(void)
{
	uint32_t a = 0;

	add((struct sock_filter)LOAD(ARG_LOW(1)));
	for (uint32_t i = 0; i < STEPS; i++) {
		const uint32_t k = 0x9e3779b9U * (i + 1);

		a ^= k;
		add((struct sock_filter)BPF_STMT(BPF_ALU | BPF_XOR | BPF_K, k));
		add((struct sock_filter)SKIP_UNLESS(a ^ 0x12345678, 1));
		add((struct sock_filter)RETURN(ERRNO(1 + i % 1000)));
	}
	add((struct sock_filter)LOAD_NR);
	add((struct sock_filter)SKIP_UNLESS(SYS_getppid, 3));
	add((struct sock_filter)LOAD(ARG_LOW(0)));
	add((struct sock_filter)SKIP_UNLESS(7, 1));
	add((struct sock_filter)RETURN(SECCOMP_RET_KILL_PROCESS));
	add((struct sock_filter)ALLOW);
}

int main(void)
{
	const pid_t parent = getppid();

	make_long_filter();
	set_no_new_privs();
	CHECK(install_filter(0, program, (size_t)length) == 0);
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 3), LOAD(ARG_HIGH(2)), SKIP_UNLESS(7, 1), RETURN(ERRNO(5)),
		      ALLOW) == 0);
	CHECK(raw(SYS_getppid, 8, 0, 0, 0, 0, 0) == parent);
	CHECK(raw(SYS_getppid, 8, 0, 7L << 32, 0, 0, 0) == -5);
	CHECK(raw(SYS_getppid, 8, 0x12345678, 0, 0, 0, 0) == -1);
	raw(SYS_getppid, 7, 0, 7L << 32, 0, 0, 0);
	return 1;
}
