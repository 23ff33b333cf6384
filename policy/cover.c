/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cover.c - see cover.h.
 */
#include "cover.h"

#include <string.h>

#include "path.h"

void cover_init(struct cover *c, struct arena *arena, const struct policy *p, const struct seccomp_program *program)
{
	*c = (struct cover){ .policy = p, .program = program };
	c->rules = arena_zalloc(arena, (p->n_rules + 1) * sizeof(*c->rules));
	c->instructions = arena_zalloc(arena, (program->len + 1) * sizeof(*c->instructions));
	c->copy = arena_zalloc(arena, program->len * sizeof(*c->copy));
	memcpy(c->copy, program->insns, program->len * sizeof(*c->copy));
}

void cover_take(struct cover *c, const struct seccomp_data *data, uint64_t n)
{
	uint32_t path[BPF_MAXINSNS];
	const struct rule *by;
	const uint32_t length = path_walk(c->program, c->copy, data, path);

	for (uint32_t i = 0; i < length; i++)
		c->instructions[path[i]] += n;
	if (c->policy->program != NULL)
		return;
	policy_meaning(c->policy, data, &by);
	c->rules[by == NULL ? c->policy->n_rules : (size_t)(by - c->policy->rules)] += n;
}
