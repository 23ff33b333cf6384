/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stacks.h - stacks of filters for tests: pushed from programs, freed as
 * the kernel would free them.
 */
#pragma once

#include "rows.h"

/* A checked program of its own; free() it. */
static inline struct seccomp_program *program_new(const struct sock_filter *insns, uint32_t len)
{
	struct seccomp_program *p = malloc(sizeof(*p) + len * sizeof(p->insns[0]));

	assert_int_equal(program_check(insns, len).err, 0);
	memcpy(p->insns, insns, len * sizeof(p->insns[0]));
	p->len = len;
	p->cost = seccomp_cost(p->insns, len);
	return p;
}

/*
 * Pushes a filter with a copy of the program. Returns 0 or -ENOMEM. Members that
 * attach sets start as nonsense.
 */
static inline int stack_push_as(struct seccomp_filter **newest, const struct sock_filter *insns, uint32_t len,
				uint64_t id, uint64_t owner, bool log)
{
	struct seccomp_filter *f = malloc(sizeof(*f));
	int err;

	memset(f, 0xa5, sizeof(*f));
	f->program = program_new(insns, len);
	f->id = id;
	f->owner = owner;
	f->log = log;
	err = seccomp_filter_attach(newest, f);
	if (err != 0) {
		free((void *)(uintptr_t)f->program);
		free(f);
	}
	return err;
}

static inline void stack_push(struct seccomp_filter **newest, const struct sock_filter *insns, uint32_t len)
{
	assert_int_equal(stack_push_as(newest, insns, len, *newest != NULL ? (*newest)->id + 1 : 1, 0, false), 0);
}

/*
 * Gives up one reference, and frees what nobody holds any more. Returns how many filters that were.
 */
static inline uint32_t stack_free(struct seccomp_filter *f)
{
	uint32_t freed = 0;

	while ((f = seccomp_filter_put(f)) != NULL) {
		struct seccomp_filter *prev = f->prev;

		free((void *)(uintptr_t)f->program);
		free(f);
		f = prev;
		freed++;
	}
	return freed;
}
