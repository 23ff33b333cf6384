/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tighten.c - see tighten.h. A rule that refuses stays, used or not: without it another rule, or
 * the default, may let its calls run, or refuse them in a way that a library does not expect. So
 * does one that lets calls run in a stricter way, as LOG is, than what answers without it.
 */
#include "tighten.h"

#include "action_words.h"
#include "base.h"
#include "names.h"
#include "seccomp.h"
#include "say.h"

static bool take_run(struct invocation *in, const struct policy *old, struct profile **used, struct profile *all,
		     const char *file, unsigned int run)
{
	struct events_log log;

	if (events_open(&log, &in->arena, file) && !(log.asked & EVENTS_ALL)) {
		complain("portcullis: %s: only refusals were recorded there; record the run anew\n", file);
		return false;
	}
	for (const struct event *e; (e = events_next(&log)) != NULL;) {
		const struct event_call *call = event_body(e);
		const struct rule *by;

		if (e->type != EVENT_CALL)
			continue;
		profile_take(all, e, run);
		policy_meaning(old, &call->data, &by);
		if (by == NULL)
			continue;
		if (used[by - old->rules] == NULL)
			used[by - old->rules] = profile_create(&in->arena);
		profile_take(used[by - old->rules], e, run);
	}
	if (log.trouble != NULL)
		complain("portcullis: %s\n", log.trouble);
	else if (!log.complete)
		complain("portcullis: %s: the run did not end by itself; rules that it used later are taken away\n",
			 file);
	return log.trouble == NULL;
}

static bool looks_at(const struct rule *r, enum field field)
{
	for (size_t i = 0; i < r->n_conditions; i++)
		if (r->conditions[i].field == field)
			return true;
	return false;
}

/*
 * Adds R to NEW, with the conditions of PART as well, unless that is NULL. Where R has a condition
 * on an argument, PART's is left out: an OCI profile cannot ask two things of one argument.
 */
static void add_rule(struct stack *stack, struct policy *new, const struct rule *r, const struct rule *part,
		     const char *evidence)
{
	const size_t more = part == NULL ? 0 : part->n_conditions;
	struct condition *conditions = arena_zalloc(stack->arena, (r->n_conditions + more + 1) * sizeof(*conditions));
	struct rule *to = policy_add_rule(stack, new, r->at);
	size_t n = 0;

	while (n < r->n_conditions) {
		conditions[n] = r->conditions[n];
		n++;
	}
	for (size_t i = 0; i < more; i++)
		if (!looks_at(r, part->conditions[i].field))
			conditions[n++] = part->conditions[i];
	*to = *r;
	if (part != NULL && r->every_call) {
		to->every_call = false;
		to->nr = part->nr;
		to->name = part->name;
	}
	rule_set_conditions(stack, to, conditions, n);
	if (r->implied)
		return;
	to->comment = arena_print(stack->arena, "%s; %s%s%s", evidence, say_place(stack->arena, r->at, false),
				  r->comment == NULL ? "" : ": ", r->comment == NULL ? "" : r->comment);
}

static void add_used(struct stack *stack, struct policy *new, const struct rule *r, struct profile *used,
		     unsigned int runs, enum profile_args args, bool base)
{
	struct stack scratch = { .arena = stack->arena, .notes = stack->notes };
	struct policy *parts = stack_push(&scratch, "", "", (struct place){ 0 });

	profile_runs(used, runs);
	if (base && !r->every_call)
		profile_base(used, r->nr);
	profile_rules(used, args, &scratch, parts);
	for (size_t i = 0; i < parts->n_rules; i++)
		add_rule(stack, new, r, &parts->rules[i], parts->rules[i].comment);
}

/* Is what answers the calls of rule I of P, where it does not, weaker than the rule? */
static bool is_stricter_than_rest(const struct policy *p, size_t i)
{
	const struct rule *r = &p->rules[i];
	bool stricter = seccomp_stricter(r->ret, p->otherwise);

	for (size_t k = i + 1; k < p->n_rules; k++)
		stricter |= p->rules[k].inactive == NULL && seccomp_stricter(r->ret, p->rules[k].ret) &&
			    (r->every_call || p->rules[k].every_call || r->nr == p->rules[k].nr);
	return stricter;
}

static void tell_unused(struct invocation *in, const struct rule *r)
{
	const char *when = say_conditions(&in->arena, r);

	if (option(in, "quiet") == NULL)
		complain("not used: %s  %s%s%s\n", say_place(&in->arena, r->at, false),
			 r->every_call ? "every call" : say_call_name(&in->arena, r->nr), *when != '\0' ? " when " : "",
			 when);
}

struct policy *tighten(struct invocation *in, struct stack *stack, const struct policy *old, char **files, int n,
		       enum profile_args args, const char *base, bool implied)
{
	struct profile **used = arena_zalloc(&in->arena, (old->n_rules + 1) * sizeof(*used));
	struct policy *new = stack_push(stack, old->name, old->form, old->at);
	const uint32_t exec = call_by_name("execve", 6)->nr; /* launchers make it under the policy */
	struct profile *all = profile_create(&in->arena);
	struct policy *newer = new->newer;

	for (int i = 0; i < n; i++)
		if (!take_run(in, old, used, all, files[i], (unsigned int)i + 1))
			return NULL;
	profile_find_unseen(all);
	*new = *old;
	new->newer = newer;
	new->rules = NULL;
	new->n_rules = new->room_rules = 0;
	for (size_t i = 0; i < old->n_rules; i++) {
		const struct rule *r = &old->rules[i];
		const bool of_base = !r->every_call && ((base != NULL && base_has(base, r->nr)) ||
							(option(in, "no-exec") == NULL && r->nr == exec) ||
							profile_unseen(all, r->nr) != NULL);

		if (r->inactive != NULL || (r->implied && !implied))
			continue;
		if (!action_runs(r->ret))
			add_rule(stack, new, r, NULL, used[i] == NULL ? "not used, but it refuses" : "used");
		else if (is_stricter_than_rest(old, i))
			add_rule(stack, new, r, NULL,
				 used[i] == NULL ? "not used, but stricter than what answers without it" : "used");
		else if (used[i] != NULL)
			add_used(stack, new, r, used[i], (unsigned int)n, args, of_base);
		else if (of_base || r->implied)
			add_rule(stack, new, r, NULL, "not used, but starting or ending the program may need it");
		else
			tell_unused(in, r);
	}
	return new;
}
