/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grow.h - what grow.c and many.c share: cases that are measured for several n.
 */
#pragma once

#define _GNU_SOURCE
#include "bench.h"

#define SOME 500 /* operations that are measured, of which each finds things as the one before left them */

static uint64_t begun;

static void begin(void)
{
	begun = now();
}

static uint64_t each(unsigned times)
{
	return (now() - begun + times / 2) / times;
}

static void must(int ok)
{
	if (!ok)
		exit(1);
}

/* A fork, the child's end, and its collection. */
static uint64_t each_fork(void)
{
	begin();
	for (int i = 0; i < 10; i++) {
		const pid_t pid = fork();

		if (pid == 0)
			_exit(0);
		waitpid(pid, NULL, 0);
	}
	return each(10);
}

static void row(const char *what, unsigned many, uint64_t (*measure)(unsigned n))
{
	char text[64];

	snprintf(text, sizeof(text), "%s, %u", what, many);
	CASE(text, , measure(many))
}

struct grow_row {
	const char *what;
	uint64_t (*measure)(unsigned n);
	unsigned most;
	void (*after)(unsigned n); /* not measured; or NULL */
};

static void run_rows(const struct grow_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (unsigned n = 10; n <= rows[i].most; n *= 10) {
			row(rows[i].what, n, rows[i].measure);
			if (rows[i].after != NULL)
				rows[i].after(n);
		}
	}
}
