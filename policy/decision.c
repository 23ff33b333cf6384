/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * decision.c - see decision.h.
 */
#include "decision.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include "foreign.h"
#include "say.h"
#include "show.h"

/* ---- other architectures ---- */

/* What other architectures are answered. */
static void take_foreign(struct decision *d, const struct box_view *view)
{
	const char *answer = view->constant[0] ? say_answer(d->arena, view->ret[0]) : "by arguments";

	if (d->foreign == NULL) {
		d->foreign = answer;
		d->foreign_ret = view->constant[0] ? view->ret[0] : SECCOMP_RET_ALLOW;
	} else if (strstr(d->foreign, answer) == NULL) {
		d->foreign = arena_print(d->arena, "%s or %s", d->foreign, answer);
		if (view->constant[0] && seccomp_stricter(view->ret[0], d->foreign_ret))
			d->foreign_ret = view->ret[0];
	}
}

/* ---- branches ---- */

static struct decision_branch *add_branch(struct decision_set *s, uint32_t ret, const char *when, const char *why)
{
	struct decision_branch *b = &s->branches[s->n_branches++];

	*b = (struct decision_branch){ .when = when, .why = why, .ret = ret };
	return b;
}

static void branches_of_rules(const struct decision *d, struct decision_set *s, const struct outcomes *o)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct rule *rule = o->list[i].rule;
		struct decision_branch *b =
			add_branch(s, o->list[i].ret.k, rule != NULL ? say_conditions(d->arena, rule) : "",
				   show_reason(d->arena, d->policy, &o->list[i]));

		b->rule = rule;
		if (o->list[i].when == NULL)
			return;
	}
}

/*
 * The ways through a program: those that end alike stand together, and those that are said last
 * have no conditions.
 */
static bool branches_of_ways(const struct decision *d, struct decision_set *s, uint32_t nr)
{
	const struct query q = { .data = { .nr = (int)nr, .arch = d->arch } };
	struct way *ways = arena_zalloc(d->arena, WAYS_MAX * sizeof(*ways));
	const size_t n = ways_find(d->arena, d->policy->program, d->policy->len, &q, ways);
	const struct way *last = n > 0 ? ways_last(ways, n) : NULL;

	for (size_t i = 0; i < n; i++) {
		bool seen = last != NULL && last->ret == ways[i].ret;

		for (size_t k = 0; k < i; k++)
			seen |= ways[k].ret == ways[i].ret;
		for (size_t k = i; k < n && !seen; k++)
			if (ways[k].ret == ways[i].ret)
				add_branch(s, ways[k].ret, ways[k].when, d->policy->name)->way = &ways[k];
	}
	if (last != NULL)
		add_branch(s, last->ret, "", d->policy->name);
	return n > 0;
}

/* The answers alone. */
static void branches_of_answers(const struct decision *d, struct decision_set *s, const struct outcomes *o)
{
	s->opaque = true;
	for (size_t i = 0; i < o->n; i++) {
		bool seen = o->list[i].ret.term != NULL;

		for (size_t k = 0; k < s->n_branches; k++)
			seen |= s->branches[k].ret == o->list[i].ret.k;
		if (!seen)
			add_branch(s, o->list[i].ret.k, "", d->policy->name);
	}
}

static const char *key_of(const struct decision *d, const struct decision_set *s)
{
	char *text = NULL;
	size_t size = 0;
	const char *key;
	FILE *to = open_memstream(&text, &size);

	if (to == NULL) /* like no other */
		return arena_print(d->arena, "%p", (void *)s->branches);
	fputs(s->opaque ? "opaque" : "", to);
	for (size_t i = 0; i < s->n_branches; i++)
		fprintf(to, "\n%" PRIx32 " %s %s", s->branches[i].ret, s->branches[i].when, s->branches[i].why);
	fclose(to);
	key = arena_copy(d->arena, text, size);
	free(text);
	return key;
}

static void make_branches(const struct decision *d, struct asker *asker, struct decision_set *s, uint32_t nr)
{
	const struct subject subject = { d->policy, d->policy->program, d->policy->len };
	const struct outcomes o = show_outcomes(asker, &subject, d->arch, nr);
	const size_t room = o.n > WAYS_MAX ? o.n : WAYS_MAX;

	s->branches = arena_zalloc(d->arena, (room + 1) * sizeof(*s->branches));
	if (d->policy->program == NULL)
		branches_of_rules(d, s, &o);
	else if (!branches_of_ways(d, s, nr))
		branches_of_answers(d, s, &o);
	s->key = key_of(d, s);
}

/* ---- sets ---- */

static struct decision_set *find_set(struct decision *d, const struct decision_set *like)
{
	for (size_t i = 0; i < d->n; i++) {
		struct decision_set *s = &d->sets[i];

		if (s->constant == like->constant &&
		    (s->constant ? s->ret == like->ret : strcmp(s->key, like->key) == 0))
			return s;
	}
	d->sets = arena_grow(d->arena, d->sets, d->n, 1, sizeof(*d->sets), &d->room);
	d->sets[d->n] = *like;
	return &d->sets[d->n++];
}

static size_t calls_between(uint32_t arch, uint32_t first, uint32_t last)
{
	size_t n, calls = 0;
	const struct call *all = arch_calls(arch, &n);

	for (size_t i = 0; i < n; i++)
		calls += first <= all[i].nr && all[i].nr <= last;
	return calls;
}

static void add_run(struct decision *d, struct decision_set *s, uint32_t first, uint32_t last)
{
	const size_t calls = calls_between(d->arch, first, last);

	s->calls += calls;
	if (s->n_runs > 0 && s->runs[s->n_runs - 1].last + 1 == first) {
		s->runs[s->n_runs - 1].last = last;
		s->runs[s->n_runs - 1].calls += calls;
		return;
	}
	s->runs = arena_grow(d->arena, s->runs, s->n_runs, 1, sizeof(*s->runs), &s->room_runs);
	s->runs[s->n_runs++] = (struct decision_run){ .first = first, .last = last, .calls = calls };
}

/* ALLOW, then sets that look at arguments, then by severity. */
static int by_severity(const void *a, const void *b)
{
	const struct decision_set *x = a, *y = b;
	const int64_t rank[2] = {
		x->constant ? (int64_t)(int32_t)x->ret : SECCOMP_RET_ALLOW - 1,
		y->constant ? (int64_t)(int32_t)y->ret : SECCOMP_RET_ALLOW - 1,
	};

	if (rank[0] != rank[1])
		return rank[0] > rank[1] ? -1 : 1;
	return (x->runs[0].first > y->runs[0].first) - (x->runs[0].first < y->runs[0].first);
}

/* The boxes of one architecture come in the order of their numbers. */
static bool take_box(void *arg, struct asker *asker, const struct box_view *view)
{
	struct decision *d = arg;
	struct decision_set like = { .constant = view->constant[0], .ret = view->ret[0] };

	if (!box_has_arch(view->box, d->arch)) {
		take_foreign(d, view);
		return true;
	}
	if (!like.constant)
		make_branches(d, asker, &like, view->box->nr[0]);
	add_run(d, find_set(d, &like), view->box->nr[0], view->box->nr[1]);
	return true;
}

bool decision_make(struct decision *d, struct asker *asker, struct arena *arena, const struct policy *p, uint32_t arch)
{
	const struct subject subject = { p, p->program, p->len };
	const struct side side = { &subject, 1 }, nothing = { NULL, 0 };

	*d = (struct decision){ .arena = arena, .policy = p, .arch = arch };
	if (ask_boxes(asker, &side, &nothing, take_box, d) != ASK_YES)
		return false;
	d->every_arch = d->foreign == NULL;
	qsort(d->sets, d->n, sizeof(*d->sets), by_severity);
	return true;
}

/* ---- counting ---- */

static bool branch_matches(const struct decision *d, const struct decision_set *s, const struct decision_branch *b,
			   const struct seccomp_data *data)
{
	if (s->opaque)
		return seccomp_run(d->policy->program, d->policy->len, data).ret == b->ret;
	if (b->rule != NULL)
		return rule_matches(b->rule, data);
	return b->way == NULL || way_matches(b->way, data);
}

void decision_count(struct decision *d, const struct seccomp_data *data, uint64_t n)
{
	const uint32_t nr = (uint32_t)data->nr;

	d->count += n;
	if (data->arch != d->arch && !d->every_arch) {
		d->foreign_count += n;
		return;
	}
	for (size_t i = 0; i < d->n; i++) {
		struct decision_set *s = &d->sets[i];

		for (size_t k = 0; k < s->n_runs; k++) {
			if (nr < s->runs[k].first || nr > s->runs[k].last)
				continue;
			s->runs[k].count += n;
			s->count += n;
			for (size_t b = 0; b < s->n_branches; b++) {
				if (branch_matches(d, s, &s->branches[b], data)) {
					s->branches[b].count += n;
					return;
				}
			}
			return;
		}
	}
}

/* ---- words ---- */

const char *decision_run_names(const struct decision *d, const struct decision_run *r, size_t width)
{
	const struct call *first = NULL, *last = NULL;
	const char *names = "";
	size_t n;
	const struct call *all = arch_calls(d->arch, &n);

	if (d->arch == AUDIT_ARCH_X86_64 && (r->first & X32_BIT) != 0)
		return "calls of x32";
	for (size_t i = 0; i < n; i++) {
		if (all[i].nr < r->first || all[i].nr > r->last)
			continue;
		if (first == NULL)
			first = &all[i];
		last = &all[i];
		if (strlen(names) <= width)
			names = arena_print(d->arena, "%s%s%s", names, *names != '\0' ? " " : "", all[i].name);
	}
	if (first == NULL)
		return arena_print(d->arena, "no call of %s", say_arch(d->arena, d->arch));
	if (strlen(names) <= width)
		return names;
	return arena_print(d->arena, "%s … %s", first->name, last->name);
}
