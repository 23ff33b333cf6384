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
#define ROWS_MAX 200U	   /* of refusals that are listed */

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

static void print_row(struct report *r, const struct refusal *row)
{
	const char *reason = refusal_reason(&r->run, row), *hint = refusal_hint(&r->run, row);
	const char *who = refusal_who(&r->run, row);
	const struct shade *shade = shade_of(row->ret);
	FILE *to = r->in->out;

	html_print(to, "<tr><td class=\"number\">%llu×</td><td class=\"code\">", (unsigned long long)row->count);
	for (size_t i = 0; i < row->kinds && i < REFUSAL_CALLS; i++)
		html_print(to, "%s<br>", row->calls[i]);
	if (row->kinds > REFUSAL_CALLS)
		html_print(to, "<span class=\"quiet\">and with %llu other arguments</span><br>",
			   (unsigned long long)(row->kinds - REFUSAL_CALLS));
	html_print(to, "<span class=\"badge %s\"><b>%s %s</b></span></td><td class=\"code\">%s%s", shade->class,
		   shade->letter, row->answer, row->at, row->in_name);
	if (row->callers[0] != '\0')
		html_print(to, "<br><span class=\"quiet\">called by %s</span>", row->callers);
	if (who != NULL)
		html_print(to, "<br><span class=\"quiet\">by %s</span>", who);
	fputs("</td><td class=\"code reason\">", to);
	print_reason(to, reason != NULL ? reason : arena_print(r->arena, "by %s", row->by));
	print_path(r, row);
	if (hint != NULL)
		html_print(to, "<br><span class=\"quiet\">%s</span>", hint);
	fputs("</td></tr>\n", to);
}

void report_refusals(struct report *r)
{
	FILE *to = r->in->out;
	size_t n = 0;

	fputs("<h2 id=\"refusals0\">What was not allowed</h2>\n", to);
	if (r->run.rows == NULL) {
		fputs("<p>Nothing: every call was allowed.</p>\n", to);
		return;
	}
	fputs("<div class=\"wide\"><table>\n<thead><tr><th class=\"number\">Times</th><th>Call and answer</th>"
	      "<th>Where in the program</th><th>Why</th></tr></thead>\n<tbody>\n",
	      to);
	for (const struct refusal *row = r->run.rows; row != NULL; row = row->next)
		if (n++ < ROWS_MAX)
			print_row(r, row);
	fputs("</tbody></table></div>\n", to);
	if (n > ROWS_MAX)
		html_print(to, "<p class=\"note\">and %zu more kinds</p>\n", n - ROWS_MAX);
}
