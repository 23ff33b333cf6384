/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * profile.c - see profile.h. For each number and argument: the values seen, up to
 * some, and the union of their bits.
 */
#include "profile.h"

#include <inttypes.h>

#include "constants.h"
#include "say.h"

#define NUMBERS 1024U
#define VALUES_MAX 16U
#define RULES_MAX 64U /* for one call: alternatives multiply */

struct values {
	uint64_t value[VALUES_MAX];
	unsigned int n;
	bool many;
	uint64_t bits;
};

struct seen {
	uint64_t count;
	uint64_t runs; /* a bit each; the last one stands for all from the 64th on */
	bool base;
	const char *place; /* from where the first was made, or NULL */
	struct values args[6];
};

struct profile {
	struct seen seen[NUMBERS];
	uint64_t calls;
	unsigned int runs;
};

struct profile *profile_create(struct arena *arena)
{
	return arena_zalloc(arena, sizeof(struct profile));
}

static uint64_t looked_at(const struct call *call, unsigned int i, uint64_t value)
{
	return call != NULL && argument_bits(call->args[i].type) == 64 ? value : (uint32_t)value;
}

static void add_value(struct values *v, uint64_t value)
{
	v->bits |= value;
	for (unsigned int i = 0; i < v->n; i++)
		if (v->value[i] == value)
			return;
	if (v->n == VALUES_MAX)
		v->many = true;
	else
		v->value[v->n++] = value;
}

static bool is_counted(const struct event *e)
{
	const struct event_call *c = event_body(e);

	return e->type == EVENT_CALL && c->data.nr >= 0 && c->data.nr < (int)NUMBERS;
}

void profile_take(struct profile *p, const struct event *e, unsigned int run)
{
	const struct event_call *c = event_body(e);
	const struct call *call;
	struct seen *s;

	if (!is_counted(e))
		return;
	call = call_by_number((uint32_t)c->data.nr);
	s = &p->seen[c->data.nr];
	s->count++;
	s->runs |= UINT64_C(1) << (run > 64 ? 63 : run - 1);
	p->calls++;
	if (run > p->runs)
		p->runs = run;
	for (unsigned int i = 0; call != NULL && i < call->nargs; i++)
		add_value(&s->args[i], looked_at(call, i, c->data.args[i]));
}

bool profile_lacks_place(const struct profile *p, const struct event *e)
{
	const struct event_call *c = event_body(e);

	return is_counted(e) && p->seen[c->data.nr].place == NULL;
}

void profile_place(struct profile *p, const struct event *e, const char *place)
{
	const struct event_call *c = event_body(e);

	p->seen[c->data.nr].place = place;
}

void profile_base(struct profile *p, uint32_t nr)
{
	if (nr < NUMBERS)
		p->seen[nr].base = true;
}

void profile_runs(struct profile *p, unsigned int n)
{
	p->runs = n;
}

uint64_t profile_calls(const struct profile *p, unsigned int *numbers)
{
	*numbers = 0;
	for (uint32_t nr = 0; nr < NUMBERS; nr++)
		*numbers += p->seen[nr].count != 0;
	return p->calls;
}

/* ---- rules ---- */

/* What is asked of one argument: nothing, no bit outside MASK, or one of the values. */
struct demand {
	enum { FREE, BITS, ONE_OF } what;
	uint64_t bits;
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
		d.what = BITS;
		break;
	case SHAPE_VALUES:
		d.what = v->many ? FREE : ONE_OF;
		break;
	case SHAPE_NUMBER:
		/* An unsigned long is a size or a count of bytes. */
		d.what = args == PROFILE_EXACT && a->type != ARG_ULONG && !v->many ? ONE_OF : FREE;
		break;
	case SHAPE_ADDRESS:
		break;
	}
	return d;
}

/*
 * Frees the argument with the most alternatives until all of them make no
 * more than RULES_MAX rules.
 */
static void limit_rules(struct demand demands[6], unsigned int n)
{
	for (;;) {
		unsigned int product = 1, most = n;

		for (unsigned int i = 0; i < n; i++) {
			if (demands[i].what != ONE_OF)
				continue;
			product *= demands[i].values->n;
			if (most == n || demands[i].values->n > demands[most].values->n)
				most = i;
		}
		if (product <= RULES_MAX)
			return;
		demands[most].what = FREE;
	}
}

static const char *say_evidence(struct arena *arena, const struct profile *p, const struct seen *s)
{
	const int runs = __builtin_popcountll(s->runs);
	const char *text = arena_print(arena, "%" PRIu64 " call%s", s->count, s->count == 1 ? "" : "s");

	if (s->count == 0)
		return "not seen; starting or ending the program needs it";
	if (p->runs > 1)
		text = arena_print(arena, "%s in %d of %u runs", text, runs, p->runs);
	if (s->place != NULL)
		text = arena_print(arena, "%s, first from %s", text, s->place);
	return text;
}

/* What a condition wants, in words: JSON has its numbers in decimal only. */
static const char *in_words(struct arena *arena, const struct argument *a, const struct demand *d, uint64_t value)
{
	if (d->what == BITS && d->bits == 0)
		return arena_print(arena, "; %s: 0", a->name);
	return arena_print(arena, d->what == BITS ? "; %s: no bits but %s" : "; %s: %s", a->name,
			   constant_print(arena, a->type, a->kind, d->what == BITS ? d->bits : value));
}

/* One rule for each combination of values. */
static void add_rules(struct stack *stack, struct policy *policy, uint32_t nr, const struct demand demands[6],
		      unsigned int n, const char *comment)
{
	const struct call *call = call_by_number(nr);
	const struct place nowhere = { 0 };
	unsigned int at[6] = { 0 };

	for (;;) {
		struct condition conditions[6];
		const char *words = comment;
		size_t count = 0;
		struct rule *r;
		unsigned int i;

		for (i = 0; i < n; i++) {
			const struct demand *d = &demands[i];
			struct condition c = condition_on((enum field)i, TEST_EQ, 0, nowhere);

			if (d->what == FREE)
				continue;
			c.width = d->width;
			if (d->what == BITS)
				c.mask = d->width == 32 ? (uint32_t)~d->bits : ~d->bits;
			else
				c.value = d->values->value[at[i]];
			if (c.mask == 0)
				continue;
			conditions[count++] = c;
			words = arena_print(stack->arena, "%s%s", words,
					    in_words(stack->arena, &call->args[i], d, c.value));
		}
		r = policy_add_rule(stack, policy, nowhere);
		r->name = say_call_name(stack->arena, nr);
		r->every_call = false;
		r->nr = nr;
		r->ret = SECCOMP_RET_ALLOW;
		r->comment = words;
		rule_set_conditions(stack, r, conditions, count);
		for (i = 0; i < n; i++) {
			if (demands[i].what != ONE_OF)
				continue;
			if (++at[i] < demands[i].values->n)
				break;
			at[i] = 0;
		}
		if (i == n)
			return;
	}
}

void profile_rules(const struct profile *p, enum profile_args args, struct stack *stack, struct policy *policy)
{
	for (uint32_t nr = 0; nr < NUMBERS; nr++) {
		const struct seen *s = &p->seen[nr];
		const struct call *call = call_by_number(nr);
		struct demand demands[6] = { 0 };
		unsigned int n = 0;

		if (s->count == 0 && !s->base)
			continue;
		/* A call that the base names may come with other arguments. */
		for (; call != NULL && !s->base && n < call->nargs; n++)
			demands[n] = demand_of(call, n, &s->args[n], args);
		limit_rules(demands, n);
		add_rules(stack, policy, nr, demands, n, say_evidence(stack->arena, p, s));
	}
}
