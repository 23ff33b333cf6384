/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * program.c - the programs of filters. A hash table finds equal ones, which are one object, with a
 * count of the filters that have it.
 *
 * Called when filters are made and freed. The programs in the table were checked, and are never
 * changed: a program that is there already needs no second check, and two filters have equal
 * programs if they have the same object.
 */
#include "program.h"

#include <abi/errno.h>

#include "kassert.h"
#include "list.h"
#include "page.h"

struct program {
	struct program *next; /* next program in the same bucket */
	uint32_t refs;
	uint32_t hash;
	struct seccomp_program seccomp;
};

#define BUCKETS 64U
static struct program *buckets[BUCKETS];

_Static_assert(offsetof(struct program, seccomp.insns) % 8 == 0, "read_instruction() reads 8 aligned bytes");

static uint64_t read_instruction(const struct program *p, uint32_t pc)
{
	uint64_t insn;

	__builtin_memcpy(&insn, __builtin_assume_aligned(&p->seccomp.insns[pc], 8), sizeof(insn));
	return insn;
}

static uint32_t hash_of(const struct program *p)
{
	uint64_t hash = p->seccomp.len;

	for (uint32_t pc = 0; pc < p->seccomp.len; pc++)
		hash = (hash ^ read_instruction(p, pc)) * 0x9e3779b97f4a7c15;
	return (uint32_t)(hash >> 32);
}

static bool program_is_equal(const struct program *a, const struct program *b)
{
	if (a->hash != b->hash || a->seccomp.len != b->seccomp.len)
		return false;
	for (uint32_t pc = 0; pc < a->seccomp.len; pc++)
		if (read_instruction(a, pc) != read_instruction(b, pc))
			return false;
	return true;
}

struct seccomp_program *program_alloc(uint32_t len)
{
	struct program *p = kmalloc_raw(sizeof(*p) + len * sizeof(p->seccomp.insns[0]));

	if (p == NULL)
		return NULL;
	p->seccomp.len = len;
	return &p->seccomp;
}

void program_discard(struct seccomp_program *seccomp)
{
	kfree(container_of(seccomp, struct program, seccomp));
}

/* What seccomp_check() says of P; err ENOMEM: no memory for its scratch. */
static struct seccomp_refusal program_check(const struct program *p)
{
	struct seccomp_refusal why = { .err = ENOMEM, .pc = 0, .why = "no memory" };
	uint16_t *written = kmalloc_raw(p->seccomp.len * sizeof(*written));

	if (written != NULL)
		why = seccomp_check(p->seccomp.insns, p->seccomp.len, written);
	kfree(written);
	return why;
}

const struct seccomp_program *program_share(struct seccomp_program *seccomp, struct seccomp_refusal *why)
{
	struct program *p = container_of(seccomp, struct program, seccomp);
	struct program **bucket;

	p->hash = hash_of(p);
	bucket = &buckets[p->hash % BUCKETS];
	for (struct program *q = *bucket; q != NULL; q = q->next) {
		if (!program_is_equal(p, q))
			continue;
		KASSERT(q->refs != 0);
		kfree(p);
		q->refs++;
		*why = (struct seccomp_refusal){ .err = 0, .pc = 0, .why = "" };
		return &q->seccomp;
	}
	*why = program_check(p);
	if (why->err != 0) {
		kfree(p);
		return NULL;
	}
	p->seccomp.cost = seccomp_cost(p->seccomp.insns, p->seccomp.len);
	p->refs = 1;
	p->next = *bucket;
	*bucket = p;
	return &p->seccomp;
}

void program_put(const struct seccomp_program *seccomp)
{
	struct program *p = container_of(seccomp, struct program, seccomp);
	struct program **link = &buckets[p->hash % BUCKETS];

	KASSERT(p->refs != 0);
	if (--p->refs != 0)
		return;
	while (*link != p)
		link = &(*link)->next;
	*link = p->next;
	kfree(p);
}
