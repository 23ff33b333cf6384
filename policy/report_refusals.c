/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_refusals.c - what a run was not allowed: a row for all calls that differ in their
 * arguments alone.
 */
#include <inttypes.h>
#include <string.h>

#include "html.h"
#include "path.h"
#include "report.h"

#define PATH_MAX_SHOWN 24U /* instructions of a path that are listed */
#define GROUPS_MAX 200U	   /* of refusals that are listed */
#define CALLS_MAX 4U	   /* of a group, with their arguments */

/* Refusals that differ in their arguments alone. */
struct group {
	const struct refusal *rows[CALLS_MAX]; /* the first ones */
	size_t n;
	uint64_t count;
};

static bool is_alike(const struct refusal *a, const struct refusal *b)
{
	return a->data.nr == b->data.nr && strcmp(a->answer, b->answer) == 0 && strcmp(a->at, b->at) == 0 &&
	       strcmp(a->callers, b->callers) == 0 && strcmp(a->by, b->by) == 0;
}

/* Into GROUPS, which has room for GROUPS_MAX. Returns how many there would be. */
static size_t find_groups(const struct report *r, struct group *groups)
{
	size_t n = 0;

	for (const struct refusal *row = r->run.rows; row != NULL; row = row->next) {
		size_t i = 0;

		while (i < n && i < GROUPS_MAX && !is_alike(groups[i].rows[0], row))
			i++;
		if (i == n)
			n++;
		if (i >= GROUPS_MAX)
			continue;
		if (groups[i].n < CALLS_MAX)
			groups[i].rows[groups[i].n] = row;
		groups[i].n++;
		groups[i].count += row->count;
	}
	return n;
}

/* Lines without the two blanks that they begin with. */
static void print_reason(FILE *to, const char *reason)
{
	while (*reason != '\0') {
		const size_t blanks = strncmp(reason, "  ", 2) == 0 ? 2 : 0, n = strcspn(reason, "\n");

		html_text(to, reason + blanks, n - blanks);
		reason += n;
		if (*reason == '\n' && *++reason != '\0')
			fputc('\n', to);
	}
}

/* The instructions of the deciding filter that the call went through. */
static void print_path(struct report *r, const struct refusal *row)
{
	FILE *to = r->in->out;
	struct path path;

	if (row->filter == NULL)
		return;
	path = path_find(r->arena, row->filter->node.program, &row->data);
	fputs("<br><span class=\"quiet\">instructions", to);
	for (uint32_t i = 0; i < path.n; i++) {
		/* The beginning and the end of a long path. */
		if (path.n <= PATH_MAX_SHOWN || i < PATH_MAX_SHOWN / 2 || i + PATH_MAX_SHOWN / 2 >= path.n)
			html_print(to, " %u", path.pc[i]);
		else if (i == PATH_MAX_SHOWN / 2)
			fputs(" …", to);
	}
	fputs("</span>", to);
}

static void print_group(struct report *r, const struct group *g)
{
	const struct refusal *first = g->rows[0];
	const char *reason = refusal_reason(&r->run, first), *hint = refusal_hint(&r->run, first);
	const struct shade *shade = shade_of(first->ret);
	FILE *to = r->in->out;

	html_print(to, "<tr><td class=\"number\">%llu×</td><td class=\"code\">", (unsigned long long)g->count);
	for (size_t i = 0; i < g->n && i < CALLS_MAX; i++)
		html_print(to, "%s<br>", g->rows[i]->call);
	if (g->n > CALLS_MAX)
		html_print(to, "<span class=\"quiet\">and with %zu other arguments</span><br>", g->n - CALLS_MAX);
	html_print(to, "<span class=\"badge %s\"><b>%s %s</b></span></td><td class=\"code\">%s", shade->class,
		   shade->letter, first->answer, first->at);
	if (first->callers[0] != '\0')
		html_print(to, "<br><span class=\"quiet\">called by %s</span>", first->callers);
	fputs("</td><td class=\"code reason\">", to);
	print_reason(to, reason != NULL ? reason : arena_print(r->arena, "by %s", first->by));
	print_path(r, first);
	if (hint != NULL)
		html_print(to, "<br><span class=\"quiet\">%s</span>", hint);
	fputs("</td></tr>\n", to);
}

void report_refusals(struct report *r)
{
	struct group *groups = arena_zalloc(r->arena, GROUPS_MAX * sizeof(*groups));
	const size_t n = find_groups(r, groups);
	FILE *to = r->in->out;

	fputs("<h2 id=\"refusals0\">What was not allowed</h2>\n", to);
	if (n == 0) {
		fputs("<p>Nothing: every call was allowed.</p>\n", to);
		return;
	}
	fputs("<div class=\"wide\"><table>\n<thead><tr><th class=\"number\">Times</th><th>Call and answer</th>"
	      "<th>Where in the program</th><th>Why</th></tr></thead>\n<tbody>\n",
	      to);
	for (size_t i = 0; i < n && i < GROUPS_MAX; i++)
		print_group(r, &groups[i]);
	fputs("</tbody></table></div>\n", to);
	if (n > GROUPS_MAX)
		html_print(to, "<p class=\"note\">and %zu more kinds</p>\n", n - GROUPS_MAX);
}
