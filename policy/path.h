/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * path.h - the instructions of a filter that a call goes through.
 */
#pragma once

#include <stdint.h>

#include "arena.h"
#include "seccomp.h"

struct path {
	uint32_t n;
	uint32_t *pc; /* in order */
	uint32_t *a;  /* what A holds before each */
};

/* The path of DATA through PROGRAM, which seccomp_check() has accepted. */
struct path path_find(struct arena *arena, const struct seccomp_program *program, const struct seccomp_data *data);

/*
 * The same without A, for many calls: PATH has room for as many as the program has. COPY is its
 * instructions once more; it is changed on the way. Returns how many.
 */
uint32_t path_walk(const struct seccomp_program *program, struct sock_filter *copy, const struct seccomp_data *data,
		   uint32_t *path);

/*
 * How many of the first instructions of PATH the call goes through whatever its arguments and its
 * ip are: up to the first jump that depends on them.
 */
uint32_t path_certain(const struct seccomp_program *program, const struct path *path);
