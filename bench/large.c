/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * large.c - what calls cost under filters that are large in one call, and what installing filters
 * costs that are there already, or on top of others. As bench.c, which see, it runs on Portcullis
 * and on Linux.
 */
#include "program.h"

#include "profile.h" /* made by bench/run.sh */

/* Other calls than getppid are allowed. */
static void only_getppid(void)
{
	load(NR);
	jeq(SYS_getppid, 1, 0);
	ret(SECCOMP_RET_ALLOW);
}

/* A value of a list: in no order, as ioctl's numbers are. */
static uint32_t value(uint32_t i)
{
	return 0x5401 + i * 0x9e3779b1;
}

/* getppid is allowed when its second argument, 32 bits of it, is one of N values. */
static void values(uint32_t n)
{
	only_getppid();
	load(ARG(1));
	for (uint32_t i = 0; i < n; i++) {
		jeq(value(i), 0, 1);
		ret(SECCOMP_RET_ALLOW);
	}
	finish(DENY);
}

/* All 64 bits. */
static void values_64(uint32_t n)
{
	only_getppid();
	for (uint32_t i = 0; i < n; i++) {
		load(ARG(1) + 4);
		jeq(0, 0, 3);
		load(ARG(1));
		jeq(value(i), 0, 1);
		ret(SECCOMP_RET_ALLOW);
	}
	finish(DENY);
}

static void masked(uint32_t n)
{
	only_getppid();
	for (uint32_t i = 0; i < n; i++) {
		load(ARG(1));
		add(BPF_ALU | BPF_AND | BPF_K, i << 16 | 0xffff, 0, 0);
		jeq(i + 1, 0, 1);
		ret(SECCOMP_RET_ALLOW);
	}
	finish(DENY);
}

/* N numbers, each of which looks at an argument; getppid is the last. */
static void numbers(uint32_t n)
{
	load(NR);
	for (uint32_t i = 0; i < n; i++) {
		jeq(i == n - 1 ? SYS_getppid : i < SYS_getppid ? i : i + 20, 0, 4);
		load(ARG(2));
		jeq(0x77, 0, 1);
		ret(DENY);
		ret(SECCOMP_RET_ALLOW);
	}
	finish(SECCOMP_RET_ALLOW);
}

/* Pairs of 64-bit arguments, as of a family and a type of socket. */
static void pairs(uint32_t n)
{
	only_getppid();
	for (uint32_t i = 0; i < n; i++) {
		load(ARG(0) + 4);
		jeq(0, 0, 7);
		load(ARG(0));
		jeq(i / 2, 0, 5);
		load(ARG(1) + 4);
		jeq(0, 0, 3);
		load(ARG(1));
		jeq(1 + i % 2, 0, 1);
		ret(SECCOMP_RET_ALLOW);
	}
	finish(DENY);
}

enum odd { ADDED, COMPARED, THREE, RET_A };

static void odd(enum odd what)
{
	only_getppid();
	load(ARG(0));
	if (what == ADDED || what == COMPARED) {
		add(BPF_MISC | BPF_TAX, 0, 0, 0);
		load(ARG(1));
	}
	if (what == COMPARED) {
		add(BPF_JMP | BPF_JGT | BPF_X, 0, 0, 1);
	} else if (what == ADDED) {
		add(BPF_ALU | BPF_ADD | BPF_X, 0, 0, 0);
		jeq(9, 0, 1);
	} else {
		add(BPF_ALU | BPF_AND | BPF_K, 0x7fff0000, 0, 0);
		add(BPF_ALU | BPF_OR | BPF_K, 0x7fff0000, 0, 0);
		add(BPF_ALU | BPF_XOR | BPF_K, 0, 0, 0);
		if (what == RET_A)
			add(BPF_RET | BPF_A, 0, 0, 0);
		jeq(1, 0, 1);
	}
	ret(DENY);
	finish(SECCOMP_RET_ALLOW);
}

/* 64 filters that look at an argument, of which the oldest is unlike the others. */
static void one_odd(void)
{
	odd(RET_A);
	for (uint32_t i = 1; i < 64; i++) {
		only_getppid();
		load(ARG(1));
		jeq(1000 + i, 0, 1);
		ret(DENY);
		finish(SECCOMP_RET_ALLOW);
	}
}

/* ---- installing ---- */

/* In a child, on top of what is there. */
static uint64_t time_install(const struct sock_filter *program, size_t n)
{
	int pair[2];
	uint64_t took;

	if (pipe(pair) != 0)
		exit(1);
	if (fork() == 0) {
		const struct sock_fprog fprog = { (unsigned short)n, (struct sock_filter *)program };
		uint64_t begin;

		for (size_t k = 0; k < n; k++)
			(void)*(const volatile uint16_t *)&program[k].code;
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		begin = now();
		if (call6(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, (long)&fprog, 0, 0, 0) != 0)
			exit(1);
		took = now() - begin;
		(void)!write(pair[1], &took, sizeof(took));
		_exit(0);
	}
	if (read(pair[0], &took, sizeof(took)) != sizeof(took))
		exit(1);
	close(pair[0]);
	close(pair[1]);
	wait(NULL);
	return took;
}

/* Each of eight, one after the other, in children that are gone when it comes again. */
static uint64_t time_rotation(void)
{
	uint64_t total = 0;

	for (uint32_t i = 0; i < 32; i++) {
		load(NR);
		while (len + 3 < 1000 + i % 8) {
			jeq((uint32_t)len % 400 / 2, 0, 1);
			ret(SECCOMP_RET_ALLOW);
		}
		jeq(SYS_swapon, 0, 1);
		ret(DENY);
		ret(SECCOMP_RET_ALLOW);
		if (i >= 8)
			total += time_install(insns, len);
		else
			time_install(insns, len);
		len = 0;
	}
	return total / 24;
}

int main(void)
{
#define VALUE(n) time_calls(SYS_getppid, 1, value((n)-1), 0)
	CASE("48 values", values(48), VALUE(48))
	CASE("50 values", values(50), VALUE(50))
	CASE("1000 values", values(1000), VALUE(1000))
	CASE("20 values of 64 bits", values_64(20), VALUE(20))
	CASE("40 values of 64 bits", values_64(40), VALUE(40))
	CASE("500 values of 64 bits", values_64(500), VALUE(500))
	CASE("20 masked values", masked(20), time_calls(SYS_getppid, 0, 20, 0))
	CASE("100 masked values", masked(100), time_calls(SYS_getppid, 0, 100, 0))
	CASE("200 numbers with arguments", numbers(200), time_calls(SYS_getppid, 0, 0, 1))
	CASE("400 numbers with arguments", numbers(400), time_calls(SYS_getppid, 0, 0, 1))
	CASE("60 pairs of values", pairs(60), time_calls(SYS_getppid, 29, 2, 0))
	CASE("two words added", odd(ADDED), time_calls(SYS_getppid, 1, 2, 0))
	CASE("two words compared", odd(COMPARED), time_calls(SYS_getppid, 3, 2, 0))
	CASE("three operations", odd(THREE), time_calls(SYS_getppid, 1, 2, 0))
	CASE("RET A", odd(RET_A), time_calls(SYS_getppid, 1, 2, 0))
	CASE("64 filters, one odd", one_odd(), time_calls(SYS_getppid, 1, 2, 0))
	CASE("eight filters in rotation, each", , time_rotation())
	CASE("install profile tree as the second", install(profile_linear, COUNT(profile_linear), 1),
	     time_install(profile_tree, COUNT(profile_tree)))
	return 0;
}
