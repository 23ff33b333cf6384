/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_page.c - the page of a run: what is to be known first stands first.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <abi/audit.h>
#include "html.h"
#include "names.h"
#include "report.h"
#include "say.h"

#define GRAPHS_MAX 40U /* filters of programs that are drawn */

static void print_figure(struct report *r, struct picture *p, const char *id)
{
	fputs("<figure>\n", r->in->out);
	picture_print(r->in->out, p, id);
	fputs("</figure>\n", r->in->out);
	free(p->text);
}

/* ---- summary ---- */

static void print_tile(FILE *to, const char *class, const char *value, const char *what)
{
	html_print(to, "<div class=\"tile %s\"><b>%s</b><span>%s</span></div>\n", class, value, what);
}

static const char *number_text(struct arena *arena, uint64_t n)
{
	return arena_print(arena, "%" PRIu64, n);
}

/* The path of the program that was executed first. */
static const char *first_program(const struct report *r)
{
	const struct history *h = &r->history;

	for (size_t i = 0; i < h->n; i++)
		for (size_t k = 0; k < h->tasks[i].n_steps; k++)
			if (h->tasks[i].steps[k].kind == HISTORY_EXEC)
				return say_escaped(r->arena, h->tasks[i].steps[k].text,
						   strlen(h->tasks[i].steps[k].text));
	return "A run";
}

static void print_summary(struct report *r, const char *command)
{
	const struct history *h = &r->history;
	struct arena *arena = r->arena;
	FILE *to = r->in->out;
	size_t threads = 0, filters = 0;
	size_t kinds = r->n_beyond;

	for (size_t i = 0; i < h->n; i++)
		threads += h->tasks[i].pid != h->tasks[i].tid;
	for (size_t i = 0; i < r->n_filters; i++)
		filters += r->filters[i]->installs;
	for (size_t i = 0; i < SECCOMP_GATE_NRS; i++)
		kinds += r->made[i] > 0;
	html_print(to, "<h1>%s</h1>\n", first_program(r));
	if (command != NULL)
		html_print(to, "<p class=\"lead code\">%s</p>\n", command);
	fputs("<div class=\"tiles\">\n", to);
	print_tile(to, "", r->run.log.complete ? number_text(arena, r->run.log.status) : "–",
		   r->run.log.complete ? "exit status" : "the run was stopped");
	print_tile(to, "", number_text(arena, r->run.calls),
		   r->run.log.asked & EVENTS_ALL ? "calls" : "calls, of those that were recorded");
	print_tile(to, "", number_text(arena, kinds), "different ones");
	print_tile(to, r->run.refused > 0 ? "errno" : "allow", number_text(arena, r->run.refused), "not allowed");
	print_tile(to, "", number_text(arena, h->n - threads), h->n - threads == 1 ? "process" : "processes");
	if (threads > 0)
		print_tile(to, "", number_text(arena, threads), threads == 1 ? "more thread" : "more threads");
	print_tile(to, "", number_text(arena, filters), filters == 1 ? "filter installed" : "filters installed");
	fputs("</div>\n", to);
	if (r->run.log.trouble != NULL)
		html_print(to, "<p class=\"alarm\">%s</p>\n", r->run.log.trouble);
	if (r->run.foreign != NULL)
		html_print(to, "<p class=\"alarm\">%s</p>\n", r->run.foreign);
}

static void print_link(FILE *to, const char *id, size_t i, const char *text)
{
	html_print(to, "<a href=\"#%s%zu\">%s</a>\n", id, i, text);
}

/* The parts of the page, which is long when the run was. */
static void print_contents(struct report *r)
{
	FILE *to = r->in->out;
	bool programs = false;

	fputs("<nav>\n", to);
	print_link(to, "refusals", 0, "What was not allowed");
	print_link(to, "calls", 0, "Calls by number");
	print_link(to, "processes", 0, "Processes and their filters");
	print_link(to, "verdicts", 0, "Verdicts over time");
	for (size_t i = 0; i < r->n_filters; i++) {
		programs |= r->filters[i]->boot == 0;
		if (r->filters[i]->boot != 0)
			print_link(to, "policy", i, arena_print(r->arena, "How %s decided", r->filters[i]->name));
	}
	if (programs)
		print_link(to, "programs", 0, "Filters of the programs");
	fputs("</nav>\n", to);
}

/* ---- pictures ---- */

static int by_times(const void *a, const void *b)
{
	const struct made *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : (x->nr > y->nr) - (x->nr < y->nr);
}

/* The names of the calls that were made, the most frequent first. */
static void print_names(struct report *r)
{
	struct made made[SECCOMP_GATE_NRS + REPORT_BEYOND];
	FILE *to = r->in->out;
	size_t n = 0;

	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++)
		if (r->made[nr] > 0)
			made[n++] = (struct made){ nr, r->made[nr] };
	for (size_t i = 0; i < r->n_beyond; i++)
		made[n++] = r->beyond[i];
	qsort(made, n, sizeof(made[0]), by_times);
	fputs("<p class=\"code names\">", to);
	for (size_t i = 0; i < n; i++) {
		html_print(to, "<span>%s <span class=\"quiet\">%llu×</span></span>\n",
			   say_call_name(r->arena, made[i].nr), (unsigned long long)made[i].n);
	}
	fputs("</p>\n", to);
}

static bool print_map(struct report *r)
{
	static const struct shade not_made = { "same", "", "not called" };
	struct map_cell *cells = arena_zalloc(r->arena, SECCOMP_GATE_NRS * sizeof(*cells));
	struct picture p;
	FILE *to = r->in->out;

	if (r->run.has_policies)
		map_make(cells, &r->run.asker, r->arena, &r->run.run, AUDIT_ARCH_RISCV64);
	for (uint32_t nr = 0; nr < SECCOMP_GATE_NRS; nr++) {
		const struct call *call = call_by_number(nr);

		cells[nr].count = r->made[nr];
		if (!r->run.has_policies) {
			cells[nr].title = arena_print(r->arena, "%" PRIu32 " %s", nr,
						      call != NULL ? call->name : "(no call of riscv64)");
			cells[nr].constant = true;
			cells[nr].ret = r->strictest[nr];
			cells[nr].shade = r->made[nr] == 0 ? &not_made : NULL;
		}
		if (r->made[nr] > 0)
			cells[nr].title =
				arena_print(r->arena, "%s\ncalled %" PRIu64 " time%s%s%s", cells[nr].title, r->made[nr],
					    r->made[nr] == 1 ? "" : "s", r->run.has_policies ? "; at worst " : ": ",
					    say_answer(r->arena, r->strictest[nr]));
	}
	html_print(to, "<h2 id=\"calls0\">Calls by number</h2>\n<p class=\"note\">%s</p>\n",
		   r->run.has_policies ? "The colour is what the policies answer; a dot marks what the run called."
				       : "What the run called, and the strictest answer that it got.");
	if (!map_draw(&p, r->arena, "Calls by number", AUDIT_ARCH_RISCV64, cells))
		return false;
	print_figure(r, &p, "map");
	print_names(r);
	return true;
}

static bool print_family(struct report *r)
{
	FILE *to = r->in->out;
	struct picture p;
	size_t left;

	if (!report_family(&p, r, &left))
		return false;
	fputs("<h2 id=\"processes0\">Processes and their filters</h2>\n<p class=\"note\">A child begins under its parent's filters; what it installs binds it and its own children. "
	      "Each box: name and process, how it ended, its filters, what it was not allowed and by which filter; its colour is the strictest answer that it got.</p>\n",
	      to);
	print_figure(r, &p, "family");
	if (left > 0)
		html_print(to, "<p class=\"note\">%zu more are not drawn.</p>\n", left);
	return true;
}

static bool print_time(struct report *r)
{
	const bool instructions = option(r->in, "instructions") != NULL;
	FILE *to = r->in->out;
	struct picture p;
	size_t left;

	if (!report_time(&p, r, instructions, &left))
		return false;
	html_print(
		to,
		"<h2 id=\"verdicts0\">Verdicts over time</h2>\n<p class=\"note\">"
		"A lane for each thread, from its first record on; across: %s since the first record. A small mark is an allowed call, "
		"a tall one a call that was not allowed, a triangle a filter.</p>\n",
		instructions ? "instructions" : "time");
	print_figure(r, &p, "time");
	if (left > 0)
		html_print(to, "<p class=\"note\">%zu more threads are not drawn.</p>\n", left);
	return true;
}

/* ---- filters ---- */

static bool print_graph(struct report *r, const struct report_filter *f, size_t i)
{
	struct picture p;

	if (!f->decided) {
		fputs("<p class=\"note\">Not drawn: it has too many decisions, or there are too many filters.</p>\n",
		      r->in->out);
		return true;
	}
	if (!graph_draw(&p, r->arena, &f->decision, true))
		return false;
	print_figure(r, &p, arena_print(r->arena, "graph%zu", i));
	return true;
}

static bool print_policy(struct report *r, const struct report_filter *f, size_t i)
{
	FILE *to = r->in->out;

	html_print(
		to,
		"<h2 id=\"policy%zu\">How %s decided</h2>\n<p class=\"note\">%llu calls came here; the numbers say how many went each way, a dashed line that none did.</p>\n",
		i, f->name, (unsigned long long)f->calls);
	if (!print_graph(r, f, i))
		return false;
	html_print(to, "<h2>What of %s was used</h2>\n", f->name);
	report_text(to, r, f);
	return true;
}

/* Filters that the programs of the run installed themselves. */
static bool print_programs(struct report *r)
{
	FILE *to = r->in->out;
	size_t n = 0;

	for (size_t i = 0; i < r->n_filters; i++) {
		const struct report_filter *f = r->filters[i];

		if (f->boot != 0)
			continue;
		if (n == 0)
			fputs("<h2 id=\"programs0\">Filters of the programs</h2>\n", to);
		if (n++ >= GRAPHS_MAX)
			continue;
		html_print(
			to,
			"<details>\n<summary>%s%s: %s</summary>\n<p class=\"note\">First installed by process %u; %u instructions; %llu calls came here.</p>\n",
			f->name,
			f->installs > 1 ? arena_print(r->arena, " and %" PRIu64 " like it", f->installs - 1) : "",
			report_filter_words(r->arena, f), f->first->pid, f->program->len, (unsigned long long)f->calls);
		if (!print_graph(r, f, i))
			return false;
		report_text(to, r, f);
		fputs("</details>\n", to);
	}
	if (n > GRAPHS_MAX)
		html_print(to, "<p class=\"note\">and %zu more</p>\n", n - GRAPHS_MAX);
	return true;
}

bool report_page(struct report *r)
{
	const char *command = option(r->in, "command");
	FILE *to = r->in->out;

	html_begin(to, command != NULL ? command : "A run");
	print_summary(r, command);
	print_contents(r);
	report_refusals(r);
	if (!print_map(r) || !print_family(r) || !print_time(r))
		return false;
	for (size_t i = 0; i < r->n_filters; i++)
		if (r->filters[i]->boot != 0 && !print_policy(r, r->filters[i], i))
			return false;
	if (!print_programs(r))
		return false;
	if (command != NULL)
		html_print(to, "<h2>Once more</h2>\n<pre>%s</pre>\n", command);
	html_end(to);
	return true;
}
