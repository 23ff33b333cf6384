/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rules.c - making policies in the common form; see rules.h.
 */
#include "rules.h"

#include <string.h>

#include <abi/audit.h>

struct policy *stack_push(struct stack *stack, const char *name, const char *form, struct place at)
{
	struct policy *p = arena_zalloc(stack->arena, sizeof(*p));

	p->name = name;
	p->form = form;
	p->at = at;
	p->otherwise = SECCOMP_RET_ALLOW;
	p->otherwise_at = at;
	p->arch = AUDIT_ARCH_RISCV64;
	p->foreign = SECCOMP_RET_KILL_PROCESS;
	p->foreign_at = at;
	if (stack->newest != NULL)
		stack->newest->newer = p;
	else
		stack->oldest = p;
	stack->newest = p;
	stack->depth++;
	return p;
}

struct rule *policy_add_rule(struct stack *stack, struct policy *p, struct place at)
{
	struct rule *r;

	p->rules = arena_grow(stack->arena, p->rules, p->n_rules, 1, sizeof(*p->rules), &p->room_rules);
	r = &p->rules[p->n_rules++];
	r->every_call = true;
	r->ret = SECCOMP_RET_ALLOW;
	r->at = r->name_at = at;
	return r;
}

void rule_set_conditions(struct stack *stack, struct rule *r, const struct condition *conditions, size_t n)
{
	struct condition *copy = NULL;

	if (n > 0) {
		copy = arena_zalloc(stack->arena, n * sizeof(*copy));
		memcpy(copy, conditions, n * sizeof(*copy));
	}
	r->conditions = copy;
	r->n_conditions = n;
}

struct condition condition_on(enum field field, enum test test, uint64_t value, struct place at)
{
	return (struct condition){
		.field = field,
		.test = test,
		.width = field == FIELD_NR ? 32 : 64,
		.mask = UINT64_MAX,
		.value = value,
		.at = at,
	};
}

void policy_add_missing(struct stack *stack, struct policy *p, const char *name, struct place at)
{
	p->missing = arena_grow(stack->arena, p->missing, p->n_missing, 1, sizeof(*p->missing), &p->room_missing);
	p->missing[p->n_missing++] = (struct missing){ name, at };
}
