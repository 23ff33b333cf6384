/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * log_halves.h - calls that strace tells in two lines, because another thread's call came between:
 * "mount(... <unfinished ...>" and "<... mount resumed>) = 0".
 */
#pragma once

#include <stddef.h>

struct arena;

/* The first halves whose second has not come; empty at the beginning. */
struct log_halves {
	struct log_half *all;
	size_t n, room;
};

/*
 * Takes a line; returns it, or NULL for a first half, or for a second one the whole call as strace
 * writes it in one line.
 */
const char *log_join(struct arena *arena, struct log_halves *halves, const char *line);

/* A first half that is left, as a call that did not return; NULL when there is none. */
const char *log_left(struct arena *arena, struct log_halves *halves);
