/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cmd_draw.c - `portcullis draw`: pictures of a policy, or of two and their difference.
 */
#include <stdlib.h>
#include <string.h>

#include "draw.h"
#include "html.h"
#include "say.h"
#include "show.h"
#include "summary.h"

#define PICTURES_MAX 256U

enum form { FORM_SVG, FORM_HTML, FORM_DOT };

struct drawing {
	struct invocation *in;
	struct asker asker;
	struct stack stacks[2]; /* what is asked about; two: old and new */
	struct run_stack runs[2];
	size_t n;
	uint32_t arch; /* whose calls are drawn */
	struct diff diff;
	struct picture pictures[PICTURES_MAX]; /* maps, then graphs */
	size_t n_maps, n_pictures;
	const struct policy *policies[PICTURES_MAX]; /* whose graphs they are */
};

/* What -o or --to says; false after a line on stderr. */
static bool find_form(struct invocation *in, enum form *form)
{
	static const char *const names[] = { "svg", "html", "dot" };
	const char *file = option(in, "output"), *name = option(in, "to");

	if (name == NULL && file != NULL && strrchr(file, '.') != NULL)
		name = strrchr(file, '.') + 1;
	for (size_t i = 0; name != NULL && i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0) {
			*form = (enum form)i;
			return true;
		}
	}
	(void)bad_usage(in, "-o FILE.svg, FILE.html or FILE.dot is wanted, or --to");
	return false;
}

/* ---- the pictures ---- */

static bool draw_maps(struct drawing *d)
{
	static const char *const which[] = { "old", "new" };
	struct arena *arena = &d->in->arena;
	struct map_cell *cells = arena_zalloc(arena, SECCOMP_GATE_NRS * sizeof(*cells));

	for (size_t i = 0; i < d->n; i++) {
		const char *title = "";

		for (const struct policy *p = d->stacks[i].oldest; p != NULL; p = p->newer)
			title = arena_print(arena, "%s%s%s", title, *title != '\0' ? " + " : "", p->name);
		if (d->n > 1)
			title = arena_print(arena, "%s: %s", which[i], title);
		map_make(cells, &d->asker, arena, &d->runs[i], d->arch);
		if (!map_draw(&d->pictures[d->n_pictures++], arena, title, d->arch, cells))
			return false;
	}
	if (d->n < 2)
		return true;
	d->diff = (struct diff){ .arena = arena, .old = &d->runs[0], .new = &d->runs[1] };
	diff_find(&d->diff, &d->asker);
	return map_draw_diff(&d->pictures[d->n_pictures++], &d->diff, d->arch);
}

static bool is_drawn(const struct drawing *d, const struct policy *p)
{
	for (size_t i = d->n_maps; i < d->n_pictures; i++)
		if (d->policies[i]->at.source == p->at.source && strcmp(d->policies[i]->name, p->name) == 0)
			return true;
	return false;
}

/*
 * Each policy's decision: a picture, or in graphviz's language. What is in both stacks is drawn
 * once.
 */
static bool draw_graphs(struct drawing *d, enum form form)
{
	struct arena *arena = &d->in->arena;

	for (size_t i = 0; i < d->n; i++)
		for (const struct policy *p = d->stacks[i].oldest; p != NULL && d->n_pictures < PICTURES_MAX;
		     p = p->newer) {
			struct decision decision;

			if (is_drawn(d, p))
				continue;
			if (!decision_make(&decision, &d->asker, arena, p, d->arch))
				return false;
			if (form == FORM_DOT)
				graph_dot(d->in->out, arena, &decision);
			else if (!graph_draw(&d->pictures[d->n_pictures], arena, &decision, false))
				return false;
			d->policies[d->n_pictures++] = p;
		}
	return true;
}

/* ---- the page ---- */

static void print_figure(struct drawing *d, size_t i)
{
	fputs("<figure>\n", d->in->out);
	if (d->n > 1 && i < d->n_maps)
		html_print(d->in->out, "<figcaption>%s</figcaption>\n", d->pictures[i].title);
	picture_print(d->in->out, &d->pictures[i], arena_print(&d->in->arena, "picture%zu", i));
	fputs("</figure>\n", d->in->out);
}

/* What `portcullis show` says, for those who do not see the pictures. */
static void print_words(struct drawing *d, const struct policy *p)
{
	FILE *to = d->in->out, *words;
	char *text = NULL;
	size_t size = 0;

	words = open_memstream(&text, &size);
	if (words == NULL)
		return;
	show_policy(words, &d->asker, &d->in->arena, p, d->arch, true);
	fclose(words);
	html_print(to, "<details>\n<summary>%s in words</summary>\n<pre>", p->name);
	html_text(to, text, size);
	fputs("</pre>\n</details>\n", to);
	free(text);
}

static void print_page(struct drawing *d)
{
	FILE *to = d->in->out;
	const struct policy *first = d->stacks[0].oldest;

	html_begin(to, d->n == 1 ? first->name
				 : arena_print(&d->in->arena, "%s and %s", d->stacks[0].newest->name,
					       d->stacks[1].newest->name));
	if (d->n == 1)
		html_print(to, "<h1>%s</h1>\n<p class=\"lead\">%s%s</p>\n", first->name, first->form,
			   d->stacks[0].depth > 1 ? ", and what is installed after it" : "");
	else
		html_print(
			to,
			"<h1>%s and %s</h1>\n<p class=\"lead\">%zu difference%s, each of which was run on both</p>\n",
			d->stacks[0].newest->name, d->stacks[1].newest->name, d->diff.n, d->diff.n == 1 ? "" : "s");
	html_print(
		to,
		"<h2>Answers by number</h2>\n<p class=\"note\">Calls of %s by their numbers, 64 a line. Point at one for its name, "
		"its answer and the rule.</p>\n",
		say_arch(&d->in->arena, d->arch));
	for (size_t i = 0; i < d->n_maps; i++)
		print_figure(d, i);
	for (size_t i = d->n_maps; i < d->n_pictures; i++) {
		html_print(
			to,
			"<h2>%s</h2>\n<p class=\"note\">Runs of numbers that are answered alike, and what is asked of the arguments of the "
			"others.</p>\n",
			d->pictures[i].title);
		print_figure(d, i);
		print_words(d, d->policies[i]);
	}
	html_end(to);
}

static bool draw_policy(struct drawing *d, enum form form)
{
	const char *only = option(d->in, "only");
	const bool maps = form != FORM_DOT && (only == NULL || strcmp(only, "map") == 0),
		   graphs = form == FORM_DOT || (only == NULL && (form == FORM_HTML || d->n == 1)) ||
			    (only != NULL && strcmp(only, "graph") == 0);

	if (maps && !draw_maps(d))
		return false;
	d->n_maps = d->n_pictures;
	if (graphs && !draw_graphs(d, form))
		return false;
	if (form == FORM_HTML)
		print_page(d);
	else if (form == FORM_SVG)
		picture_file(d->in->out, d->pictures, d->n_pictures);
	return true;
}

/* A picture is of one architecture's calls: says so of what is made for another one. */
static void tell_machines(struct drawing *d, const struct stack *stack)
{
	for (const struct policy *p = stack->oldest; p != NULL; p = p->newer)
		if (p->program != NULL && summary_looks_at_arch(p) && !summary_names_arch(p->program, p->len, d->arch))
			fprintf(stderr, "portcullis draw: %s is not made for %s, of whose calls the picture is\n",
				p->name, say_arch(&d->in->arena, d->arch));
}

/* Whose calls: --arch, or what the newest policy is made for. False after a line on stderr. */
static bool find_arch(struct drawing *d)
{
	d->arch = show_arch(d->in, &d->stacks[d->n - 1]);
	if (d->arch == 0) {
		(void)bad_usage(d->in, "--arch %s: riscv64, x86_64, i386 or aarch64", option(d->in, "arch"));
		return false;
	}
	for (size_t i = 0; i < d->n; i++)
		tell_machines(d, &d->stacks[i]);
	return true;
}

static enum status run_draw(struct invocation *in)
{
	struct drawing *d = arena_zalloc(&in->arena, sizeof(*d));
	const char *only = option(in, "only");
	enum status status;
	enum form form;

	d->in = in;
	if (!find_form(in, &form))
		return STATUS_BAD;
	if (only != NULL && strcmp(only, "map") != 0 && strcmp(only, "graph") != 0)
		return bad_usage(in, "--only is map or graph");
	if (in->n_operands > 2 || (in->n_operands == 0 && option(in, "file") == NULL))
		return bad_usage(in, "one POLICY is wanted, or two");
	d->n = in->n_operands == 2 ? 2 : 1;
	status = ask_begin(in, &d->asker);
	for (size_t i = 0; i < d->n && status == STATUS_YES; i++) {
		d->stacks[i] = new_stack(in);
		/* The policies of -f are below both. */
		status = read_stack(in, &d->stacks[i], (int)i, in->n_operands > 0 ? (int)i + 1 : 0)
				 ? run_stack_make(in, &d->stacks[i], &d->asker, &d->runs[i])
				 : STATUS_BAD;
	}
	if (status == STATUS_YES && (!find_arch(d) || !draw_policy(d, form)))
		status = d->asker.n_open > 0 ? STATUS_UNDECIDED : STATUS_BAD;
	for (size_t i = 0; i < d->n_pictures; i++)
		free(d->pictures[i].text);
	return ask_end(&d->asker, status, &d->stacks[0], &d->stacks[1]);
}

static const struct option_row draw_options[] = {
	{ 0, "to", "FORM", "svg, html or dot (as the name of -o FILE ends)" },
	{ 0, "arch", "NAME", "calls of riscv64, x86_64, i386 or aarch64 (that for which a filter is made)" },
	{ 0, "only", "PICTURE", "map: the answers by number; graph: the decisions" },
	{ 0 },
};

const struct command command_draw = {
	.name = "draw",
	.operands = "POLICY [NEW] -o FILE",
	.summary = "pictures of a policy, or of two and where they differ",
	.details = "Draws what the policies answer to numbers 0 to 511 and, as a graph, how each\n"
		   "decides: runs of numbers with one answer, and what is asked of the arguments of\n"
		   "the other calls. With NEW, both maps and where they differ. FILE.html is one\n"
		   "page that needs nothing else; FILE.svg the pictures; FILE.dot the graph for\n"
		   "graphviz. Graphs are laid out by dot, of Debian's package graphviz.\n",
	.options = draw_options,
	.reads = true,
	.run = run_draw,
};
