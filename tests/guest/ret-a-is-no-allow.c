/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ret-a-is-no-allow - a filter whose only answer is what is in A binds like any other: alone,
 * on top of another, beneath one, and twice; so does one that answers ALLOW wherever it
 * answers, but divides by zero first.
 */
#include "guest.h"

static void by_argument(void)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 2), LOAD(ARG_LOW(0)),
		      BPF_STMT(BPF_RET | BPF_A, SECCOMP_RET_ALLOW), ALLOW) == 0);
}

static void check(void)
{
	CHECK(raw1(SYS_getppid, (long)ERRNO(5)) == -5);
	CHECK(raw1(SYS_getppid, (long)ERRNO(77)) == -77);
	CHECK(raw1(SYS_getppid, SECCOMP_RET_ALLOW) > 0);
}

static void alone(void)
{
	by_argument();
	check();
	raw1(SYS_getppid, SECCOMP_RET_KILL_PROCESS);
}

static void zero_kills(void)
{
	by_argument();
	raw1(SYS_getppid, 0);
}

static void among_others(void)
{
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(9))) == 0);
	by_argument();
	check();
	CHECK(INSTALL(0, ALLOW) == 0);
	check();
	by_argument();
	check();
	CHECK(raw0(SYS_getuid) == -9);
	raw1(SYS_getppid, SECCOMP_RET_KILL_THREAD);
}

static void division(void)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getppid, 5), LOAD(ARG_LOW(0)), BPF_STMT(BPF_MISC | BPF_TAX, 0),
		      BPF_STMT(BPF_LD | BPF_IMM, 1), BPF_STMT(BPF_ALU | BPF_DIV | BPF_X, 0), ALLOW, ALLOW) == 0);
	CHECK(raw1(SYS_getppid, 1) > 0);
	raw1(SYS_getppid, 0);
}

/* For numbers that no call has. */
static void beyond(void)
{
	CHECK(INSTALL(0, LOAD_NR, BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 512, 0, 2), LOAD(ARG_LOW(0)),
		      BPF_STMT(BPF_RET | BPF_A, SECCOMP_RET_ALLOW), ALLOW) == 0);
	CHECK(raw1(600, (long)ERRNO(5)) == -5 && raw1(-1, (long)ERRNO(6)) == -6);
	CHECK(raw1(600, SECCOMP_RET_ALLOW) == -ENOSYS);
	raw1(600, SECCOMP_RET_KILL_PROCESS);
}

int main(void)
{
	set_no_new_privs();
	CHECK(killed_by(status_of(alone), SIGSYS));
	CHECK(killed_by(status_of(zero_kills), SIGSYS));
	CHECK(killed_by(status_of(among_others), SIGSYS));
	CHECK(killed_by(status_of(division), SIGSYS));
	CHECK(killed_by(status_of(beyond), SIGSYS));
	return 0;
}
