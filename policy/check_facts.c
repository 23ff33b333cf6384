/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_facts.c - what a policy answers to every call of riscv64, worked out once for all checks;
 * and what they share.
 */
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include "check.h"
#include "foreign.h"
#include "say.h"
#include "show.h"

const struct check checks[CHECKS] = {
#define CHECK(name, id, severity, what, why, todo) [CHECK_##name] = { id, SEVERITY_##severity, what, why, todo },
#include "checks.def"
#undef CHECK
};

/* ---- findings ---- */

static void __attribute__((format(printf, 7, 0)))
add_finding(struct checker *c, enum check_id id, enum severity severity, struct place at, const char *todo,
	    const char *call, const char *format, va_list args)
{
	const char *of_arch = c->arch == 0 || c->arch == AUDIT_ARCH_RISCV64
				      ? ""
				      : arena_print(c->arena, "on %s: ", say_arch(c->arena, c->arch));
	struct finding *f;

	c->findings = arena_grow(c->arena, c->findings, c->n_findings, 1, sizeof(*f), &c->room_findings);
	f = &c->findings[c->n_findings++];
	*f = (struct finding){
		.check = &checks[id],
		.severity = severity,
		.policy = c->policy,
		.at = at,
		.text = arena_print(c->arena, "%s%s", of_arch, arena_vprint(c->arena, format, args)),
		.todo = todo != NULL ? todo : checks[id].todo,
		.call = call,
	};
}

void check_found(struct checker *c, enum check_id id, struct place at, const char *todo, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_finding(c, id, checks[id].severity, at, todo, NULL, format, args);
	va_end(args);
}

void check_found_call(struct checker *c, enum check_id id, enum severity severity, struct place at, const char *todo,
		      const char *call, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_finding(c, id, severity, at, todo, call, format, args);
	va_end(args);
}

/* ---- calls ---- */

bool possible(struct checker *c, uint32_t nr, Z3_ast claim, struct seccomp_data *example)
{
	const struct box box = { { nr, nr }, { c->arch, c->arch } };

	return ask_example(c->asker, &box, claim, example) != ASK_NO;
}

bool shown(struct checker *c, uint32_t nr, Z3_ast claim, struct seccomp_data *example)
{
	const struct box box = { { nr, nr }, { c->arch, c->arch } };

	return ask_example(c->asker, &box, claim, example) == ASK_YES;
}

bool is_out_of_time(struct checker *c)
{
	if (!ask_time_is_up(c->asker))
		return false;
	ask_leave_open(c->asker, &whole_box);
	return true;
}

bool is_left_open(const struct checker *c, uint32_t nr)
{
	for (size_t i = 0; i < c->asker->n_open; i++)
		if (c->asker->open[i].nr[0] <= nr && nr <= c->asker->open[i].nr[1])
			return true;
	return false;
}

/*
 * Do they depend on the arguments in the same way? Terms are shared, and of one number mention
 * nothing but the arguments and the instruction pointer.
 */
static bool are_alike(const struct outcomes *a, const struct outcomes *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->list[i].when != b->list[i].when)
			return false;
	return true;
}

struct outcomes check_outcomes(struct checker *c, const struct subject *subject, uint32_t nr)
{
	struct outcomes o = show_outcomes(c->asker, subject, c->arch, nr);
	const struct box box = { { nr, nr }, { c->arch, c->arch } };
	struct asked_last *last = &c->last;
	size_t n = 0;

	if (o.n < 2)
		return o;
	if (!are_alike(&o, &last->outcomes)) {
		last->outcomes = o;
		last->outcomes.list = arena_zalloc(c->arena, o.n * sizeof(*o.list));
		memcpy(last->outcomes.list, o.list, o.n * sizeof(*o.list));
		last->possible = arena_zalloc(c->arena, o.n);
		last->decided = ask_possible(c->asker, &box, NULL, &o, last->possible);
	} else if (!last->decided) {
		ask_leave_open(c->asker, &box);
	}
	for (size_t i = 0; i < o.n; i++)
		if (last->possible[i])
			o.list[n++] = o.list[i];
	o.n = n;
	return o;
}

static struct checked_call look_at(struct checker *c, const struct subject *subject, uint32_t nr)
{
	struct checked_call k = { .outcomes = check_outcomes(c, subject, nr) };

	k.constant = outcomes_constant(&k.outcomes, &k.ret);
	for (size_t i = 0; i < k.outcomes.n; i++) {
		const struct value ret = k.outcomes.list[i].ret;
		const bool run = ret.term != NULL || action_runs(ret.k);

		k.may_run |= run;
		k.may_fail |= ret.term != NULL || !run;
	}
	return k;
}

bool fails_elsewhere(struct checker *c, uint32_t nr)
{
	const struct side *side = &c->run->side;
	bool fails = false;

	for (size_t i = 0; i < side->n && !c->run->stack->apart && !fails; i++)
		if (&side->subjects[i] != c->subject) {
			const struct checked_call k = look_at(c, &side->subjects[i], nr);

			fails = always_fails(&k);
		}
	return fails;
}

void check_facts(struct checker *c, const struct policy *p, const struct subject *subject, uint32_t arch)
{
	const struct call *calls = arch_calls(arch, &c->n_calls);

	c->policy = p;
	c->subject = subject;
	c->arch = arch;
	c->calls = arena_zalloc(c->arena, c->n_calls * sizeof(*c->calls));
	for (size_t i = 0; i < c->n_calls; i++) {
		c->calls[i] = look_at(c, subject, calls[i].nr);
		c->calls[i].call = &calls[i];
	}
	c->above = look_at(c, subject, X32_BIT - 1);
}

const struct checked_call *checked_number(const struct checker *c, uint32_t nr)
{
	for (size_t i = 0; i < c->n_calls; i++)
		if (c->calls[i].call->nr == nr)
			return &c->calls[i];
	return NULL;
}

const struct checked_call *checked(const struct checker *c, const char *name)
{
	const struct call *call = arch_call_by_name(c->arch, name, strlen(name));

	return call != NULL ? checked_number(c, call->nr) : NULL;
}

bool always_fails(const struct checked_call *k)
{
	return !k->may_run;
}

bool always_runs(const struct checked_call *k)
{
	return !k->may_fail;
}

/* ---- places and words ---- */

struct place outcome_place(const struct policy *p, const struct outcome *o)
{
	if (p->program != NULL)
		return p->program_at != NULL ? p->program_at[o->pc] : p->at;
	if (o->rule == NULL)
		return p->otherwise_at;
	return o->rule->implied ? p->at : o->rule->name != NULL ? o->rule->name_at : o->rule->at;
}

struct place answer_place(const struct checker *c, const struct checked_call *k)
{
	return outcome_place(c->policy, &k->outcomes.list[0]);
}

const char *append_word(struct arena *arena, const char *list, const char *word)
{
	return arena_print(arena, "%s%s%s", list, *list != '\0' ? " " : "", word);
}
