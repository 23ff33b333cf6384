/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * meaning.c - what a policy of rules answers; see rules.h. It is what every compiled
 * program is proved to be equal to.
 *
 * That policy_meaning() does what its contract says, whatever the policy, is
 * proved by Frama-C (tests/proof).
 */
#include "rules.h"

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
	/*@ loop invariant 0 <= i <= r->n_conditions;
	    loop invariant \forall integer k; 0 <= k < i ==> holds(r->conditions + k, data);
	    loop assigns i;
	    loop variant r->n_conditions - i;
	*/
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
		/*@ loop invariant 0 <= i <= p->n_rules;
		    loop invariant match == \null ==> \forall integer k; 0 <= k < i ==> !matches(p->rules + k, data);
		    loop invariant match != \null ==> i > 0 && match == p->rules + (i - 1) && matches(match, data) &&
		      \forall integer k; 0 <= k < i - 1 ==> !matches(p->rules + k, data);
		    loop assigns i, match;
		    loop variant p->n_rules - i;
		*/
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
