/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * filters-that-allow-a-call-hide-no-older-kill - a filter that is about another call, or
 * about nothing, between one that kills by an argument and one that refuses by another: where
 * both hold, the older one kills.
 */
#include "guest.h"

static unsigned call, strict;

static void by(unsigned argument, unsigned value, unsigned action)
{
	CHECK(INSTALL(0, LOAD_NR, SKIP_UNLESS(call, 3), LOAD(ARG_LOW(argument)), SKIP_UNLESS(value, 1), RETURN(action),
		      ALLOW) == 0);
}

static void both(void)
{
	CHECK(raw(call, 7, 8, 0, 0, 0, 0) == -33);
	CHECK(raw(call, 8, 8, 0, 0, 0, 0) != -33); /* whatever the call itself says */
	raw(call, 7, 9, 0, 0, 0, 0);
}

static void about_another_call(void)
{
	by(1, 9, strict);
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(1))) == 0);
	by(0, 7, ERRNO(33));
	both();
}

static void about_nothing(void)
{
	by(1, 9, strict);
	CHECK(INSTALL(0, ALLOW) == 0);
	by(0, 7, ERRNO(33));
	both();
}

static void about_others_twice(void)
{
	by(1, 9, strict);
	by(2, 1, ERRNO(44));
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(1))) == 0);
	CHECK(INSTALL(0, ON(SYS_getgid, ERRNO(2))) == 0);
	by(0, 7, ERRNO(33));
	CHECK(INSTALL(0, ON(SYS_geteuid, ERRNO(3))) == 0);
	CHECK(raw(call, 8, 8, 1, 0, 0, 0) == -44);
	both();
}

static void refused_always(void)
{
	by(1, 9, strict);
	CHECK(INSTALL(0, ON(SYS_getuid, ERRNO(1))) == 0);
	CHECK(INSTALL(0, ON(call, ERRNO(33))) == 0);
	CHECK(raw(call, 7, 8, 0, 0, 0, 0) == -33);
	raw(call, 7, 9, 0, 0, 0, 0);
}

int main(void)
{
	static void (*const orders[])(void) = { about_another_call, about_nothing, about_others_twice, refused_always };
	/* In different words of a bitmap of numbers, at its first bit and at others. */
	static const unsigned calls[] = { SYS_getppid, SYS_write, SYS_process_mrelease };

	set_no_new_privs();
	for (unsigned i = 0; i < 4 * sizeof(calls) / sizeof(calls[0]); i++) {
		call = calls[i / 4];
		strict = SECCOMP_RET_KILL_PROCESS;
		CHECK(killed_by(status_of(orders[i % 4]), SIGSYS));
		strict = SECCOMP_RET_KILL_THREAD;
		CHECK(killed_by(status_of(orders[i % 4]), SIGSYS));
		strict = SECCOMP_RET_TRAP;
		CHECK(killed_by(status_of(orders[i % 4]), SIGSYS));
	}
	return 0;
}
