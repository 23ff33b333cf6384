/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report_text.c - a policy's own text with what a run used of it; a program, where there is no
 * text, as its instructions.
 */
#include <inttypes.h>
#include <string.h>

#include "disasm.h"
#include "html.h"
#include "report.h"
#include "say.h"

#define LINES_MAX 6000U
#define LENGTH_MAX 400U /* of a line that is shown */

/* What stands in a line of the policy. */
struct text_line_use {
	bool names; /* a rule, or an instruction */
	uint64_t count;
	const char *inactive; /* why the rule does not stand */
};

static void print_count(FILE *to, const char *class, uint64_t count, bool names)
{
	html_print(to, "<span class=\"line %s\"><span class=\"count\">", class);
	if (names)
		html_print(to, count == 0 ? "–" : "%llu", (unsigned long long)count);
	fputs("</span>", to);
}

static void print_program(FILE *to, const struct report_filter *f)
{
	for (uint32_t pc = 0; pc < f->program->len; pc++) {
		const uint64_t count = f->cover.instructions[pc];
		char text[SECCOMP_TEXT_MAX];

		seccomp_disasm(text, &f->program->insns[pc]);
		print_count(to, count > 0 ? "used" : "unused", count, true);
		html_print(to, "%4u: %s\n</span>", pc, text);
	}
}

/* ---- the text ---- */

static void use_line(struct text_line_use *lines, size_t n, struct place at, uint64_t count, const char *inactive)
{
	unsigned int line, column;

	source_line(at, &line, &column);
	if (line == 0 || line > n)
		return;
	lines[line - 1].names = true;
	lines[line - 1].count += count;
	if (inactive != NULL)
		lines[line - 1].inactive = inactive;
}

static void use_lines(struct text_line_use *lines, size_t n, const struct report_filter *f)
{
	const struct policy *p = f->policy;

	for (size_t i = 0; i < p->n_rules; i++) {
		const struct rule *rule = &p->rules[i];

		if (!rule->implied)
			use_line(lines, n, rule->name_at.source != NULL ? rule->name_at : rule->at, f->cover.rules[i],
				 rule->inactive);
	}
	if (p->program == NULL)
		use_line(lines, n, p->otherwise_at, f->cover.rules[p->n_rules], NULL);
	for (uint32_t pc = 0; p->program != NULL && p->program_at != NULL && pc < p->len; pc++)
		use_line(lines, n, p->program_at[pc], f->cover.instructions[pc], NULL);
}

static size_t count_lines(const struct source *source)
{
	size_t n = 1;

	for (uint32_t i = 0; i < source->size; i++)
		n += source->text[i] == '\n';
	return n;
}

static void print_text(FILE *to, struct report *r, const struct report_filter *f, const struct source *source)
{
	const size_t n = count_lines(source);
	struct text_line_use *lines = arena_zalloc(r->arena, (n + 1) * sizeof(*lines));
	const char *at = source->text, *end = source->text + source->size;

	use_lines(lines, n, f);
	for (size_t i = 0; i < n && i < LINES_MAX && at < end; i++) {
		const struct text_line_use *use = &lines[i];
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		const size_t length = (size_t)((stop != NULL ? stop : end) - at);
		const bool dead = use->inactive != NULL && use->count == 0;

		print_count(to, !use->names ? "" : use->count > 0 ? "used" : "unused", use->count, use->names && !dead);
		html_print(to, "%4zu  ", i + 1);
		html_text(to, at, length < LENGTH_MAX ? length : LENGTH_MAX);
		if (length > LENGTH_MAX)
			fputs(" ...", to);
		if (dead)
			html_print(to, "   <span class=\"why\">%s</span>", use->inactive);
		fputs("\n</span>", to);
		at += length + 1;
	}
	if (n > LINES_MAX)
		html_print(to, "<span class=\"line\">and %zu more lines</span>", n - LINES_MAX);
}

void report_text(FILE *to, struct report *r, const struct report_filter *f)
{
	const struct policy *p = f->policy;
	const struct source *source = p->at.source;
	size_t used = 0, active = 0;

	for (size_t i = 0; p->program == NULL && i < p->n_rules; i++) {
		if (p->rules[i].inactive != NULL || p->rules[i].implied)
			continue;
		active++;
		used += f->cover.rules[i] > 0;
	}
	for (uint32_t pc = 0; p->program != NULL && pc < f->program->len; pc++) {
		active++;
		used += f->cover.instructions[pc] > 0;
	}
	html_print(to, "<p class=\"note\">%zu of %zu %s used; the number before a line says how often.</p>\n", used,
		   active, p->program == NULL ? "rules" : "instructions");
	fputs("<pre class=\"text\">", to);
	if (source != NULL && (p->program == NULL || p->program_at != NULL) &&
	    memchr(source->text, '\0', source->size) == NULL)
		print_text(to, r, f, source);
	else
		print_program(to, f);
	fputs("</pre>\n", to);
}
