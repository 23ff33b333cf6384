/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * check_rules.c - checks: rules that never answer, or always; RETs of a program that no call
 * reaches. By the outcomes that the solver leaves.
 */
#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "check.h"
#include "oci.h"
#include "say.h"
#include "show.h"

#define NAMES_MAX 6U

/* ---- rules ---- */

static bool is_same_call(const struct rule *a, const struct rule *b)
{
	return a->every_call || b->every_call || a->nr == b->nr;
}

static bool is_outcome(const struct outcomes *o, const struct rule *r)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->list[i].rule == r)
			return true;
	return false;
}

/* Does the rule answer any call? */
static bool may_answer(struct checker *c, const struct rule *r)
{
	const struct checked_call *k = r->every_call ? NULL : checked_number(c, r->nr);
	struct outcomes o;

	if (k != NULL)
		return is_outcome(&k->outcomes, r);
	if (!r->every_call) {
		o = check_outcomes(c, c->subject, r->nr);
		return is_outcome(&o, r);
	}
	for (size_t i = 0; i < c->n_calls; i++)
		if (is_outcome(&c->calls[i].outcomes, r))
			return true;
	/* A range of numbers may lie above those of riscv64's calls. */
	for (size_t i = 0; i < r->n_conditions; i++)
		if (r->conditions[i].field == FIELD_NR)
			return true;
	return is_outcome(&c->above.outcomes, r);
}

/* That all conditions of the rule but those of the number hold; NULL: there are none. */
static Z3_ast conditions_term(struct checker *c, const struct rule *r)
{
	Z3_ast all = NULL;

	for (size_t i = 0; i < r->n_conditions; i++)
		if (r->conditions[i].field != FIELD_NR)
			all = both_terms(&c->asker->sym, all, condition_term(&c->asker->sym, &r->conditions[i]));
	return all;
}

/* Do the conditions of the rule contradict each other? */
static bool never_holds(struct checker *c, const struct rule *r)
{
	const Z3_ast all = conditions_term(c, r);
	struct seccomp_data example;

	return all != NULL && !possible(c, r->every_call ? 0 : r->nr, all, &example);
}

static const char *rule_name(struct checker *c, const struct rule *r)
{
	return r->every_call ? "every call" : say_call_name(c->arena, r->nr);
}

static struct place rule_place(const struct rule *r)
{
	return r->n_conditions > 0 && r->conditions[0].at.source != NULL ? r->conditions[0].at
	       : r->name != NULL					 ? r->name_at
									 : r->at;
}

/*
 * The rule that takes what R would answer: one without conditions, or else the first one for the
 * call.
 */
static const struct rule *taker_of(const struct policy *p, const struct rule *r)
{
	const struct rule *first = NULL;

	for (const struct rule *e = p->rules; e < r; e++) {
		if (e->inactive != NULL || !is_same_call(e, r))
			continue;
		if (e->n_conditions == 0)
			return e;
		first = first == NULL ? e : first;
	}
	return first;
}

/* Rules that are told in one finding. */
struct gathered {
	size_t n;
	const char *names;
	struct place at;
};

static void gather_rule(struct checker *c, struct gathered *g, const struct rule *r)
{
	if (g->n == 0)
		g->at = rule_place(r);
	if (g->n++ < NAMES_MAX)
		g->names = append_word(c->arena, g->names, rule_name(c, r));
}

static void tell_gathered(struct checker *c, enum check_id id, const struct gathered *g, const char *verb,
			  const char *what)
{
	if (g->n == 0)
		return;
	check_found(c, id, g->at, NULL, "%zu rule%s %s: %s%s", g->n,
		    arena_print(c->arena, g->n == 1 ? " %ss" : "s %s", verb), what, g->names,
		    g->n > NAMES_MAX ? " ..." : "");
}

static void check_unanswering(struct checker *c, const struct rule *r, struct gathered *same)
{
	const struct rule *by = taker_of(c->policy, r);

	if (never_holds(c, r)) {
		check_found(c, CHECK_NEVER_TRUE, rule_place(r), NULL, "%s: %s never holds", rule_name(c, r),
			    say_conditions(c->arena, r));
		return;
	}
	if (by == NULL || by->ret == r->ret) {
		gather_rule(c, same, r);
		return;
	}
	check_found(
		c, CHECK_UNREACHABLE_RULE, rule_place(r),
		arena_print(
			c->arena,
			strstr(c->policy->form, "OCI") != NULL
				? "the order does not count: put the contrary into %s, which answers %s, or drop one of both"
				: "put it before %s, which answers %s, or drop one of both",
			say_place(c->arena, by->name != NULL ? by->name_at : by->at, false),
			say_answer(c->arena, by->ret)),
		"never reached: the rule that answers %s to %s%s%s", say_answer(c->arena, r->ret), rule_name(c, r),
		r->n_conditions > 0 ? " when " : "", say_conditions(c->arena, r));
}

/*
 * A rule that runtimes leave out, because it answers what the default does: is a call that it is
 * about answered otherwise, by another rule?
 */
static void check_left_out(struct checker *c, const struct rule *r)
{
	struct symbols *sym = &c->asker->sym;
	struct seccomp_data example = { 0 };
	struct outcomes o;
	Z3_ast same;

	if (r->inactive != oci_left_out)
		return;
	o = check_outcomes(c, c->subject, r->nr);
	same = Z3_mk_eq(sym->z3, outcomes_term(sym, &o), symbol_constant(sym, r->ret));
	if (shown(c, r->nr, both_terms(sym, conditions_term(c, r), Z3_mk_not(sym->z3, same)), &example))
		check_found_call(
			c, CHECK_UNREACHABLE_RULE, SEVERITY_WARNING, rule_place(r),
			"put the contrary into the rule that takes the call", say_call(c->arena, &example),
			"runtimes leave this rule out, as it answers %s to %s as the default does; another rule answers %s",
			say_answer(c->arena, r->ret), rule_name(c, r),
			say_answer(c->arena, side_answer(&(struct side){ c->subject, 1 }, &example)));
}

/* Is the answer of R the default's, and nothing behind it for the call? */
static bool changes_nothing(const struct policy *p, const struct rule *r)
{
	if (r->ret != p->otherwise || r->implied)
		return false;
	for (const struct rule *later = r + 1; later < p->rules + p->n_rules; later++)
		if (later->inactive == NULL && later->ret != r->ret && is_same_call(later, r))
			return false;
	return true;
}

/* ---- conditions that hold for all arguments ---- */

static void check_always(struct checker *c, const struct checked_call *k)
{
	const struct outcomes *o = &k->outcomes;
	size_t n = 0;

	for (size_t i = 0; i < o->n; i++) {
		if (o->list[i].rule == NULL || o->list[i].when == NULL || o->list[i].ret.k != o->list[0].ret.k ||
		    o->list[i].rule->implied)
			return;
		n++;
	}
	if (n == 1)
		check_found(c, CHECK_ALWAYS_TRUE, rule_place(o->list[0].rule), NULL, "%s: %s always holds",
			    k->call->name, say_conditions(c->arena, o->list[0].rule));
	else if (n > 1)
		check_found(c, CHECK_EITHER_ALWAYS, rule_place(o->list[0].rule), NULL,
			    "%s is answered %s whatever its arguments: of %s and %s, one always holds", k->call->name,
			    say_answer(c->arena, o->list[0].ret.k), say_conditions(c->arena, o->list[0].rule),
			    say_conditions(c->arena, o->list[1].rule));
}

/* ---- programs ---- */

/* The RETs of a program that some call reaches. */
struct reached {
	struct checker *checker;
	bool *pc;
};

static bool visit_box(void *arg, struct asker *a, const struct box_view *view)
{
	struct reached *reached = arg;
	struct outcomes o = { 0 };
	bool *possible;
	struct cut cut;

	symbolic_outcomes(&a->sym, reached->checker->arena, reached->checker->subject, view->box, &o, &cut);
	possible = arena_zalloc(reached->checker->arena, o.n + 1);
	ask_possible(a, view->box, NULL, &o, possible);
	for (size_t i = 0; i < o.n; i++)
		reached->pc[o.list[i].pc] |= possible[i];
	return true;
}

static void check_returns(struct checker *c)
{
	const struct policy *p = c->policy;
	const struct side side = { c->subject, 1 };
	struct reached reached = { c, arena_zalloc(c->arena, p->len) };
	struct place at = p->at;
	const char *list = "";
	size_t n = 0;

	if (ask_boxes(c->asker, &side, &side, visit_box, &reached) != ASK_YES)
		return;
	for (uint32_t pc = 0; pc < p->len; pc++) {
		if (BPF_CLASS(p->program[pc].code) != BPF_RET || reached.pc[pc])
			continue;
		if (n == 0 && p->program_at != NULL)
			at = p->program_at[pc];
		if (n++ < NAMES_MAX)
			list = arena_print(
				c->arena, "%s%s%" PRIu32 " (%s)", list, n > 1 ? ", " : "", pc,
				BPF_RVAL(p->program[pc].code) == BPF_A ? "A" : say_answer(c->arena, p->program[pc].k));
	}
	if (n > 0)
		check_found(c, CHECK_DEAD_RETURN, at, NULL, "no call reaches the RET at pc %s", list);
}

/* Calls of which a program compares arguments, and which it answers alike whatever they are. */
static void check_idle(struct checker *c)
{
	struct gathered idle = { .names = "" };
	uint32_t ret = 0;

	for (size_t i = 0; i < c->n_calls; i++) {
		const struct checked_call *k = &c->calls[i];
		const struct outcomes o = show_outcomes(c->asker, c->subject, c->arch, k->call->nr);

		if (!k->constant || o.n == 0 || o.list[0].when == NULL)
			continue;
		if (idle.n == 0) {
			idle.at = outcome_place(c->policy, &o.list[0]);
			ret = k->ret;
		}
		if (idle.n++ < NAMES_MAX)
			idle.names = append_word(c->arena, idle.names, k->call->name);
	}
	if (idle.n > 0)
		check_found(c, CHECK_IDLE_COMPARISON, idle.at, NULL,
			    "arguments are compared and make no difference: %s%s, always %s", idle.names,
			    idle.n > NAMES_MAX ? " ..." : "", say_answer(c->arena, ret));
}

void check_rules(struct checker *c)
{
	const struct policy *p = c->policy;
	struct gathered same = { .names = "" }, idle = { .names = "" };

	if (p->program != NULL) {
		/* Of whatever architecture a call is. */
		if (c->arch == AUDIT_ARCH_RISCV64)
			check_returns(c);
		check_idle(c);
		return;
	}
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct rule *r = &p->rules[i];

		if (r->inactive != NULL)
			check_left_out(c, r);
		if (r->inactive != NULL || r->implied)
			continue;
		if (!may_answer(c, r))
			check_unanswering(c, r, &same);
		else if (changes_nothing(p, r))
			gather_rule(c, &idle, r);
	}
	tell_gathered(c, CHECK_DUPLICATE_RULE, &same, "say", "what an earlier one says already");
	tell_gathered(c, CHECK_LIKE_DEFAULT, &idle, "answer", "what the default answers");
	for (size_t i = 0; i < c->n_calls; i++)
		check_always(c, &c->calls[i]);
}
