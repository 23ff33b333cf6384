/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * qemu.h - what boot.c and rowrun.c share: the QEMU that they have started ends when they do, or
 * are told to; and the console's streams are told apart.
 */
#pragma once

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#define STX 0x02 /* the kernel's first byte */
#define MARK 0x10
#define STREAM_KERNEL '0'
#define STREAM_OUTPUT '1'

static pid_t qemu;
static volatile sig_atomic_t stopped; /* by that signal */

static inline void fail_because(const char *what)
{
	fprintf(stderr, "qemu.sh: %s: %s\n", what, strerror(errno));
	if (qemu > 0)
		kill(qemu, SIGKILL);
	exit(2);
}

/* QEMU ends of itself after this, and says all first. */
static inline void on_stop(int signal)
{
	stopped = signal;
	kill(qemu, SIGTERM);
}

/* From now on a signal that would end this program ends QEMU. */
static inline void stop_with_signals(void)
{
	const struct sigaction stopping = { .sa_handler = on_stop };

	sigaction(SIGINT, &stopping, NULL);
	sigaction(SIGTERM, &stopping, NULL);
	sigaction(SIGHUP, &stopping, NULL);
}

/* Where the console's bytes are marked (kernel/core/machine/console.h): whose the next one is. */
struct streams {
	char now;  /* STREAM_* */
	bool mark; /* the last byte was a mark */
};

/* Takes a byte of the console. Is it a part of a mark, not of what was written? */
static inline bool is_mark(struct streams *s, char c)
{
	if (!s->mark)
		return s->mark = c == MARK;
	s->mark = false;
	if (c != MARK)
		s->now = c;
	return c != MARK;
}
