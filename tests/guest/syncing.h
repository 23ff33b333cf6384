/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * syncing.h - threads that get filters by TSYNC and look whether they have them, for the programs
 * that claim something about what others do meanwhile.
 */
#pragma once

#include "files.h"
#include "rows.h"

#ifdef __riscv
#define SOME 1200
#else
#define SOME 100 /* elsewhere it only has to work */
#endif
#define ROUNDS 20
#define THREAD_STACK 512
#define TSYNC SECCOMP_FILTER_FLAG_TSYNC

/*
 * The Nth filter of the first thread refuses the call FIRST + N, of which there is none; that of
 * the second SECOND + N.
 */
#define FIRST 700
#define SECOND 900
#define ANSWER 50

static volatile int first, second; /* the last of them that all are told to have */

static inline long sync_all(int number)
{
	return INSTALL_RAW(TSYNC, ON((unsigned)number, ERRNO(ANSWER)));
}

/* Ends the process when the caller lacks a filter. */
static inline void look(void)
{
	const int a = first, b = second;

	if (a != 0 && raw0(FIRST + a) != -ANSWER)
		raw1(SYS_exit_group, 2);
	if (b != 0 && raw0(SECOND + b) != -ANSWER)
		raw1(SYS_exit_group, 3);
}

/* --- many that sleep ------------------------------------------------------------------ */

static int word, bound;

static inline int sleep_and_look(void *unused)
{
	(void)unused;
	raw(SYS_futex, (long)&word, FUTEX_WAIT, 0, 0, 0, 0);
	look();
	__atomic_fetch_add(&bound, 1, __ATOMIC_RELAXED);
	return 0;
}

static inline void start_sleepers(int n)
{
	const int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
	char *stacks = mmap(NULL, (size_t)n * THREAD_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	CHECK(stacks != MAP_FAILED);
	for (long i = 1; i <= n; i++)
		CHECK(clone(sleep_and_look, stacks + i * THREAD_STACK, flags, NULL) > 0);
}

static inline void wake_sleepers(int n)
{
	word = 1;
	raw(SYS_futex, (long)&word, FUTEX_WAKE, INT32_MAX, 0, 0, 0);
	while (__atomic_load_n(&bound, __ATOMIC_RELAXED) != n)
		pause_for(1000000);
}
