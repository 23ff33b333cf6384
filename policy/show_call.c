/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * show_call.c - what a stack answers to one call, which rule says so, and
 * which rules nearly matched.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "action_words.h"
#include "asm_text.h"
#include "disasm.h"
#include "names.h"
#include "path.h"
#include "say.h"
#include "show.h"
#include "summary.h"
#include "ways.h"

struct outcomes show_outcomes(struct asker *asker, const struct subject *s, uint32_t arch, uint32_t nr)
{
	const struct box box = { { nr, nr }, { arch, arch } };
	struct outcomes out = { 0 };
	struct cut cut;

	symbolic_outcomes(&asker->sym, &asker->arena, s, &box, &out, &cut);
	return out;
}

static struct box box_of(const struct query *q)
{
	const uint32_t nr = (uint32_t)q->data.nr;

	return (struct box){ { nr, nr }, { q->data.arch, q->data.arch } };
}

/* Where all arguments are known, running S tells which outcome it is. False: they are not. */
static bool run_outcome(const struct subject *s, const struct outcomes *o, const struct query *q, bool *possible)
{
	const struct rule *rule = NULL;
	struct seccomp_result ran = { 0 };
	struct place at;

	if (!query_known(q) || summary_looks_at_ip(s->policy, &at))
		return false;
	if (s->insns != NULL)
		ran = seccomp_run(s->insns, s->len, &q->data);
	else
		policy_meaning(s->policy, &q->data, &rule);
	for (size_t i = 0; i < o->n; i++) {
		const struct outcome *x = &o->list[i];

		possible[i] = s->insns == NULL ? x->rule == rule
					       : x->pc == ran.pc && (x->ret.term != NULL || x->ret.k == ran.ret);
	}
	return true;
}

/* Which outcomes are possible for what is asked: their indexes into WHICH; returns how many. */
static size_t count_possible(struct asker *asker, const struct subject *s, const struct outcomes *o,
			     const struct query *q, size_t *which)
{
	const struct box box = box_of(q);
	bool *possible = arena_zalloc(&asker->arena, o->n + 1);
	size_t n = 0;

	if (!run_outcome(s, o, q, possible))
		ask_possible(asker, &box, query_term(&asker->sym, q, false), o, possible);
	for (size_t i = 0; i < o->n; i++)
		if (possible[i])
			which[n++] = i;
	return n;
}

const char *show_reason(struct arena *arena, const struct policy *p, const struct outcome *o)
{
	if (p->program != NULL)
		return p->program_at != NULL ? say_place(arena, p->program_at[o->pc], false)
					     : arena_print(arena, "pc=%" PRIu32 " of %s", o->pc, p->name);
	if (o->rule == NULL)
		return arena_print(arena, "default at %s", say_place(arena, p->otherwise_at, false));
	return o->rule->implied ? o->rule->comment : say_place(arena, o->rule->at, false);
}

/* The conditions of a rule that are not settled by what is known; "" if all are. */
static const char *open_conditions(struct arena *arena, const struct rule *r, const struct query *q)
{
	const struct call *call = r == NULL || r->every_call ? NULL : query_call(q);
	struct call meant;
	const char *all = "";

	if (call != NULL)
		meant = query_meant(q, call);
	for (size_t i = 0; r != NULL && i < r->n_conditions; i++) {
		const struct condition *c = &r->conditions[i];

		if (c->field == FIELD_NR || (c->field < 6 && q->known[c->field]))
			continue;
		all = arena_print(arena, "%s%s%s", all, *all != '\0' ? " and " : "",
				  say_condition(arena, call != NULL ? &meant : NULL, c));
	}
	return all;
}

/*
 * Where a condition fails for the upper half of an int: says that Linux looks at the lower half
 * alone. SEEN is how the value was told.
 */
static void print_half(FILE *to, const struct query *q, const struct condition *c, const char *seen)
{
	const struct call *call = query_call(q);
	struct condition lower = *c;

	if (call == NULL || (unsigned int)c->field >= call->nargs || c->width == 32 ||
	    argument_bits(call->args[c->field].type) == 64)
		return;
	lower.width = 32;
	lower.mask &= UINT32_MAX;
	lower.value &= UINT32_MAX;
	if (!condition_holds(&lower, &q->data))
		return;
	/* A name does not show what lies above. */
	if (strncmp(seen, "0x", 2) != 0)
		fprintf(to, " (0x%" PRIx64 ")", q->data.args[c->field]);
	fprintf(to, "; %s is an int: compare its lower 32 bits alone", call->args[c->field].name);
}

/* Rules that name the call and do not answer it: for which condition, or why they do not stand. */
static void print_near_misses(FILE *to, struct arena *arena, const struct policy *p, const struct query *q,
			      const struct outcomes *o, const size_t *which, size_t n)
{
	for (size_t i = 0; i < p->n_rules; i++) {
		const struct rule *r = &p->rules[i];
		const struct call *call = call_by_number(r->nr);
		struct call meant;
		bool answers = false, failed = false;

		/* One that would answer the same is not missed. */
		for (size_t k = 0; k < n; k++)
			answers |= o->list[which[k]].rule == r ||
				   (n == 1 && r->inactive == NULL && o->list[which[k]].rule != NULL &&
				    o->list[which[k]].ret.term == NULL && o->list[which[k]].ret.k == r->ret);
		if (answers || r->every_call || r->nr != (uint32_t)q->data.nr)
			continue;
		fprintf(to, "    %s names %s for %s", say_place(arena, r->at, false), say_call_name(arena, r->nr),
			say_answer(arena, r->ret));
		if (r->inactive != NULL) {
			fprintf(to, ", but %s\n", r->inactive);
			continue;
		}
		if (call != NULL)
			meant = query_meant(q, call);
		for (size_t k = 0; k < r->n_conditions; k++) {
			const struct condition *c = &r->conditions[k];
			const struct call *of = call != NULL ? &meant : NULL;
			const char *seen;

			if (c->field > 5 || !q->known[c->field] || condition_holds(c, &q->data))
				continue;
			seen = say_seen(arena, of, c, condition_seen(c, &q->data));
			fprintf(to, ": wanted %s, and it is %s", say_condition(arena, of, c), seen);
			print_half(to, q, c, seen);
			failed = true;
		}
		if (!failed)
			fputs(": another rule takes the call first", to);
		fputc('\n', to);
	}
}

/*
 * The instructions that the call goes through, with what A holds before each; and, where policy P
 * says so, its line, and what a number is called.
 */
static void print_path(FILE *to, struct arena *arena, const struct policy *p, const struct seccomp_filter *f,
		       const struct seccomp_data *data)
{
	const struct path path = path_find(arena, f->program, data);
	const char *const *names = asm_comments(arena, f->program->insns, f->program->len);

	fprintf(to, "  path through filter %" PRIu64 ":\n", f->id);
	for (uint32_t i = 0; i < path.n; i++) {
		const struct place at = p->program_at != NULL ? p->program_at[path.pc[i]] : (struct place){ 0 };
		const char *name = names[path.pc[i]] != NULL ? names[path.pc[i]] : "";
		const char *note = arena_print(arena, "%s%s%s", say_place(arena, at, true),
					       at.source != NULL && *name != '\0' ? "  " : "", name);
		char text[SECCOMP_TEXT_MAX];

		seccomp_disasm(text, &f->program->insns[path.pc[i]]);
		fprintf(to, "    %4" PRIu32 ": %-28s ", path.pc[i], text);
		fprintf(to, *note != '\0' ? "A = 0x%-8" PRIx32 "  %s\n" : "A = 0x%" PRIx32 "%s\n", path.a[i], note);
	}
}

/* Does a rule name the call, though it may not stand, or not fit? */
static bool is_named(const struct policy *p, uint32_t nr)
{
	for (size_t i = 0; i < p->n_rules; i++)
		if (!p->rules[i].every_call && p->rules[i].nr == nr && !p->rules[i].implied)
			return true;
	return false;
}

/* Is it the default's answer to a call that no rule names? */
static bool is_unnamed(const struct policy *p, const struct outcome *o, const struct query *q)
{
	return p->program == NULL && o->rule == NULL && (p->every_arch || q->data.arch == p->arch) &&
	       !is_named(p, (uint32_t)q->data.nr);
}

/* All that one policy may answer, and why; returns how many answers there may be. */
static size_t show_in_policy(FILE *to, struct asker *asker, struct arena *arena, const struct subject *s,
			     const struct query *q, bool alone)
{
	const struct policy *p = s->policy;
	const struct outcomes o = show_outcomes(asker, s, q->data.arch, (uint32_t)q->data.nr);
	size_t *which = arena_zalloc(arena, (o.n + 1) * sizeof(*which));
	const size_t n = count_possible(asker, s, &o, q, which);
	const bool foreign = p->program == NULL && !p->every_arch && q->data.arch != p->arch;
	bool alike = true;

	for (size_t i = 0; i < n; i++)
		alike &= o.list[which[i]].ret.term == NULL && o.list[which[i]].ret.k == o.list[which[0]].ret.k;
	if (!alone)
		fprintf(to, "  %s:\n", p->name);
	for (size_t i = 0; i < n; i++) {
		const struct outcome *x = &o.list[which[i]];
		const char *when = open_conditions(arena, x->rule, q);
		const char *answer = x->ret.term != NULL ? "what A holds" : say_answer(arena, x->ret.k);

		if (i == 0 && n > 1 && p->program != NULL && ways_print(to, arena, s->insns, s->len, q, "  "))
			break;
		fprintf(to, "  %s%s%s%s%s   %s%s\n", i > 0 ? "else " : "", answer,
			n > 1 && *when != '\0' ? " when " : "", n > 1 ? when : "",
			n > 1 && p->program != NULL ? " for some arguments" : "",
			is_unnamed(p, x, q) ? "no rule names it; " : "",
			foreign ? arena_print(arena, "another architecture: %s is compiled for riscv64 here", p->name)
				: show_reason(arena, p, x));
	}
	if (p->program == NULL && !foreign)
		print_near_misses(to, arena, p, q, &o, which, n);
	else if (p->program != NULL && n == 1)
		show_why(to, arena, p->program, p->len, q, "    ");
	return alike ? 1 : n;
}

/* Does the policy allow the call, whatever its arguments, and always in the same way? */
static bool only_allows(struct asker *asker, const struct subject *s, const struct query *q)
{
	const struct outcomes o = show_outcomes(asker, s, q->data.arch, (uint32_t)q->data.nr);
	uint32_t ret;

	return outcomes_constant(&o, &ret) && ret == SECCOMP_RET_ALLOW;
}

/*
 * The same of all policies, newest first; the most answers that one may give. Where one does not
 * allow the call, those that do stand together, if they are several.
 */
static size_t show_in_policies(FILE *to, struct asker *asker, struct arena *arena, const struct run_stack *run,
			       const struct query *q)
{
	bool *allows = arena_zalloc(arena, run->side.n + 1);
	const char *allowing = "";
	size_t answers = 1, allow = 0;

	for (size_t i = 0; i < run->side.n; i++) {
		allows[i] = only_allows(asker, &run->side.subjects[i], q);
		allow += allows[i] ? 1 : 0;
	}
	for (size_t i = run->side.n; i-- > 0;) {
		const struct subject *s = &run->side.subjects[i];
		size_t n;

		if (allow > 1 && allow < run->side.n && allows[i]) {
			allowing =
				arena_print(arena, "%s%s%s", allowing, *allowing != '\0' ? ", " : "", s->policy->name);
			continue;
		}
		n = show_in_policy(to, asker, arena, s, q, run->side.n == 1);
		answers = n > answers ? n : answers;
	}
	if (*allowing != '\0') {
		fputs("  ", to);
		say_words(to, arena_print(arena, "the others allow it: %s", allowing), 2, "    ");
	}
	return answers;
}

bool show_depends(struct asker *asker, struct arena *arena, const struct run_stack *run, const struct query *q)
{
	for (size_t i = 0; i < run->side.n; i++) {
		const struct subject *s = &run->side.subjects[i];
		const struct outcomes o = show_outcomes(asker, s, q->data.arch, (uint32_t)q->data.nr);
		size_t *which = arena_zalloc(arena, (o.n + 1) * sizeof(*which));
		const size_t n = count_possible(asker, s, &o, q, which);

		for (size_t k = 0; k < n; k++)
			if (o.list[which[k]].ret.term != NULL || o.list[which[k]].ret.k != o.list[which[0]].ret.k)
				return true;
	}
	return false;
}

enum status show_call(FILE *to, struct asker *asker, struct arena *arena, const struct run_stack *run,
		      const struct query *q, bool head, bool path)
{
	const struct seccomp_verdict v = seccomp_evaluate(run->newest, 0, &q->data);
	const size_t open = asker->n_open;
	char *text = NULL;
	size_t size = 0, answers;
	FILE *details = open_memstream(&text, &size);

	if (details == NULL)
		return STATUS_BAD;
	answers = show_in_policies(details, asker, arena, run, q);
	fclose(details);
	if (head && answers == 1)
		fprintf(to, "%s -> %s\n", query_text(arena, q), say_answer(arena, v.ret));
	else if (head)
		fprintf(to, "%s -> %s\n", query_text(arena, q),
			asker->n_open > open ? "undecided: any of these" : "depends on the arguments");
	fwrite(text, 1, size, to);
	free(text);
	show_hint(to, q, v.ret);
	if (path) {
		if (!query_complete(q))
			fputs("  with 0 for every argument that is not given:\n", to);
		for (const struct seccomp_filter *f = run->newest; f != NULL; f = f->prev)
			print_path(to, arena, run->policies[f->id - 1], f, &q->data);
	}
	if (asker->n_open > open && answers > 1)
		return STATUS_UNDECIDED;
	return answers == 1 && action_runs(v.ret) ? STATUS_YES : STATUS_NO;
}
