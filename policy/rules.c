/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rules.c - making policies in the common form, and what they mean; see rules.h.
 *
 * The meaning, policy_meaning(), is what a compiled program is proved to be equal to.
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

uint64_t condition_seen(const struct condition *c, const struct seccomp_data *data)
{
	uint64_t seen;

	switch (c->field) {
	case FIELD_NR:
		seen = (uint32_t)data->nr;
		break;
	case FIELD_ARG0:
	case FIELD_ARG1:
	case FIELD_ARG2:
	case FIELD_ARG3:
	case FIELD_ARG4:
	case FIELD_ARG5:
		seen = data->args[c->field];
		break;
	default:
		seen = data->instruction_pointer;
		break;
	}
	if (c->width == 32)
		seen = (uint32_t)seen;
	return seen & c->mask;
}

bool condition_holds(const struct condition *c, const struct seccomp_data *data)
{
	const uint64_t seen = condition_seen(c, data);

	switch (c->test) {
	case TEST_EQ:
		return seen == c->value;
	case TEST_NE:
		return seen != c->value;
	case TEST_LT:
		return seen < c->value;
	case TEST_LE:
		return seen <= c->value;
	case TEST_GT:
		return seen > c->value;
	case TEST_GE:
		return seen >= c->value;
	case TESTS:
		break;
	}
	return false;
}

bool rule_matches(const struct rule *r, const struct seccomp_data *data)
{
	if (r->inactive != NULL || (!r->every_call && r->nr != (uint32_t)data->nr))
		return false;
	for (size_t i = 0; i < r->n_conditions; i++)
		if (!condition_holds(&r->conditions[i], data))
			return false;
	return true;
}

uint32_t policy_meaning(const struct policy *p, const struct seccomp_data *data, const struct rule **by)
{
	const struct rule *match = NULL;
	uint32_t ret = p->otherwise;

	if (!p->every_arch && data->arch != p->arch) {
		ret = p->foreign;
	} else {
		for (size_t i = 0; match == NULL && i < p->n_rules; i++)
			if (rule_matches(&p->rules[i], data))
				match = &p->rules[i];
		if (match != NULL)
			ret = match->ret;
	}
	if (by != NULL)
		*by = match;
	return ret;
}
