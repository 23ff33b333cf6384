/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_family.c - the tasks of a run as a tree: under which filters each began, which it
 * installed, what it was refused, how it ended.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report.h"
#include "say.h"

#define TASKS_MAX 160U /* that are drawn */
#define COMM_MAX 40U   /* of a name */
#define TEXT_MAX 26U   /* characters of a reason */
#define ROWS_MAX 8U    /* of filters, and of refusals, of one task */

struct drawn {
	size_t task, box;
	const char *signature; /* equal for tasks that differ in their ids alone */
	uint64_t times;
};

struct family {
	const struct report *r;
	struct boxes boxes;
	struct drawn drawn[TASKS_MAX];
	size_t n;
	bool *has_children;
};

static const struct shade *shade_of_task(const struct history_task *t)
{
	uint32_t worst = SECCOMP_RET_ALLOW;

	for (size_t i = 0; i < t->n_refusals; i++)
		worst = seccomp_stricter(t->refusals[i].ret, worst) ? t->refusals[i].ret : worst;
	if (t->n_refusals > 0)
		return shade_of(worst);
	return t->model != NULL && t->model->newest != NULL ? shade_of(SECCOMP_RET_ALLOW) : NULL;
}

/* The ids of a stack, oldest first; the middle is left out where there are many. */
static const char *stack_text(struct arena *arena, const struct events_filter *newest)
{
	const char *text = "";
	size_t n = 0;

	for (const struct seccomp_filter *f = newest == NULL ? NULL : &newest->node; f != NULL; f = f->prev, n++)
		if (n < ROWS_MAX)
			text = arena_print(arena, "%" PRIu64 "%s%s", f->id, *text != '\0' ? " " : "", text);
	return n > ROWS_MAX ? arena_print(arena, "%zu filters, the newest %s", n, text) : text;
}

static const char *short_text(struct arena *arena, const char *text)
{
	return strlen(text) <= TEXT_MAX ? text : arena_print(arena, "%.*s…", (int)TEXT_MAX - 1, text);
}

static void add_step(struct family *f, const struct history_step *s)
{
	struct arena *arena = f->r->arena;

	if (s->kind == HISTORY_NOT_INSTALLED)
		boxes_row(&f->boxes, "no filter", short_text(arena, s->text), "", s->text, true);
	else if (s->filter != NULL && s->kind == HISTORY_GIVEN)
		boxes_row(&f->boxes, s->text, stack_text(arena, s->filter), "", "", false);
	else if (s->filter != NULL)
		boxes_row(&f->boxes, arena_print(arena, "filter %" PRIu64, s->filter->node.id),
			  report_filter_words(arena, report_find(f->r, s->filter->node.id)), "", "", false);
}

/* Those of the steps that are REFUSED installs, or those that are not. */
static void add_steps(struct family *f, const struct history_task *t, bool refused)
{
	size_t told = 0;

	for (size_t i = 0; i < t->n_steps; i++) {
		const struct history_step *s = &t->steps[i];

		if (s->kind != HISTORY_EXEC && (s->kind == HISTORY_NOT_INSTALLED) == refused && told++ < ROWS_MAX)
			add_step(f, s);
	}
	if (told > ROWS_MAX)
		boxes_row(&f->boxes, "", arena_print(f->r->arena, "and %zu more", told - ROWS_MAX), "", "", true);
}

static void add_filters(struct family *f, const struct history_task *t)
{
	if (t->inherited != NULL)
		boxes_row(&f->boxes, "inherits", stack_text(f->r->arena, t->inherited), "", "", false);
	add_steps(f, t, false);
	add_steps(f, t, true);
}

static void add_refusals(struct family *f, const struct history_task *t)
{
	struct arena *arena = f->r->arena;

	for (size_t i = 0; i < t->n_refusals && i < ROWS_MAX; i++) {
		const struct history_refusal *x = &t->refusals[i];
		const char *by = x->filter == 0 ? "by mode strict" : arena_print(arena, "by %" PRIu64, x->filter);

		boxes_row(&f->boxes, action_row(x->ret)->fate,
			  arena_print(arena, "%s  %s", say_call_name(arena, x->nr), say_answer(arena, x->ret)),
			  x->count == 1 ? by : arena_print(arena, "%s ×%" PRIu64, by, x->count), "", false);
	}
	if (t->n_refusals > ROWS_MAX)
		boxes_row(&f->boxes, "", arena_print(arena, "and %zu more kinds", t->n_refusals - ROWS_MAX), "", "",
			  true);
}

/* What would be drawn of the task, but for its ids and times. */
static const char *signature_of(const struct family *f, const struct history_task *t)
{
	struct arena *arena = f->r->arena;
	const char *text = arena_print(arena, "%s %s %zu %d %s", t->comm, history_end(arena, t), t->parent,
				       t->pid == t->tid, stack_text(arena, t->inherited));

	for (size_t i = 0; i < t->n_steps; i++)
		text = arena_print(arena, "%s\n%d %s %p", text, t->steps[i].kind, t->steps[i].text,
				   t->steps[i].filter == NULL ? NULL
							      : (void *)report_find(f->r, t->steps[i].filter->node.id));
	for (size_t i = 0; i < t->n_refusals; i++)
		text = arena_print(arena, "%s\n%" PRIx32 " %" PRIx32 " %" PRIu64, text, t->refusals[i].nr,
				   t->refusals[i].ret, t->refusals[i].count);
	return text;
}

static struct drawn *find_drawn(struct family *f, size_t task)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->drawn[i].task == task)
			return &f->drawn[i];
	return NULL;
}

static unsigned int depth_of(const struct history *h, const struct history_task *t)
{
	unsigned int depth = 1;

	for (size_t i = t->parent; i != HISTORY_NONE; i = h->tasks[i].parent)
		depth++;
	return depth;
}

/* "SIGSYS" for "killed by SIGSYS": room is short. */
static const char *end_text(struct arena *arena, const struct history_task *t)
{
	const char *text = history_end(arena, t), *by = strstr(text, " by ");

	return by != NULL ? by + 4 : text;
}

/* Draws task I, or counts it to one that is alike. False: there is no room for it. */
static bool add_task(struct family *f, size_t i)
{
	const struct history_task *t = &f->r->history.tasks[i];
	struct arena *arena = f->r->arena;
	const char *signature = f->has_children[i] ? NULL : signature_of(f, t), *head, *comm;
	struct drawn *parent = t->parent == HISTORY_NONE ? NULL : find_drawn(f, t->parent);
	struct drawn *d = &f->drawn[f->n];

	for (size_t k = 0; k < f->n && signature != NULL; k++) {
		if (f->drawn[k].signature != NULL && strcmp(f->drawn[k].signature, signature) == 0) {
			f->drawn[k].times++;
			return true;
		}
	}
	if (f->n == TASKS_MAX || (t->parent != HISTORY_NONE && parent == NULL))
		return false;
	comm = report_comm(arena, t, COMM_MAX);
	head = t->pid == t->tid ? arena_print(arena, "%s %" PRIu32, comm, t->pid)
				: arena_print(arena, "%s %" PRIu32 " in %" PRIu32, comm, t->tid, t->pid);
	*d = (struct drawn){ .task = i, .signature = signature, .times = 1 };
	d->box = boxes_add(&f->boxes, shade_of_task(t), head, end_text(arena, t), "");
	f->boxes.list[d->box].group = depth_of(&f->r->history, t);
	add_filters(f, t);
	add_refusals(f, t);
	if (parent != NULL)
		boxes_line(&f->boxes, parent->box, d->box, "", false);
	f->n++;
	return true;
}

bool report_family(struct picture *p, const struct report *r, size_t *left_out)
{
	struct family *f = arena_zalloc(r->arena, sizeof(*f));

	*f = (struct family){ .r = r, .boxes = { .arena = r->arena, .tree = true } };
	f->has_children = arena_zalloc(r->arena, r->history.n + 1);
	*left_out = 0;
	for (size_t i = 0; i < r->history.n; i++)
		if (r->history.tasks[i].parent != HISTORY_NONE)
			f->has_children[r->history.tasks[i].parent] = true;
	for (size_t i = 0; i < r->history.n; i++)
		*left_out += !add_task(f, i);
	for (size_t i = 0; i < f->n; i++) {
		struct text_box *box = &f->boxes.list[f->drawn[i].box];

		if (f->drawn[i].times > 1)
			box->head = arena_print(r->arena, "%s, %" PRIu64 " more", box->head, f->drawn[i].times - 1);
	}
	return boxes_draw(p, &f->boxes, "Who made whom",
			  arena_print(r->arena, "%zu processes and threads", r->history.n));
}
