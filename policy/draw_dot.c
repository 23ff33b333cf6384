/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * draw_dot.c - a decision in graphviz's language, for whoever draws it otherwise.
 */
#include <inttypes.h>
#include <string.h>

#include "draw.h"
#include "say.h"

/* A quoted string; a newline ends a line that stands at the left. */
static void print_quoted(FILE *to, const char *text)
{
	fputc('"', to);
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			fputs("\\l", to);
		else if (*text == '"' || *text == '\\')
			fprintf(to, "\\%c", *text);
		else
			fputc(*text, to);
	}
	fputc('"', to);
}

static void print_node(FILE *to, size_t n, const char *shape, const char *text)
{
	fprintf(to, "\tn%zu [shape=%s label=", n, shape);
	print_quoted(to, text);
	fputs("]\n", to);
}

/* The runs of a set, one a line. */
static const char *runs_text(const struct decision *d, const struct decision_set *s)
{
	struct arena *arena = d->arena;
	const char *text = s->constant ? arena_print(arena, "%s: %zu call%s\n", say_answer(arena, s->ret), s->calls,
						     s->calls == 1 ? "" : "s")
				       : "";

	for (size_t i = 0; i < s->n_runs; i++) {
		const struct decision_run *r = &s->runs[i];

		text = arena_print(arena, "%s%" PRIu32, text, r->first);
		if (r->first != r->last)
			text = arena_print(arena, "%s-%" PRIu32, text, r->last);
		text = arena_print(arena, "%s %s\n", text, decision_run_names(d, r, 40));
	}
	return text;
}

void graph_dot(FILE *to, struct arena *arena, const struct decision *d)
{
	size_t n = 2;

	fputs("digraph ", to);
	print_quoted(to, d->policy->name);
	fputs(" {\n\trankdir=LR\n\tnode [fontname=monospace fontsize=10]\n\tedge [fontname=monospace fontsize=9]\n",
	      to);
	print_node(to, 0, "diamond", d->every_arch ? "number" : arena_print(arena, "%s?", say_arch(arena, d->arch)));
	if (!d->every_arch) {
		print_node(to, 1, "box", d->foreign);
		fputs("\tn0 -> n1 [label=no]\n", to);
	}
	for (size_t i = 0; i < d->n; i++) {
		const struct decision_set *s = &d->sets[i];
		size_t from = n++;

		print_node(to, from, s->constant ? "box" : "diamond", runs_text(d, s));
		fprintf(to, "\tn0 -> n%zu\n", from);
		for (size_t b = 0; b < s->n_branches; b++, n++) {
			print_node(to, n, "box", say_answer(arena, s->branches[b].ret));
			fprintf(to, "\tn%zu -> n%zu [label=", from, n);
			print_quoted(to, s->branches[b].when[0] != '\0' ? s->branches[b].when
					 : s->opaque			? ""
									: "else");
			fputs("]\n", to);
		}
	}
	fputs("}\n", to);
}
