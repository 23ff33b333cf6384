/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench.h - what bench.c and large.c share: system calls without the C library, the clock,
 * installing filters, a case in a child of its own.
 */
#pragma once

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define CALLS 20000
#define FEW 2000
#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define NR offsetof(struct seccomp_data, nr)
#define ARCH offsetof(struct seccomp_data, arch)
#define ARG(n) (offsetof(struct seccomp_data, args) + 8 * (n))

static inline long call6(long nr, long a0, long a1, long a2, long a3, long a4, long a5)
{
	register long r0 __asm__("a0") = a0;
	register long r1 __asm__("a1") = a1;
	register long r2 __asm__("a2") = a2;
	register long r3 __asm__("a3") = a3;
	register long r4 __asm__("a4") = a4;
	register long r5 __asm__("a5") = a5;
	register long r7 __asm__("a7") = nr;

	__asm__ volatile("ecall" : "+r"(r0) : "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5), "r"(r7) : "memory");
	return r0;
}

static inline uint64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

static inline void install(const struct sock_filter *insns, size_t n, int times)
{
	struct sock_fprog program = { (unsigned short)n, (struct sock_filter *)insns };

	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	while (times-- > 0)
		if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
			exit(errno);
}

/* A call, less the loop around it. */
static inline uint64_t time_calls6(long nr, long a0, long a1, long a2, long a3, long a4, long a5)
{
	uint64_t begin, empty;

	(void)call6(nr, a0, a1, a2, a3, a4, a5);
	begin = now();
	for (int i = 0; i < CALLS; i++)
		__asm__ volatile("" : : "r"(i));
	empty = now() - begin;
	begin = now();
	for (int i = 0; i < CALLS; i++)
		(void)call6(nr, a0, a1, a2, a3, a4, a5);
	return (now() - begin - empty + CALLS / 2) / CALLS;
}

static inline uint64_t time_calls(long nr, long a0, long a1, long a2)
{
	return time_calls6(nr, a0, a1, a2, 0, 0, 0);
}

/* A call that takes long; the loop counts. */
static inline uint64_t time_few(long nr, long a0, long a1, long a2)
{
	const uint64_t begin = now();

	for (int i = 0; i < FEW; i++)
		(void)call6(nr, a0, a1, a2, 0, 0, 0);
	return (now() - begin + FEW / 2) / FEW;
}

/* Where it is set, only cases are measured whose name begins with it. */
static const char *only;

/* CASE(name, what is installed first, what is measured), in main(). */
#define CASE(name, before, measure)                                        \
	if (only == NULL || strncmp(name, only, strlen(only)) == 0) {      \
		fflush(stdout);                                            \
		pid_t pid = fork();                                        \
		if (pid == 0) {                                            \
			before;                                            \
			uint64_t n = measure;                              \
			printf("%s\t%llu\n", name, (unsigned long long)n); \
			fflush(stdout);                                    \
			_exit(0);                                          \
		}                                                          \
		waitpid(pid, NULL, 0);                                     \
	}
