/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.c - what a report is made of; see report.h.
 */
#include "report.h"

#include <inttypes.h>
#include <string.h>

#include <abi/audit.h>
#include "say.h"

#define NAMES_WIDTH 24U /* of the calls that are told of a filter */
#define IDS_MAX (1U << 20)
#define DECIDED_MAX 64U /* filters whose decisions are found out */

struct report_filter *report_find(const struct report *r, uint64_t id)
{
	return id < r->room_ids ? r->by_id[id] : NULL;
}

static void set_id(struct report *r, uint64_t id, struct report_filter *f)
{
	if (id >= IDS_MAX)
		return;
	if (id >= r->room_ids)
		r->by_id = arena_grow(r->arena, r->by_id, r->room_ids, id + 1 - r->room_ids, sizeof(*r->by_id),
				      &r->room_ids);
	r->by_id[id] = f;
}

/* Two filters of one program: both of the same -f, or of none. */
static bool is_alike(const struct report_filter *f, const struct events_filter *installed)
{
	const struct seccomp_program *program = installed->node.program;

	return f->boot == installed->boot && f->program->len == program->len &&
	       memcmp(f->program->insns, program->insns, program->len * sizeof(program->insns[0])) == 0;
}

/* The filter as a policy, so that all that is known of policies can be said of it. */
static const struct policy *policy_of(struct report *r, const struct events_filter *installed, const char *name)
{
	const struct seccomp_program *program = installed->node.program;
	struct policy *p;

	if (r->run.has_policies && installed->boot != 0 && installed->boot <= r->run.run.side.n)
		return r->run.run.policies[installed->boot - 1];
	p = stack_push(&r->programs, name, "program", (struct place){ 0 });
	p->program = program->insns;
	p->len = program->len;
	return p;
}

static void take_install(struct report *r, const struct event *e)
{
	const struct event_install *install = event_body(e);
	const struct events_filter *installed = events_find_filter(&r->run.log, install->id);
	struct report_filter *f = NULL;

	for (size_t i = 0; i < r->n_filters && f == NULL; i++)
		if (is_alike(r->filters[i], installed))
			f = r->filters[i];
	if (f == NULL) {
		f = arena_zalloc(r->arena, sizeof(*f));
		f->boot = installed->boot;
		f->first = installed;
		f->program = installed->node.program;
		f->policy = policy_of(r, installed, arena_print(r->arena, "filter %" PRIu64, install->id));
		f->name = f->policy->name;
		f->decided = r->n_filters < DECIDED_MAX &&
			     decision_make(&f->decision, &r->run.asker, r->arena, f->policy, AUDIT_ARCH_RISCV64);
		cover_init(&f->cover, r->arena, f->policy, f->program);
		r->filters = arena_grow(r->arena, r->filters, r->n_filters, 1, sizeof(*r->filters), &r->room_filters);
		r->filters[r->n_filters++] = f;
	}
	f->installs++;
	set_id(r, install->id, f);
}

/* A number that no gate has an entry for. */
static void take_beyond(struct report *r, uint32_t nr)
{
	size_t i = 0;

	while (i < r->n_beyond && r->beyond[i].nr != nr)
		i++;
	if (i == REPORT_BEYOND)
		return;
	r->n_beyond += i == r->n_beyond;
	r->beyond[i].nr = nr;
	r->beyond[i].n++;
}

static void take_call(struct report *r, const struct event *e)
{
	const struct event_call *call = event_body(e);
	const struct events_task *t = events_find_task(&r->run.log, e->tid);
	const uint32_t nr = (uint32_t)call->data.nr;

	if (nr < SECCOMP_GATE_NRS) {
		if (r->made[nr]++ == 0 || seccomp_stricter(call->ret, r->strictest[nr]))
			r->strictest[nr] = call->ret;
	} else {
		take_beyond(r, nr);
	}
	if (t == NULL || (e->flags & (EVENT_CALL_STRICT | EVENT_CALL_UNFILTERED | EVENT_CALL_SUSPENDED)) != 0)
		return;
	for (const struct seccomp_filter *node = t->newest == NULL ? NULL : &t->newest->node; node != NULL;
	     node = node->prev) {
		struct report_filter *f = report_find(r, node->id);

		if (f == NULL || !seccomp_filter_binds(node, e->tid))
			continue;
		f->calls++;
		if (f->decided)
			decision_count(&f->decision, &call->data, 1);
		cover_take(&f->cover, &call->data, 1);
	}
}

void report_take(struct report *r, const struct event *e)
{
	history_take(&r->history, e);
	if (e->type == EVENT_INSTALL)
		take_install(r, e);
	else if (e->type == EVENT_CALL)
		take_call(r, e);
}

const char *report_comm(struct arena *arena, const struct history_task *t, size_t size)
{
	const char *comm = say_escaped(arena, t->comm, strlen(t->comm));

	return strlen(comm) <= size ? comm : arena_print(arena, "%.*s…", (int)size - 1, comm);
}

const char *report_filter_words(struct arena *arena, const struct report_filter *f)
{
	const struct decision *d;
	const char *words = NULL;
	size_t left = 0;

	if (f == NULL)
		return "one of too many";
	d = &f->decision;
	if (f->boot != 0)
		return f->name;
	if (!f->decided)
		return arena_print(arena, "%" PRIu32 " instructions", f->program->len);
	for (size_t i = 0; i < d->n; i++) {
		const struct decision_set *s = &d->sets[i];

		if (s->constant && (s->ret & SECCOMP_RET_ACTION_FULL) == SECCOMP_RET_ALLOW)
			continue;
		if (words != NULL)
			left++;
		else
			words = arena_print(arena, "%s: %s",
					    s->n_runs == 1 ? decision_run_names(d, &s->runs[0], NAMES_WIDTH)
							   : arena_print(arena, "%zu calls", s->calls),
					    s->constant ? say_answer(arena, s->ret) : "by arguments");
	}
	if (words == NULL)
		return "allows everything";
	return left > 0 ? arena_print(arena, "%s and %zu more", words, left) : words;
}
