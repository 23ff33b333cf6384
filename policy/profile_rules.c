/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profile_rules.c - the rules that allow what was seen; see profile.h.
 */
#include <inttypes.h>
#include <string.h>

#include <abi/errno.h>
#include "profile_seen.h"
#include "say.h"
#include "show.h"

#define RULES_MAX 64U /* for one call */

/*
 * What is asked of one argument: nothing, no bit outside BITS, or one of the values; of a CHOICE,
 * which is a field, and no bit outside it but BITS.
 */
struct demand {
	enum { FREE, BITS, ONE_OF } what;
	uint64_t bits, choice;
	const struct values *values;
	unsigned int width;
};

static struct demand demand_of(const struct call *call, unsigned int i, const struct values *v, enum profile_args args)
{
	const struct argument *a = &call->args[i];
	struct demand d = {
		.what = FREE, .bits = v->bits, .values = v, .width = argument_bits(a->type) == 64 ? 64 : 32
	};

	if (args == PROFILE_NONE)
		return d;
	switch (constant_shape(a->kind)) {
	case SHAPE_FLAGS:
		d.choice = constant_choice(a->kind);
		d.what = d.choice != 0 && !v->many ? ONE_OF : BITS;
		d.bits |= d.what == BITS ? d.choice : 0;
		break;
	case SHAPE_VALUES:
		d.what = v->many ? FREE : ONE_OF;
		break;
	case SHAPE_NUMBER:
		d.what = args == PROFILE_EXACT && is_listed(a) && !v->many ? ONE_OF : FREE;
		break;
	case SHAPE_ADDRESS:
		break;
	}
	return d;
}

static bool values_agree(const struct demand demands[6], const uint64_t a[6], const uint64_t b[6])
{
	for (unsigned int i = 0; i < 6; i++)
		if (demands[i].what == ONE_OF && a[i] != b[i])
			return false;
	return true;
}

/* Is it known which values came together? */
static bool told_apart(const struct seen *s)
{
	return s->together != NULL && s->n_together <= TOGETHER_MAX;
}

/* Is T the first one with these values of the arguments of which values are demanded? */
static bool is_first(const struct seen *s, const struct demand demands[6], const struct together *t)
{
	const struct together *other = s->together;

	while (other != t && !values_agree(demands, other->value, t->value))
		other = other->next;
	return other == t;
}

/* How many rules the demands make: one for all values that came together, or for all that may. */
static unsigned int count_rules(const struct seen *s, const struct demand demands[6])
{
	unsigned int product = 1, seen = 0;

	for (const struct together *t = s->together; told_apart(s) && t != NULL; t = t->next)
		seen += is_first(s, demands, t);
	for (unsigned int i = 0; i < 6; i++)
		product *= demands[i].what == ONE_OF ? demands[i].values->n : 1;
	return seen != 0 ? seen : product;
}

/* Frees the argument with the most values until there are no more than RULES_MAX rules. */
static void limit_rules(const struct seen *s, struct demand demands[6])
{
	while (count_rules(s, demands) > RULES_MAX) {
		struct demand *most = NULL;

		for (struct demand *d = &demands[0]; d < &demands[6]; d++)
			if (d->what == ONE_OF && (most == NULL || d->values->n > most->values->n))
				most = d;
		most->what = most->choice != 0 ? BITS : FREE;
		most->bits |= most->choice;
	}
}

static const char *say_evidence(struct arena *arena, const struct profile *p, const struct evidence *seen)
{
	const int runs = __builtin_popcountll(seen->runs);
	const char *text = arena_print(arena, "%" PRIu64 " call%s", seen->count, seen->count == 1 ? "" : "s");

	if (p->runs > 1)
		text = arena_print(arena, "%s in %d of %u runs", text, runs, p->runs);
	if (seen->place != NULL && *seen->place != '\0')
		text = arena_print(arena, "%s, first from %s", text, seen->place);
	return text;
}

/* Of the rule of S that wants these values of its DEMANDS. */
static const char *rule_evidence(struct arena *arena, const struct profile *p, const struct seen *s,
				 const struct demand demands[6], const uint64_t value[6])
{
	struct evidence sum = { 0 };

	if (s->unseen != NULL)
		return arena_print(arena, "not seen; %s", s->unseen);
	if (s->all.count == 0)
		return "not seen; starting or ending the program needs it";
	for (const struct together *t = s->together; t != NULL; t = t->next) {
		if (!values_agree(demands, t->value, value))
			continue;
		sum.count += t->seen.count;
		sum.runs |= t->seen.runs;
		sum.place = sum.place != NULL ? sum.place : t->seen.place;
	}
	return arena_print(arena, "%s%s", say_evidence(arena, p, told_apart(s) ? &sum : &s->all),
			   s->base ? "; with any arguments, because the base has it" : "");
}

/* What a condition wants, in words: JSON has its numbers in decimal only. */
static const char *in_words(struct arena *arena, const struct argument *a, const struct demand *d, uint64_t value)
{
	const char *text = constant_print(arena, a->type, a->kind, d->what == BITS ? d->bits : value);

	if (d->what == BITS && d->bits == 0)
		return arena_print(arena, "; %s: 0", a->name);
	if (d->choice != 0 && d->what == ONE_OF && d->bits != 0)
		return arena_print(arena, "; %s: %s, up to %s", a->name, text,
				   constant_print(arena, a->type, a->kind, value | d->bits));
	return arena_print(arena, d->what == BITS ? "; %s: no bits but %s" : "; %s: %s", a->name, text);
}

/* Answers RET to calls of number NR that meet the N CONDITIONS. WORDS: why. */
static void answer_call(struct stack *stack, struct policy *policy, uint32_t nr, uint32_t ret,
			const struct condition *conditions, size_t n, const char *words)
{
	struct rule *r = policy_add_rule(stack, policy, (struct place){ 0 });

	r->name = say_call_name(stack->arena, nr);
	r->every_call = false;
	r->nr = nr;
	r->ret = ret;
	r->comment = words;
	rule_set_conditions(stack, r, conditions, n);
}

/* The rule that wants these values of the N arguments. */
static void add_rule(struct stack *stack, struct policy *policy, const struct profile *p, uint32_t nr,
		     const struct demand demands[6], unsigned int n, const uint64_t value[6])
{
	const struct call *call = call_by_number(nr);
	struct condition conditions[6];
	const char *words = rule_evidence(stack->arena, p, &p->seen[nr], demands, value);
	size_t count = 0;

	for (unsigned int i = 0; i < n; i++) {
		const struct demand *d = &demands[i];
		struct condition c = condition_on((enum field)i, TEST_EQ, 0, (struct place){ 0 });

		if (d->what == FREE)
			continue;
		c.width = d->width;
		if (d->what == BITS || d->choice != 0)
			c.mask = d->width == 32 ? (uint32_t)~d->bits : ~d->bits;
		if (d->what == ONE_OF)
			c.value = value[i];
		if (c.mask == 0)
			continue;
		conditions[count++] = c;
		words = arena_print(stack->arena, "%s%s", words, in_words(stack->arena, &call->args[i], d, c.value));
	}
	answer_call(stack, policy, nr, SECCOMP_RET_ALLOW, conditions, count, words);
}

/* A rule for each set of values that came together; for every set of them, if that is not known. */
static void add_rules(struct stack *stack, struct policy *policy, const struct profile *p, uint32_t nr,
		      const struct demand demands[6], unsigned int n)
{
	const struct seen *s = &p->seen[nr];
	unsigned int at[6] = { 0 }, i;
	uint64_t value[6] = { 0 };

	for (const struct together *t = s->together; told_apart(s) && t != NULL; t = t->next)
		if (is_first(s, demands, t))
			add_rule(stack, policy, p, nr, demands, n, t->value);
	if (told_apart(s))
		return;
	do {
		for (i = 0; i < n; i++)
			value[i] = demands[i].what == ONE_OF ? demands[i].values->value[at[i]] : 0;
		add_rule(stack, policy, p, nr, demands, n, value);
		for (i = 0; i < n; i++) {
			if (demands[i].what != ONE_OF)
				continue;
			if (++at[i] < demands[i].values->n)
				break;
			at[i] = 0;
		}
	} while (i < n);
}

void profile_terminal(struct stack *stack, struct policy *policy)
{
	struct condition cmd = condition_on(FIELD_ARG1, TEST_EQ, IOCTL_TCGETS, (struct place){ 0 });

	cmd.width = 32;
	answer_call(stack, policy, call_by_name("ioctl", 5)->nr, SECCOMP_RET_ALLOW, &cmd, 1,
		    "not seen; C libraries ask it of a standard output that is a terminal; cmd: TCGETS");
}

void profile_rules(const struct profile *p, enum profile_args args, struct stack *stack, struct policy *policy)
{
	for (uint32_t nr = 0; nr < NUMBERS; nr++) {
		const struct seen *s = &p->seen[nr];
		const struct call *call = call_by_number(nr);
		struct demand demands[6] = { 0 };
		unsigned int n = 0;

		if (s->all.count == 0 && !s->base && s->unseen == NULL)
			continue;
		/* A call that the base names may come with other arguments. */
		for (; call != NULL && s->all.count > 0 && !s->base && n < call->nargs; n++)
			demands[n] = demand_of(call, n, &s->args[n], args);
		limit_rules(s, demands);
		add_rules(stack, policy, p, nr, demands, n);
	}
}

void profile_fallbacks(struct stack *stack, struct policy *policy, bool all)
{
	bool named[NUMBERS] = { false };
	uint32_t above = 0;

	for (size_t i = 0; i < policy->n_rules; i++) {
		const uint32_t nr = policy->rules[i].nr;

		named[nr] = true;
		above = nr >= above ? nr + 1 : above;
	}
	for (uint32_t nr = 0; nr < (all ? NUMBERS : above); nr++) {
		const struct call *call = call_by_number(nr);
		const char *older = call == NULL ? NULL : show_fallback(call->name);

		if (older == NULL || named[nr] || !named[call_by_name(older, strlen(older))->nr])
			continue;
		answer_call(stack, policy, nr, SECCOMP_RET_ERRNO | ENOSYS, NULL, 0,
			    arena_print(stack->arena, "C libraries go on with %s after ENOSYS, and only then", older));
	}
}
