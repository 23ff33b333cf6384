/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * draw_graph.c - a decision as a graph: the architecture, the number, sets of calls with one
 * answer, and the questions that others are asked.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "boxes.h"
#include "draw.h"
#include "foreign.h"
#include "say.h"

#define COLUMN_ROWS 22U /* of runs, before there is another column */
#define COLUMNS_MAX 3U
#define NAMES_WIDTH 34U
#define QUESTION_WIDTH 52U
#define QUESTIONS_MAX 14U /* of one answer */
#define TITLE_CALLS 60U	  /* that a tooltip lists */

enum group { GROUP_NUMBERS = 1, GROUP_ANSWERS }; /* what stands under each other */

struct graph_picture {
	struct arena *arena;
	const struct decision *d;
	struct boxes boxes;
	bool counts;
};

static const char *count_text(const struct graph_picture *g, const char *word, uint64_t count)
{
	if (!g->counts)
		return word;
	return arena_print(g->arena, "%s%s%" PRIu64, word, *word != '\0' ? " " : "", count);
}

static void add_line(struct graph_picture *g, size_t from, size_t to, const char *word, uint64_t count)
{
	boxes_line(&g->boxes, from, to, count_text(g, word, count), g->counts && count == 0);
}

static size_t add_answer(struct graph_picture *g, uint32_t ret, uint64_t count)
{
	const size_t box = boxes_add(&g->boxes, shade_of(ret), say_answer(g->arena, ret), "", "");

	g->boxes.list[box].pill = true;
	g->boxes.list[box].group = GROUP_ANSWERS;
	g->boxes.list[box].faint = g->counts && count == 0;
	return box;
}

/* ---- sets with one answer ---- */

static const char *run_numbers(struct arena *arena, const struct decision_run *r)
{
	if (r->last == UINT32_MAX)
		return r->first == 0 ? "all" : arena_print(arena, "%" PRIu32 "…", r->first);
	if (r->first == r->last)
		return arena_print(arena, "%" PRIu32, r->first);
	return arena_print(arena, "%" PRIu32 "–%" PRIu32, r->first, r->last);
}

/* Each call of a run with the place of its rule. */
static const char *run_title(const struct graph_picture *g, const struct decision_run *r)
{
	char *text = NULL;
	const char *title;
	size_t size = 0, n, told = 0;
	const struct call *all = arch_calls(g->d->arch, &n);
	FILE *to = open_memstream(&text, &size);

	if (to == NULL)
		return "";
	for (size_t i = 0; i < n; i++) {
		const struct seccomp_data data = { .nr = (int)all[i].nr, .arch = g->d->arch };

		if (all[i].nr < r->first || all[i].nr > r->last || told++ >= TITLE_CALLS)
			continue;
		fprintf(to, "%s%" PRIu32 " %s  %s", told > 1 ? "\n" : "", all[i].nr, all[i].name,
			run_stack_why(g->arena, g->d->policy, &data));
	}
	if (told > TITLE_CALLS)
		fprintf(to, "\nand %zu more", told - TITLE_CALLS);
	fclose(to);
	title = arena_copy(g->arena, text, size);
	free(text);
	return title;
}

static size_t add_set(struct graph_picture *g, const struct decision_set *s)
{
	const char *side = arena_print(g->arena, "%zu call%s", s->calls, s->calls == 1 ? "" : "s");
	const size_t box = boxes_add(&g->boxes, shade_of(s->ret), say_answer(g->arena, s->ret), side, "");
	size_t columns = (s->n_runs + COLUMN_ROWS - 1) / COLUMN_ROWS;

	for (size_t i = 0; i < s->n_runs; i++) {
		const struct decision_run *r = &s->runs[i];

		boxes_row(&g->boxes, run_numbers(g->arena, r), decision_run_names(g->d, r, NAMES_WIDTH),
			  g->counts && r->count > 0 ? arena_print(g->arena, "%" PRIu64, r->count) : "", run_title(g, r),
			  g->counts && r->count == 0);
	}
	g->boxes.list[box].columns = columns < COLUMNS_MAX ? columns : COLUMNS_MAX;
	return box;
}

/* ---- calls that are asked for their arguments ---- */

static const char *set_names(const struct graph_picture *g, const struct decision_set *s)
{
	const char *names = "";

	for (size_t i = 0; i < s->n_runs && strlen(names) <= QUESTION_WIDTH; i++)
		names = arena_print(g->arena, "%s%s%s", names, i > 0 ? " " : "",
				    s->runs[i].calls > 0 ? decision_run_names(g->d, &s->runs[i], NAMES_WIDTH)
							 : run_numbers(g->arena, &s->runs[i]));
	if (strlen(names) <= QUESTION_WIDTH)
		return names;
	return arena_print(g->arena, "%s … (%zu calls)", decision_run_names(g->d, &s->runs[0], NAMES_WIDTH), s->calls);
}

/* How much of a condition goes into one row: it is cut before an " and ". */
static size_t row_of(const char *text)
{
	const size_t all = strlen(text);
	size_t n = 0;

	if (all <= QUESTION_WIDTH)
		return all;
	for (const char *at = text; (at = strstr(at + 1, " and ")) != NULL;) {
		if (n > 0 && (size_t)(at - text) > QUESTION_WIDTH)
			break;
		n = (size_t)(at - text);
	}
	return n > 0 ? n : all;
}

/* One condition in as many rows as it needs. */
static void add_question(struct graph_picture *g, const struct decision_branch *b)
{
	const char *title = b->rule != NULL ? b->why : "", *right = title, *text = b->when;

	/* Of a rule of a file the line alone. */
	if (b->rule != NULL && !b->rule->implied)
		right = say_place(g->arena, b->rule->at, true);
	if (g->counts)
		right = arena_print(g->arena, "%s%s%" PRIu64, right, *right != '\0' ? "  " : "", b->count);
	while (*text != '\0') {
		const size_t n = row_of(text);

		boxes_row(&g->boxes, "", arena_copy(g->arena, text, n), right, title, g->counts && b->count == 0);
		text += n + (text[n] == ' ');
		right = "";
	}
}

/*
 * The box of branches FROM to TO (not included), which have one answer; of the first one, with the
 * calls' names.
 */
static size_t add_questions(struct graph_picture *g, const struct decision_set *s, size_t from, size_t to,
			    const char *names)
{
	const char *side = to - from > 1 ? "any of" : "if";
	const size_t box = boxes_add(&g->boxes, &shade_arguments, from == 0 ? names : "else", side, "");

	for (size_t i = from; i < to && i < from + QUESTIONS_MAX; i++)
		add_question(g, &s->branches[i]);
	if (to - from > QUESTIONS_MAX)
		boxes_row(&g->boxes, "", arena_print(g->arena, "and %zu more", to - from - QUESTIONS_MAX), "", "",
			  false);
	return box;
}

static size_t add_arguments(struct graph_picture *g, const struct decision_set *s)
{
	const char *names = set_names(g, s);
	size_t first = SIZE_MAX, before = SIZE_MAX;
	uint64_t left = s->count;

	if (s->opaque) {
		first = boxes_add(&g->boxes, &shade_arguments, names, "", "");
		boxes_row(&g->boxes, "", "by its arguments, in more ways than fit here", "", "", false);
		for (size_t i = 0; i < s->n_branches; i++)
			add_line(g, first, add_answer(g, s->branches[i].ret, s->branches[i].count), "",
				 s->branches[i].count);
		return first;
	}
	for (size_t i = 0, to; i < s->n_branches; i = to) {
		const bool last = s->branches[i].when[0] == '\0';
		uint64_t count = 0;
		size_t box;

		for (to = i; to < s->n_branches && s->branches[to].ret == s->branches[i].ret &&
			     (s->branches[to].when[0] == '\0') == last;
		     to++)
			count += s->branches[to].count;
		box = last ? add_answer(g, s->branches[i].ret, left) : add_questions(g, s, i, to, names);
		if (first == SIZE_MAX)
			first = box;
		else
			add_line(g, before, box, "no", left);
		if (last)
			break;
		add_line(g, box, add_answer(g, s->branches[i].ret, count), "yes", count);
		before = box;
		left -= count < left ? count : left;
	}
	return first;
}

/* The sets in words, for screen readers. */
static const char *words_for(const struct graph_picture *g)
{
	const char *words = "";

	for (size_t i = 0; i < g->d->n; i++) {
		const struct decision_set *s = &g->d->sets[i];

		words = arena_print(g->arena, "%s%s%s: %s", words, i > 0 ? "; " : "",
				    s->constant ? arena_print(g->arena, "%zu calls", s->calls) : set_names(g, s),
				    s->constant ? say_answer(g->arena, s->ret) : shade_arguments.name);
	}
	return words;
}

bool graph_draw(struct picture *p, struct arena *arena, const struct decision *d, bool counts)
{
	struct graph_picture g = { .arena = arena, .d = d, .boxes = { .arena = arena }, .counts = counts };
	const uint64_t ours = d->count - d->foreign_count;
	size_t number;

	if (d->every_arch) {
		number = boxes_plain(&g.boxes, "number of the call");
	} else {
		const size_t arch = boxes_plain(&g.boxes, arena_print(arena, "%s?", say_arch(arena, d->arch)));

		number = boxes_plain(&g.boxes, "number of the call");
		add_line(&g, arch, number, "yes", ours);
		add_line(&g, arch, add_answer(&g, d->foreign_ret, d->foreign_count), "no", d->foreign_count);
		g.boxes.list[g.boxes.n - 1].head = d->foreign;
	}
	for (size_t i = 0; i < d->n; i++) {
		const struct decision_set *s = &d->sets[i];
		const size_t box = s->constant ? add_set(&g, s) : add_arguments(&g, s);

		g.boxes.list[box].group = GROUP_NUMBERS;
		add_line(&g, number, box, "", s->count);
	}
	return boxes_draw(p, &g.boxes, arena_print(arena, "How %s decides", d->policy->name), words_for(&g));
}
