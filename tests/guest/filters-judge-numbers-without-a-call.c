/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filters-judge-numbers-without-a-call - 512, 600, -1 and their neighbours get what the filters say
 * of them, alone and on a stack; of a number in 64 bits, its lower 32.
 */
#include "guest.h"

#define JUMP(op, k, yes, no) BPF_JUMP(BPF_JMP | (op) | BPF_K, k, yes, no)
#define IF(op, k, action) LOAD_NR, JUMP(op, k, 0, 1), RETURN(action), ALLOW

/* One number for each test; or none there is. */
static void is(long nr, long want)
{
	CHECK(raw(nr, 3, 0, 0, 0, 0, 0) == want);
}

static void one_number(void)
{
	CHECK(INSTALL(0, ON(600, ERRNO(5))) == 0);
	is(600, -5);
	is(599, -ENOSYS);
	is(601, -ENOSYS);
	is(512, -ENOSYS);
	is(-1, -ENOSYS);
	is(0x100000000 + 600, -5);
	is(0x100000000 + 601, -ENOSYS);
}

static void the_least(void)
{
	CHECK(INSTALL(0, ON(512, ERRNO(6))) == 0);
	is(512, -6);
	is(513, -ENOSYS);
	is(-1, -ENOSYS);
}

static void the_greatest(void)
{
	CHECK(INSTALL(0, ON(0xffffffff, ERRNO(7))) == 0);
	is(-1, -7);
	is(0xffffffff, -7);
	is(-2, -ENOSYS);
	is(600, -ENOSYS);
	is(512, -ENOSYS);
}

static void above(void)
{
	CHECK(INSTALL(0, IF(BPF_JGT, 1000, ERRNO(8))) == 0);
	is(1001, -8);
	is(1000, -ENOSYS);
	is(999, -ENOSYS);
	is(-1, -8);
	is(-5, -8);
	CHECK(INSTALL(0, IF(BPF_JGE, 2000, ERRNO(9))) == 0);
	is(2000, -9);
	is(1999, -8);
	is(1000, -ENOSYS);
}

static void below(void)
{
	CHECK(INSTALL(0, LOAD_NR, JUMP(BPF_JGE, 600, 1, 0), ALLOW, JUMP(BPF_JGT, 700, 1, 0), RETURN(ERRNO(10)),
		      ALLOW) == 0);
	is(599, -ENOSYS);
	is(600, -10);
	is(700, -10);
	is(701, -ENOSYS);
	is(-1, -ENOSYS);
}

static void bits(void)
{
	CHECK(INSTALL(0, IF(BPF_JSET, 0x400, ERRNO(11))) == 0);
	is(1024, -11);
	is(1023, -ENOSYS);
	is(2048, -ENOSYS);
	is(-1, -11);
	is(-1 - 0x400, -ENOSYS);
}

static void computed(void)
{
	CHECK(INSTALL(0, LOAD_NR, JUMP(BPF_JGE, 512, 1, 0), ALLOW, BPF_STMT(BPF_ALU | BPF_ADD | BPF_K, 1),
		      SKIP_UNLESS(0, 1), RETURN(ERRNO(12)), ALLOW) == 0);
	is(-1, -12);
	is(-2, -ENOSYS);
	is(600, -ENOSYS);
	CHECK(INSTALL(0, LOAD_NR, BPF_STMT(BPF_MISC | BPF_TAX, 0), BPF_STMT(BPF_LD | BPF_IMM, 900),
		      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_X, 0, 0, 1), RETURN(ERRNO(13)), ALLOW) == 0);
	is(900, -13);
	is(899, -ENOSYS);
	is(901, -ENOSYS);
	is(-1, -12);
}

static void by_argument(void)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(600, 3), LOAD(ARG_LOW(0)), SKIP_UNLESS(3, 1), RETURN(ERRNO(14)), ALLOW) ==
	      0);
	is(600, -14);
	CHECK(raw(600, 4, 0, 0, 0, 0, 0) == -ENOSYS);
	is(601, -ENOSYS);
	is(-1, -ENOSYS);
}

/* The newer filter allows every call that there is. */
static void on_a_stack(void)
{
	CHECK(INSTALL(0, ON(SYS_chroot, ERRNO(15))) == 0);
	CHECK(INSTALL(0, ON(600, ERRNO(16))) == 0);
	CHECK(INSTALL(0, ON(0xffffffff, ERRNO(17))) == 0);
	CHECK(INSTALL(0, ON(600, ERRNO(18))) == 0);
	CHECK(INSTALL(0, ALLOW) == 0);
	is(600, -18);
	is(-1, -17);
	is(700, -ENOSYS);
	is(0x100000000 + SYS_chroot, -15);
	CHECK(INSTALL(0, IF(BPF_JGE, 512, SECCOMP_RET_TRAP)) == 0);
	signal(SIGSYS, SIG_IGN);
	is(SYS_chroot, -15);
	is(600, -18);
}

/* The newer filter allows every call that there is, and no other number. */
static void all_others(void)
{
	CHECK(INSTALL(0, ON(SYS_chroot, ERRNO(15))) == 0);
	CHECK(INSTALL(0, IF(BPF_JGE, 512, ERRNO(19))) == 0);
	is(512, -19);
	is(600, -19);
	is(-1, -19);
	is(SYS_chroot, -15);
}

int main(void)
{
	static void (*const bodies[])(void) = { one_number, the_least, the_greatest, above,	below,
						bits,	    computed,  by_argument,  all_others };

	set_no_new_privs();
	for (unsigned i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		CHECK(exited_with(status_of(bodies[i]), 0));
	CHECK(killed_by(status_of(on_a_stack), SIGSYS));
	return 0;
}
