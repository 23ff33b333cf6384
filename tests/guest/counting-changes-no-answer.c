/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * counting-changes-no-answer - while calls are counted each stack has a gate of its own, even one
 * whose newest filter is the one below it once more: it answers as any other.
 */
#include "guest.h"

static void by(unsigned argument, unsigned value, unsigned action)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getpgid, 3), LOAD(ARG_LOW(argument)), SKIP_UNLESS(value, 1),
		      RETURN(action), ALLOW) == 0);
}

static void make_the_call(void)
{
	raw(SYS_getpgid, 7, 9, 5, 0, 0, 0);
}

static void older_kills(void)
{
	by(1, 9, SECCOMP_RET_KILL_PROCESS);
	by(0, 7, ERRNO(33));
	by(0, 7, ERRNO(33)); /* shares the code of the one below, and what is known of older ones */
	by(2, 5, ERRNO(34));
	CHECK(raw(SYS_getpgid, 7, 0, 0, 0, 0, 0) == -33);
	CHECK(raw(SYS_getpgid, 7, 0, 5, 0, 0, 0) == -34);
	CHECK(raw(SYS_getpgid, 0, 0, 0, 0, 0, 0) > 0);
	for (int i = 0; i < 3; i++) /* the first is new to the counts, and judged because of that */
		CHECK(killed_by(status_of(make_the_call), SIGSYS));
}

static void repeats(void)
{
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(1))) == 0);
	for (int i = 0; i < 3; i++) {
		by(0, 7, ERRNO(33));
		CHECK(raw(SYS_getpgid, 7, 0, 0, 0, 0, 0) == -33);
		CHECK(raw(SYS_getpgid, 0, 0, 0, 0, 0, 0) > 0);
		CHECK(raw0(SYS_getuid) == -1);
		CHECK(raw0(SYS_getppid) > 0);
	}
	CHECK(INSTALL(0, ALLOW) == 0);
	CHECK(raw(SYS_getpgid, 7, 0, 0, 0, 0, 0) == -33 && raw0(SYS_getuid) == -1);
}

/* Each argument in turn is the one that is not 1; then two are, so that values change places. */
static void looks_at_everything(void)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getpgid, 15),
		      LOAD(offsetof(struct seccomp_data, instruction_pointer) + 4), SKIP_UNLESS(0x7fffffff, 1),
		      RETURN(SECCOMP_RET_KILL_PROCESS), LOAD(ARG_LOW(5)), SKIP_UNLESS(6, 1), RETURN(ERRNO(45)),
		      LOAD(ARG_LOW(4)), SKIP_UNLESS(5, 1), RETURN(ERRNO(44)), LOAD(ARG_LOW(3)), SKIP_UNLESS(4, 1),
		      RETURN(ERRNO(43)), LOAD(ARG_LOW(1)), SKIP_UNLESS(2, 1), RETURN(ERRNO(41)), ALLOW) == 0);
	for (int i = 0; i < 3; i++) {
		CHECK(raw(SYS_getpgid, 0, 1, 1, 1, 1, 1) > 0);
		CHECK(raw(SYS_getpgid, 0, 2, 1, 1, 1, 1) == -41);
		CHECK(raw(SYS_getpgid, 0, 1, 1, 4, 1, 1) == -43);
		CHECK(raw(SYS_getpgid, 0, 1, 1, 1, 5, 1) == -44);
		CHECK(raw(SYS_getpgid, 0, 1, 1, 1, 1, 6) == -45);
		CHECK(raw(SYS_getpgid, 0, 2, 1, 4, 5, 6) == -45);
		CHECK(raw(SYS_getpgid, 0, 1, 2, 5, 4, 1) > 0);
	}
}

#define TEN(x) x x x x x x x x x x
#define FROM_200_PLACES(x) TEN(TEN(x x))

/* How many calls from so many places are refused? */
[[gnu::noinline]] static long call_here(long value)
{
	long refused = 0;

	FROM_200_PLACES(refused += raw(SYS_getpgid, 0, value, 0, 0, 0, 0) == -46;)
	return refused;
}

[[gnu::noinline]] static long call_there(long value)
{
	long refused = 0;

	FROM_200_PLACES(refused += raw(SYS_getpgid, 0, value, 0, 0, 0, 1) == -46;)
	return refused;
}

/* The same arguments from more places than there are rows; the upper half of them is refused. */
static void looks_at_the_place(void)
{
	const uint32_t here = (uint32_t)(uintptr_t)call_here, there = (uint32_t)(uintptr_t)call_there;

	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(SYS_getpgid, 6), LOAD(ARG_LOW(1)), SKIP_UNLESS(7, 1), RETURN(ERRNO(47)),
		      LOAD(offsetof(struct seccomp_data, instruction_pointer)),
		      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, here < there ? there : here, 0, 1), RETURN(ERRNO(46)),
		      ALLOW) == 0);
	for (int i = 7; i < 10; i++) {
		CHECK(call_here(i) == (i != 7 && here > there ? 200 : 0));
		CHECK(call_there(i) == (i != 7 && here < there ? 200 : 0));
	}
}

int main(void)
{
	set_no_new_privs();
	CHECK(exited_with(status_of(repeats), 0));
	CHECK(exited_with(status_of(older_kills), 0));
	CHECK(exited_with(status_of(looks_at_everything), 0));
	CHECK(exited_with(status_of(looks_at_the_place), 0));
	return 0;
}
