/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profile_seen.h - what of recorded runs is kept: profile.c adds it up, profile_rules.c makes rules
 * of it.
 */
#pragma once

#include "constants.h"
#include "profile.h"

#define NUMBERS 1024U
#define VALUES_MAX 16U
#define TOGETHER_MAX 256U

struct values {
	uint64_t value[VALUES_MAX];
	unsigned int n;
	bool many;
	uint64_t bits; /* without those of a choice, of which the values are */
};

struct evidence {
	uint64_t count;
	uint64_t runs;	   /* a bit each; the last one stands for all from the 64th on */
	const char *place; /* from where the first was made, "": not known, NULL: not looked up */
};

/* Calls whose arguments that rules may list have these values; the others are 0 here. */
struct together {
	uint64_t value[6];
	struct evidence seen;
	struct together *next;
};

struct seen {
	struct evidence all;
	struct together *together, **last; /* in the order in which they were seen */
	unsigned int n_together;	   /* more than TOGETHER_MAX: they are not told apart */
	bool base;
	const char *unseen; /* why it is needed, though no run made it; or NULL */
	struct values args[6];
};

struct profile {
	struct arena *arena;
	struct seen seen[NUMBERS];
	uint64_t calls;
	unsigned int runs;
	bool asks_output; /* what standard output or error is */
};

/* ioctl's cmd by which a terminal is asked for its settings. [asm-generic/ioctls.h] */
#define IOCTL_TCGETS 0x5401U

/* May rules list the values of the argument? An unsigned long is a size or a count of bytes. */
static inline bool is_listed(const struct argument *a)
{
	const enum shape shape = constant_shape(a->kind);

	return shape == SHAPE_VALUES || constant_choice(a->kind) != 0 ||
	       (shape == SHAPE_NUMBER && a->type != ARG_ULONG);
}
